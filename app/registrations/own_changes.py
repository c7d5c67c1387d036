"""What a participant does to the own registration: change it, switch mode, withdraw. It ends when the event starts."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import Mode
from app.registrations import invitations, notices, programme_choices, waitlist
from app.registrations.booking import name
from app.registrations.capacity import LockedEvent
from app.registrations.models import Registration, Status


@dataclass(frozen=True, kw_only=True)
class Details:
    given_name: str
    family_name: str
    municipality_code: str | None
    organisation: str
    role: str
    language: str


def change_details(registration: Registration, details: Details) -> bool:
    """Save the person's own details and tell by mail. False when nothing differs, and then nothing is sent."""
    locked, registration = enter(registration)
    before = _details_of(registration)
    if details == before:
        return False
    name(registration, given=details.given_name, family=details.family_name)
    registration.municipality_code = details.municipality_code
    registration.organisation = "" if details.municipality_code else details.organisation
    registration.role = details.role
    registration.language = details.language
    db.session.flush()
    db.session.refresh(registration, ["municipality"])
    notices.changed(registration, locked, entries=[])
    return True


def switch_mode(registration: Registration, mode: Mode) -> None:
    """Take part in the other way. Gives the place in the old mode to its queue. Refused when there is no room."""
    locked, registration = enter(registration)
    if registration.mode is mode:
        return
    if not locked.has_room(mode):
        raise Refused(_("There is no room there at the moment. The registration stays as it was."))
    was_waiting = registration.status is Status.WAITING
    locked.move(registration.mode, **{"waiting" if was_waiting else "taken": -1})
    locked.move(mode, taken=1)
    registration.mode = mode
    if was_waiting:
        registration.status, registration.confirmed_at = Status.CONFIRMED, clock.now()
        entries = invitations.open_entries(registration, locked.days)
    else:
        entries = invitations.entries_of(registration)
        for entry in entries:
            invitations.revise(entry)
    notices.changed(registration, locked, entries)
    waitlist.promote(locked)


def choose_items(registration: Registration, items: frozenset[int]) -> bool:
    """Sign up for these programme items in place of the earlier ones, and tell by mail; the calendar follows.

    False when nothing differs. Refused when two are at the same time, or when one who has a place chooses an item
    that has none left.
    """
    locked, registration = enter(registration)
    before = programme_choices.of(registration)
    wanted = programme_choices.choosable(locked.event.id, items)
    if wanted == before:
        return False
    full = programme_choices.full_among(item for item in wanted if item not in before)
    if full and registration.holds_place:
        raise Refused(_("“%(title)s” is full. Your choices stay as they were.", title=programme_choices.title(full[0])))
    programme_choices.write(registration, wanted)
    touched = {item.day_id for item in {*before} ^ {*wanted}}
    days = [day for day in locked.days if day.id in touched]
    entries = invitations.follow_choices(registration, days) if registration.is_confirmed else []
    notices.changed(registration, locked, entries)
    waitlist.promote(locked)
    return True


def withdraw(registration: Registration) -> bool:
    """Give the place up, or leave the queue; the freed place goes on at once. False when it was already done."""
    locked = waitlist.enter(registration.event_id)
    db.session.refresh(registration)
    if not registration.is_active:
        return False
    _before_the_start(locked)
    end(locked, registration)
    return True


def end(locked: LockedEvent, registration: Registration) -> None:
    """Withdraw under the lock: the calendar entries are cancelled, the queue moves."""
    locked.move(registration.mode, **{"taken" if registration.is_confirmed else "waiting": -1})
    registration.status, registration.withdrawn_at = Status.WITHDRAWN, clock.now()
    notices.withdrawn(registration, locked.event, invitations.cancel_all(registration))
    db.session.flush()
    waitlist.promote(locked)


def enter(registration: Registration) -> tuple[LockedEvent, Registration]:
    """Through the door, to change one's own. Refused when it is withdrawn, called off or has begun."""
    locked = waitlist.enter(registration.event_id)
    db.session.refresh(registration)
    if not registration.is_active:
        raise Refused(_("This registration has been withdrawn."))
    if locked.event.is_called_off:
        raise Refused(_("The event has been called off."))
    _before_the_start(locked)
    return locked, registration


def _before_the_start(locked: LockedEvent) -> None:
    if locked.event.has_started(clock.now()):
        raise Refused(_("The event has started, so the registration can no longer be changed."))


def _details_of(registration: Registration) -> Details:
    return Details(
        given_name=registration.given_name,
        family_name=registration.family_name,
        municipality_code=registration.municipality_code,
        organisation=registration.organisation,
        role=registration.role,
        language=registration.language,
    )
