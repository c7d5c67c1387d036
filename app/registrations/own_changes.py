"""What a participant does to the own registration: change it, switch mode, withdraw. It ends when the event starts."""

from dataclasses import asdict, dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import delete

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import Mode
from app.messages import outbox
from app.registrations import (
    answers,
    counting,
    group_notices,
    history,
    invitations,
    notices,
    obstacles,
    programme_choices,
    reseating,
    transitions,
    waitlist,
)
from app.registrations.answer_models import Actor
from app.registrations.booking import name
from app.registrations.capacity import LockedEvent
from app.registrations.counting import Claim
from app.registrations.models import CalendarEntry, Occasion, ProgrammeChoice, Registration, Status


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
    if details.municipality_code != registration.municipality_code:  # not into what others of it wait for
        claim = counting.claim_of(registration)
        reseating.must_fit(locked, registration, replace(claim, municipality_code=details.municipality_code))
    name(registration, given=details.given_name, family=details.family_name)
    registration.municipality_code = details.municipality_code
    registration.organisation = "" if details.municipality_code else details.organisation
    registration.role = details.role
    registration.language = details.language
    history.note(registration, "details", actor=Actor.PERSON, changed=_differences(before, details))
    db.session.flush()
    db.session.refresh(registration, ["municipality"])
    notices.changed(registration, locked, entries=[])
    go_on(locked)
    return True


def switch_mode(registration: Registration, mode: Mode) -> None:
    """Take part in the other way. Gives the place in the old mode to its queue. Refused when there is no room.

    One who waits gets a place by it.
    """
    locked, registration = enter(registration)
    if registration.mode is not mode:
        switch(locked, registration, mode)


def switch(locked: LockedEvent, registration: Registration, mode: Mode, *, by: int | None = None) -> None:
    """The same under the lock. `by` is the organiser's id when it is not the person who does it."""
    answers.drop_those_not_of(registration, mode)
    new = replace(counting.claim_of(registration), mode=mode)
    if registration.status is not Status.AWAITING_APPROVAL:
        _must_have_room(locked, registration, new)
    history.note(registration, "mode", actor=Actor.PERSON, by=by, old=registration.mode.value, new=mode.value)
    waited = registration.status is Status.WAITING
    locked.waiting[registration.mode] -= waited
    locked.waiting[mode] += waited
    registration.mode = mode
    notices.changed(registration, locked, _entries_in_the_new_mode(locked, registration, new))
    go_on(locked)


def choose_items(registration: Registration, items: frozenset[int], *, by: int | None = None) -> bool:
    """Sign up for these programme items and no others, and tell by mail; the calendar follows.

    False when nothing differs. Refused as in `programme_choices.choosable`, and when one who holds a place chooses
    an item that is full.
    """
    locked, registration = enter(registration)
    old = counting.claim_of(registration)
    if old.items == items:
        return False
    wanted, before = programme_choices.choosable(locked.event.id, items), programme_choices.of(registration)
    reseating.must_fit(locked, registration, replace(old, items=items))
    of_person = delete(ProgrammeChoice).where(ProgrammeChoice.registration_id == registration.id)
    db.session.execute(of_person.where(ProgrammeChoice.item_id.not_in(items)))
    db.session.add_all(ProgrammeChoice(registration_id=registration.id, item_id=one) for one in items - old.items)
    history.note(registration, "items", actor=Actor.PERSON, by=by, old=sorted(old.items), new=sorted(items))
    touched = {item.day_id for item in {*wanted} ^ {*before}}
    days = [day for day in locked.days if day.id in touched]
    entries = invitations.follow_choices(registration, days) if registration.is_confirmed else []
    notices.changed(registration, locked, entries)
    go_on(locked)
    return True


def withdraw(registration: Registration, *, actor: Actor = Actor.PERSON) -> bool:
    """Give the place up, or leave the queue; the freed place goes on at once. False when it was already done."""
    locked = enter_by_link(registration)
    if not registration.is_active:
        return False
    must_not_have_begun(locked)
    end(locked, registration, actor=actor)
    return True


def end(locked: LockedEvent, registration: Registration, *, actor: Actor = Actor.PERSON, by: int | None = None) -> None:
    """Withdraw under the lock: the calendar entries are cancelled, the queue moves."""
    transitions.change(registration, Status.WITHDRAWN)
    registration.offer_expires_at = None
    history.note(registration, "withdrawn", actor=actor, by=by)
    outbox.recall(notices.about(registration), Occasion.REMINDER)
    tell = group_notices.withdrawn if actor is Actor.CONTACT else notices.withdrawn
    tell(registration, locked.event, invitations.cancel_all(registration))
    go_on(locked)


def enter(registration: Registration) -> tuple[LockedEvent, Registration]:
    """Through the door, to change one's own. Refused when it is withdrawn, called off or has begun."""
    locked = enter_by_link(registration)
    if not registration.is_active:
        raise Refused(_("This registration has been withdrawn."))
    if locked.event.is_called_off:
        raise Refused(_("The event has been called off."))
    must_not_have_begun(locked)
    return locked, registration


def enter_by_link(registration: Registration) -> LockedEvent:
    """Through the door, for someone who came by a personal link.

    Refused when the registration has moved to another mailbox since the caller found it by an old link."""
    generation = registration.link_generation
    locked = waitlist.enter(registration.event_id)
    db.session.refresh(registration)
    if registration.link_generation != generation:
        raise Refused(_("This link no longer works: the registration has moved to another address."))
    return locked


def must_not_have_begun(locked: LockedEvent) -> None:
    """Refused once the event has started: then only organisers change registrations."""
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


def _must_have_room(locked: LockedEvent, registration: Registration, new: Claim) -> None:
    if registration.status is Status.OFFERED:
        raise Refused(_("Accept the offered place first, or decline it."))
    if not locked.has_room(new.mode):
        raise Refused(_("There is no room there at the moment. The registration stays as it was."))
    reseating.must_fit(locked, registration, new)
    if not registration.holds_place and (obstacle := locked.obstacle(new)):
        raise obstacles.refused(obstacle, locked.event)


def _entries_in_the_new_mode(locked: LockedEvent, registration: Registration, new: Claim) -> list[CalendarEntry]:
    if registration.status is Status.WAITING:
        return waitlist.confirm(locked, registration, new)
    entries = invitations.entries_of(registration)
    for entry in entries:
        invitations.revise(entry)
    return entries


def go_on(locked: LockedEvent) -> None:
    """Count what has changed, and let those in whom it made room for."""
    db.session.flush()
    locked.count()
    waitlist.promote(locked)


def _differences(before: Details, after: Details) -> dict[str, list[str | None]]:
    old, new = asdict(before), asdict(after)
    return {name: [old[name], new[name]] for name in old if old[name] != new[name]}
