"""How organisers are told of what goes to many: which occasion, to whom, when, and how far it has come."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app import language, wording
from app.events.models import Event
from app.people import queries as people
from app.registrations import organiser_messages
from app.registrations.announcement_progress import Progress
from app.registrations.labels import MODES, STATUSES
from app.registrations.models import Announcement, Occasion
from app.registrations.organiser_messages import Part
from app.registrations.queries import OTHER
from app.registrations.reminders import Planned, Stage
from app.staff import message_choices
from app.staff.registration_words import occasion_name


def announcement_in_words(announcement: Announcement) -> str:
    """The occasion, of a reminder with its rule, of an organiser's own message its subject."""
    match announcement.occasion:
        case Occasion.REMINDER:
            rule = rule_in_words(announcement.details["days_before"])
            return str(_("Reminder, %(rule)s", rule=rule[0].lower() + rule[1:]))
        case Occasion.ORGANISER_MESSAGE | Occasion.MATERIALS:
            subject = str(organiser_messages.draft_of(announcement).subject.into(language.current()))
            return subject.replace("{event}", str(announcement.event.title.into(language.current())))
        case Occasion.EVENT_CHANGED:
            return _("The event was changed")
        case occasion:
            return occasion_name(occasion)


def standing_of(progress: Progress) -> tuple[str, str]:
    """How far it has come, as components/tag.html takes it: words and kind."""
    if progress.announcement.cancelled_at:
        return _("Cancelled"), "over"
    if progress.is_scheduled:
        return _("Scheduled"), "waiting"
    return (_("Done"), "good") if progress.is_done else (_("On its way"), "waiting")


def rule_in_words(days_before: int) -> str:
    if days_before == 0:
        return _("One hour before the start, with the joining link")
    return ngettext("%(num)s day before at 9.00", "%(num)s days before at 9.00", days_before)


def planned_in_words(planned: Planned) -> str:
    """When a reminder goes out, went out, or would have."""
    when = wording.date_and_time(planned.due_at, language.current())
    match planned.stage:
        case Stage.SENT:
            return _("Went out %(when)s", when=when)
        case Stage.MISSED:
            return _("Not sent: its time, %(when)s, had passed", when=when)
        case Stage.COMING:
            return _("Goes out %(when)s", when=when)


def part_in_words(event: Event, part: Part) -> str:
    """Whom a message is for, in one line."""
    words = [_("Everyone whose registration is in force")]
    if part.status:
        words = [_("Those whose status is “%(status)s”", status=STATUSES[part.status])]
    if part.municipality:
        is_other = part.municipality == OTHER
        spoken = language.current()
        words.append(_("Other organisations") if is_other else people.municipality_name(part.municipality, spoken))
    if part.mode:
        words.append(str(MODES[part.mode]))
    words += [name for value, name in message_choices.items(event) if value == part.item]
    words += [name for value, name in message_choices.answers(event) if value == part.answer]
    if part.attended is not None:
        words.append(_("Went to the online meeting") if part.attended else _("Did not go to the online meeting"))
    return ", ".join(words)
