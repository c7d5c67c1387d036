"""Registrations of the demo season, in bulk: as the real door would have left them, but without their mails."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random

from app.database import db
from app.demo.crowds import Crowd
from app.demo.people import Person, elsewhere, invent
from app.events.models import Event, EventDay, Mode, new_uuid
from app.messages.addresses import folded
from app.people.models import Municipality
from app.registrations import booking, invitations, links, programme_choices
from app.registrations.models import ProgrammeChoice, Registration, Status

REGISTERING = timedelta(days=18)


def register(
    event: Event, days: Sequence[EventDay], crowd: Crowd, homes: dict[str, Municipality], *, until: datetime
) -> list[Registration]:
    """Make the rows of a crowd, the same ones every time; the last registered shortly before `until`."""
    randomly = Random(event.slug)  # noqa: S311 - invents names, guards nothing
    arrivals = _arrivals(crowd, homes, randomly)
    moments = sorted(until - timedelta(hours=6) - REGISTERING * randomly.random() for _ in arrivals)
    made = [_row(event, person, status, mode, at) for (person, status, mode), at in zip(arrivals, moments, strict=True)]
    db.session.add_all(made)
    _sign_up(event, [one for one in made if one.is_confirmed and one.mode is Mode.ON_SITE], crowd.sign_ups)
    for registration in made:
        if registration.is_confirmed:
            _open_calendar(registration, days)
    return made


def _arrivals(crowd: Crowd, homes: dict[str, Municipality], randomly: Random) -> list[tuple[Person, Status, Mode]]:
    """Who got what, in the order they came: whoever waits came after the places had gone."""
    confirmed = [(Status.CONFIRMED, mode) for mode, number in crowd.confirmed.items() for _ in range(number)]
    withdrawn = [(Status.WITHDRAWN, mode) for mode in islice(cycle(crowd.confirmed), crowd.withdrawn)]
    waiting = [(Status.WAITING, mode) for mode in islice(cycle(crowd.confirmed), crowd.waiting)]
    randomly.shuffle(confirmed)
    outcomes = [*confirmed, *withdrawn, *waiting]
    people = _people(crowd, homes, len(outcomes), randomly)
    arrivals = [(person, status, mode) for person, (status, mode) in zip(people, outcomes, strict=True)]
    in_time = len(outcomes) - len(waiting)
    return randomly.sample(arrivals[:in_time], in_time) + arrivals[in_time:]


def _people(crowd: Crowd, homes: dict[str, Municipality], number: int, randomly: Random) -> list[Person]:
    """Somebody from each municipality first, then those of other organisations, then everyone else."""
    municipalities = [homes[code] for code in crowd.municipalities]
    people = list(islice(_different_people(municipalities, crowd.language, randomly), number))
    for place, organisation in enumerate(crowd.organisations, start=len(municipalities)):
        people[place] = elsewhere(people[place], organisation)
    return people


def _different_people(
    municipalities: Sequence[Municipality], language: str | None, randomly: Random
) -> Iterator[Person]:
    """One from each, and then without end, the more the earlier the municipality stands."""
    seen: set[str] = set()
    shares = [1 / (rank + 2) for rank in range(len(municipalities))]
    homes = iter(municipalities)
    while True:
        home = next(homes, None) or randomly.choices(municipalities, shares)[0]
        person = invent(randomly, home, language)
        while person.email in seen:
            person = invent(randomly, home, language)
        seen.add(person.email)
        yield person


def _row(event: Event, person: Person, status: Status, mode: Mode, at: datetime) -> Registration:
    registration = Registration(
        uuid=new_uuid(),
        event=event,
        email=person.email,
        email_key=folded(person.email),
        municipality=person.municipality,
        organisation=person.organisation,
        role=person.role,
        mode=mode,
        language=person.language,
        status=status,
        registered_at=at,
        queued_at=at,
        confirmed_at=None if status is Status.WAITING else at,
        withdrawn_at=at + timedelta(hours=5) if status is Status.WITHDRAWN else None,
        link_generation=1,
    )
    booking.name(registration, given=person.given, family=person.family)
    links.seal(registration)
    return registration


def _sign_up(event: Event, on_site: Sequence[Registration], numbers: Sequence[int]) -> None:
    """Each item with sign-up gets so many of those on site."""
    db.session.flush()
    people = iter(on_site)
    for one, number in zip(programme_choices.offered(event), numbers, strict=False):
        for registration in islice(people, number):
            db.session.add(ProgrammeChoice(registration_id=registration.id, item_id=one.item.id))


def _open_calendar(registration: Registration, days: Sequence[EventDay]) -> None:
    invitations.open_entries(registration, days, at=registration.registered_at)
