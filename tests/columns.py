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
            *("uuid", "slug", "title", "summary", "description", "audience", "called_off_message"),
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
