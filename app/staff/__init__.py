"""Pages for those who sign in: organisers, tutors, administrators."""

from typing import Any

from flask import Blueprint, request

from app import access
from app.language import LANGUAGES
from app.staff import (
    access_log,
    account,
    approval,
    calling_off,
    copying,
    coverage,
    erasing,
    event,
    event_editing,
    events,
    form_preview,
    home,
    invitations,
    mail_domains,
    message_texts,
    message_to_part,
    messages,
    municipalities,
    needs,
    programme,
    publishing,
    question_editing,
    question_library,
    questions,
    queue,
    registration,
    registration_changes,
    registration_programme,
    registrations,
    rules,
    seasons,
    sparring_afterwards,
    sparring_agree,
    sparring_board,
    sparring_calls,
    sparring_changes,
    sparring_figures,
    sparring_invitations,
    sparring_joint,
    sparring_mails,
    sparring_meeting,
    sparring_meeting_changes,
    sparring_meeting_programme,
    sparring_naming,
    sparring_own_profile,
    sparring_poll,
    sparring_request,
    sparring_rounds,
    sparring_themes,
    sparring_tutors,
    users,
)

staff = Blueprint("staff", __name__, url_prefix="/staff")
staff.before_request(access.signed_in)


@staff.url_defaults
def keep_the_asked_language(_endpoint: str, values: dict[str, Any]) -> None:
    """A language chosen at the top of a page goes along to the next one."""
    if (asked := request.args.get("lang")) in LANGUAGES:
        values.setdefault("lang", asked)


for part in (
    home,
    account,
    registrations,
    registration,
    registration_changes,
    erasing,
    registration_programme,
    queue,
    approval,
    municipalities,
    users,
    mail_domains,
    access_log,
    events,
    event,
    event_editing,
    rules,
    invitations,
    programme,
    publishing,
    calling_off,
    copying,
    seasons,
    sparring_themes,
    messages,
    message_texts,
    message_to_part,
    questions,
    question_editing,
    question_library,
    form_preview,
    needs,
    sparring_board,
    sparring_request,
    sparring_changes,
    sparring_naming,
    sparring_joint,
    sparring_mails,
    sparring_tutors,
    sparring_own_profile,
    sparring_rounds,
    sparring_calls,
    sparring_invitations,
    sparring_figures,
    coverage,
    sparring_afterwards,
    sparring_agree,
    sparring_meeting,
    sparring_meeting_changes,
    sparring_meeting_programme,
    sparring_poll,
):
    staff.register_blueprint(part.bp)
