"""The mails after a meeting: its summary to the municipality, and the follow-up to who takes care of the request."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from app import markdown, wording
from app.link_tokens import address
from app.messages.layout import Content
from app.sparring import labels, posting
from app.sparring.meeting_models import Meeting, NextStep
from app.sparring.posting import Recipient


def shared(meeting: Meeting, steps: Sequence[NextStep]) -> None:
    """To the contact and the colleagues: what was discussed, and what comes next."""
    for to in posting.municipality(meeting.request):
        with force_locale(to.language):
            posting.post(to, "meeting-summary", meeting.request, _summary(meeting, steps, to))


def follow_up(meeting: Meeting, steps: Sequence[NextStep]) -> None:
    """To the owner: the day has come to ask what came of it."""
    url = address(f"/staff/sparring/meetings/{meeting.id}/afterwards")
    to = posting.team(meeting.request, url)
    with force_locale(to.language):
        content = Content(
            subject=_("Follow-up: %(meeting)s", meeting=labels.meeting_title(meeting.request, to.language)),
            heading=_("It is time to ask what came of it"),
            paragraphs=[
                _("The meeting was held %(when)s.", when=_when(meeting, to.language)),
                *_steps(steps, to.language),
            ],
            action=(_("Summary and next steps"), url),
        )
        posting.post(to, "meeting-follow-up", meeting.request, content)


def _summary(meeting: Meeting, steps: Sequence[NextStep], to: Recipient) -> Content:
    decided = _steps(steps, to.language)
    return Content(
        subject=_("Summary: %(meeting)s", meeting=labels.meeting_title(meeting.request, to.language)),
        heading=_("Summary of the meeting"),
        paragraphs=[
            _("Thank you for the meeting %(when)s.", when=_when(meeting, to.language)),
            *markdown.plain(meeting.discussed).split("\n\n"),
            *([_("Ideas:"), *markdown.plain(meeting.ideas).split("\n\n")] if meeting.ideas else []),
            *([_("What we agreed to do next:"), *decided] if decided else []),
        ],
        action=(_("See it, and tell us how it went"), to.url),
    )


def _steps(steps: Sequence[NextStep], language: str) -> list[str]:
    return ["– " + ", ".join(filter(None, (step.what, step.owner, _by(step, language)))) for step in steps]


def _by(step: NextStep, language: str) -> str:
    return wording.date(step.due_on, language) if step.due_on else ""


def _when(meeting: Meeting, language: str) -> str:
    return wording.when(meeting.starts_at, meeting.ends_at, language)
