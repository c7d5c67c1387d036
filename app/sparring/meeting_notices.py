"""The mails of an agreed meeting, each with what happens to the reader's own calendar entry."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.messages.layout import Content
from app.sparring import calendar_entries, guests, labels, links, posting, standing
from app.sparring.meeting_models import Meeting, MeetingGuest
from app.sparring.standing import Standing


def invited(guest: MeetingGuest) -> None:
    """The meeting is agreed, or someone joins it: into the calendar."""
    meeting = guest.meeting
    with force_locale(guest.language):
        content = Content(
            subject=_("Agreed: %(meeting)s", meeting=_title(guest)),
            heading=_("The meeting is agreed"),
            paragraphs=[
                _("The meeting is in your calendar by this mail. Its page has place, programme and materials.")
            ],
            facts=standing.facts(standing.of(meeting), guest.language),
            action=(_("The meeting’s page"), links.guest_url(guest)),
        )
        _post(guest, "meeting-agreed", content, calendar_entries.request(meeting, guest))


def changed(guest: MeetingGuest, before: Standing) -> None:
    """Time, place or tutors are others now: the calendar entry follows."""
    meeting = guest.meeting
    with force_locale(guest.language):
        differs = standing.differences(before, standing.of(meeting), guest.language)
        content = Content(
            subject=_("Changed: %(meeting)s", meeting=_title(guest)),
            heading=_("The meeting has changed"),
            paragraphs=[_("Your calendar follows by this mail.")],
            facts=[(label, _was(old, new)) for label, old, new in differs],
            action=(_("The meeting’s page"), links.guest_url(guest)),
        )
        _post(guest, "meeting-changed", content, calendar_entries.request(meeting, guest))


def removed(guest: MeetingGuest) -> None:
    """Someone takes part no more: out of this one calendar."""
    with force_locale(guest.language):
        content = Content(
            subject=_("You are not expected any more: %(meeting)s", meeting=_title(guest)),
            heading=_("You are not expected any more"),
            paragraphs=[_("The meeting is held, but without you. It leaves your calendar by this mail.")],
            facts=standing.facts(standing.of(guest.meeting), guest.language)[:1],
        )
        _post(guest, "meeting-removed", content, calendar_entries.cancel(guest.meeting, guest))


def called_off(guest: MeetingGuest, reason: str, *, is_put_off: bool) -> None:
    """Nothing comes of it, or not now: out of every calendar."""
    with force_locale(guest.language):
        content = Content(
            subject=_("Called off: %(meeting)s", meeting=_title(guest)),
            heading=_("The meeting is called off"),
            paragraphs=[
                _("It leaves your calendar by this mail."),
                *([_("Another time is looked for later.")] if is_put_off else []),
            ],
            quote=reason,
            facts=standing.facts(standing.of(guest.meeting), guest.language)[:1],
        )
        _post(guest, "meeting-called-off", content, calendar_entries.cancel(guest.meeting, guest))


def _post(guest: MeetingGuest, occasion: str, content: Content, calendar: tuple[str, bytes]) -> None:
    posting.post(guests.recipient(guest), occasion, guest.meeting.request, content, calendar=calendar)


def _title(guest: MeetingGuest) -> str:
    meeting: Meeting = guest.meeting
    return labels.meeting_title(meeting.request, guest.language)


def _was(old: str, new: str) -> str:
    return _("%(new)s (before: %(old)s)", new=new or "–", old=old or "–")
