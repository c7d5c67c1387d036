"""Columns that can hold text and hold nothing about a person. A new one fails a test until it stands here, or in
`app/privacy.py` with its purpose and its end."""

NOT_PERSONAL = {
    # the law's and the region's own lists
    *(f"municipality.{name}" for name in ("code", "name_fi", "name_sv", "region_code", "region_fi", "region_sv")),
    *(f"mail_domain.{name}" for name in ("domain", "municipality_code", "source")),
    # what is published about an event
    "season.name",
    *(
        f"event.{name}"
        for name in (
            *("uuid", "parts_stamp", "slug", "title", "summary", "description", "audience", "called_off_message"),
            *("venue", "address", "directions", "venue_accessibility", "meeting_url"),
            *("spoken_languages", "material_languages", "captions", "expected", "materials"),
        )
    ),
    "event_day.uuid",
    *(f"{table}.municipality_code" for table in ("event_host", "event_admitted", "registration_group", "opening_wish")),
    *(f"question.{name}" for name in ("uuid", "label", "help", "ready_made")),
    "question_option.label",
    *(f"message_text.{name}" for name in ("subject", "body")),
    *(f"programme_item.{name}" for name in ("title", "room")),
    # what a municipality wishes and what came of it: the forms ask for it without names
    *(f"sparring_round.{name}" for name in ("name", "introduction", "invitation")),
    "sparring_theme.name",
    *(
        f"sparring_request.{name}"
        for name in (
            *("uuid", "municipality_code", "contact_language", "language", "venue", "wished_weeks", "audiences"),
            *("audience_other", "themes_in_own_words", "methods", "goal", "access_needs"),
            "nonce",
        )
    ),
    "sparring_request_partner.municipality_code",
    *(f"sparring_request_change.{name}" for name in ("what", "details")),
    *(f"sparring_request_colleague.{name}" for name in ("uuid", "language")),
    "sparring_request_draft.token_hash",
    *(f"sparring_call.{name}" for name in ("uuid", "municipality_code", "contact_language")),
    "sparring_call_change.details",
    *(f"tutor_profile.{name}" for name in ("uuid", "municipality_code", "languages", "modes")),
    *("tutor_naming.uuid", "date_poll.uuid"),
    *(f"date_poll_voter.{name}" for name in ("uuid", "language")),
    *(f"meeting.{name}" for name in ("uuid", "venue", "address", "directions", "meeting_url", "access_needs")),
    *(f"meeting.{name}" for name in ("materials", "discussed", "ideas", "story")),
    *(f"meeting_guest.{name}" for name in ("uuid", "language")),
    *("meeting_item.topic", "meeting_next_step.what"),
    *(f"meeting_feedback.{name}" for name in ("takes_into_use", "comment")),
    # random names of things, and choices among a few
    *(f"registration.{name}" for name in ("uuid", "municipality_code", "language")),
    *(f"registration_attempt.{name}" for name in ("nonce", "municipality_code")),
    *(f"user_account.{name}" for name in ("municipality_code", "language")),
    *(f"registration_group.{name}" for name in ("uuid", "language")),
    *(f"invitation.{name}" for name in ("uuid", "link_hash")),
    *("consent.matter", "registration_change.what", "handover.language", "opening_wish.language"),
    *(f"sign_in_request.{name}" for name in ("handle", "code_hash")),
    "calendar_feed.uuid",
    *(f"access_log.{name}" for name in ("action", "subject")),
    # what happened to a message, without whom it was for
    *(f"message.{name}" for name in ("uuid", "occasion", "about", "dedupe_key", "language", "calendar_method")),
    *(f"message.{name}" for name in ("message_id", "last_error", "report_code")),
    "queue_pause.detail",
    "announcement.details",
}
