"""Random lives of an event, on the service and on a plain model beside it: places, order and doctor must agree."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select

from app import clock
from app.database import db
from app.errors import Refused
from app.events import queries as events
from app.events.models import Attendance, Event, EventStatus, Mode, ProgrammeItem, Promotion, QueueOrder
from app.messages.models import Message
from app.people.models import User
from app.registrations import (
    approval,
    attendance,
    capacity,
    doctor,
    event_changes,
    group_offers,
    groups,
    hand_over,
    limits,
    links,
    offers,
    organiser_changes,
    own_changes,
    queries,
    waitlist,
)
from app.registrations.answer_models import Handover
from app.registrations.groups import GroupApplication
from app.registrations.hand_over_notices import Receiver
from app.registrations.limits import Limits
from app.registrations.models import Occasion, ProgrammeChoice, Registration, Status
from tests import builders
from tests.builders import ESPOO, VANTAA
from tests.registrations.places_model import AWAITING, CONFIRMED, OFFERED, REFUSED, WAITING, WITHDRAWN, Model, Person

PROVE = os.environ.get("PROVE") == "1"
MODES = st.sampled_from(list(Mode))
CODES = st.sampled_from([ESPOO, VANTAA, None])
FEW = st.none() | st.integers(0, 3)


class Places(RuleBasedStateMachine):
    """Each rule does the same to the service and to the model; the clock moves on with each."""

    def __init__(self) -> None:
        super().__init__()
        self.travel = time_machine.travel(builders.in_days(0), tick=False)
        self.time = self.travel.start()

    def teardown(self) -> None:
        """The doctor of the next life, which begins at an earlier time, looks only at its own event."""
        db.session.rollback()
        if hasattr(self, "event_id"):
            self.event().status = EventStatus.ARCHIVED
            db.session.commit()
        self.travel.stop()

    @initialize(
        on_site=FEW, online=FEW, a_municipality=st.none() | st.integers(1, 2), workshop=FEW,
        fair=st.booleans(), by_offer=st.booleans(), by_approval=st.booleans(),
    )  # fmt: skip
    def publish(self, on_site: Any, online: Any, a_municipality: Any, workshop: Any, **how: bool) -> None:
        event = builders.event(
            starts_at=builders.in_days(80),
            attendance=Attendance.HYBRID,
            places_on_site=on_site,
            places_online=online,
            municipality_limit=a_municipality,
            queue_order=QueueOrder.FAIR if how["fair"] else QueueOrder.FIRST_COME,
            promotion=Promotion.OFFER if how["by_offer"] else Promotion.AUTOMATIC,
            approval=how["by_approval"],
            largest_group=5,
        )
        item = builders.programme_item(events.days_of(event)[0], sign_up=True, places=workshop)
        self.event_id, self.item_id, self.by = event.id, item.id, builders.user().id
        self.model = Model(
            {Mode.ON_SITE: on_site, Mode.ONLINE: online}, a_municipality, workshop,
            fair=how["fair"], offers=how["by_offer"], approval=how["by_approval"],
        )  # fmt: skip
        self.turns = 0

    @rule(mode=MODES, code=CODES, workshop=st.booleans())
    def register(self, mode: Mode, code: str | None, workshop: bool) -> None:
        self.tick()
        items = frozenset({self.item_id}) if workshop else frozenset()
        answer = builders.attempt(self.event(), mode=mode, municipality_code=code, items=items)
        self.turns += 1
        person = Person(mode=mode, code=code, workshop=workshop, turn=self.turns)
        if self.model.approval:
            person.status = AWAITING
        else:
            self.model.come(person)
        assert answer.registration_id
        self.model.people[answer.registration_id] = person

    @rule(modes=st.lists(MODES, min_size=2, max_size=3), code=CODES, all_or_none=st.booleans())
    def register_a_group(self, modes: list[Mode], code: str | None, all_or_none: bool) -> None:
        self.tick()
        members = [builders.application(mode=mode, municipality_code=code) for mode in modes]
        application = GroupApplication(
            contact_name="Maria Åkerlund",
            contact_email=f"contact.{self.event_id}.{self.turns}@espoo.example",
            language="fi",
            municipality_code=code,
            all_or_none=all_or_none,
            members=members,
        )
        people = []
        for mode in modes:
            self.turns += 1
            people.append(Person(mode=mode, code=code, turn=self.turns, group=self.turns if all_or_none else None))
        for person in people:
            person.group = people[0].group
        nonce = f"group-{self.event_id}-{self.turns}"
        try:
            groups.register(self.event_id, application, nonce=nonce)
        except Refused:  # larger than a limit
            assert all_or_none
            assert not Model(self.model.limits, self.model.a_municipality, None, fair=False, offers=False,
                             approval=False).fit(people)  # fmt: skip
            db.session.rollback()
            return
        db.session.commit()
        made = queries.attempts_of_group(nonce, self.event_id)
        if self.model.approval:
            statuses = [AWAITING] * len(people)
        elif all_or_none:
            statuses = [CONFIRMED if self.model.fit(people) else WAITING] * len(people)
        for at, person in enumerate(people):
            if all_or_none or self.model.approval:
                person.status = statuses[at]
            else:
                self.model.come(person)
            self.model.people[made[at].registration_id or 0] = person

    @rule(mode=MODES)
    def add_a_speaker(self, mode: Mode) -> None:
        self.tick()
        made = builders.registration(self.event(), mode=mode, takes_place=False)
        self.turns += 1
        self.model.people[made.id] = Person(mode=mode, code=ESPOO, status=CONFIRMED, counts=False)

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        one = self.someone(data, AWAITING, CONFIRMED, WAITING, OFFERED)
        if one and self.do(own_changes.withdraw, one):
            self.model.people[one].status = WITHDRAWN

    @rule(data=st.data(), to_one_who_has_registered=st.booleans())
    def hand_over_a_place(self, data: st.DataObject, to_one_who_has_registered: bool) -> None:
        """The place goes with its items, group and municipality; a receiver who has no place leaves the queue."""
        giver = self.someone(data, CONFIRMED, WAITING)
        if giver is None:
            return
        own = self.someone(data, AWAITING, CONFIRMED, WAITING, OFFERED) if to_one_who_has_registered else None
        if own == giver:
            return
        self.turns += 1
        email = self.registered(own).email if own else f"receiver.{self.event_id}.{self.turns}@espoo.example"
        receiver = Receiver(given_name="Outi", family_name="Järvinen", email=email, language="fi")
        has_place = self.model.people[giver].status == CONFIRMED
        assert self.do(lambda registration: hand_over.ask(registration, receiver), giver) is has_place
        if not has_place:
            return
        handover = db.session.get_one(Handover, giver)
        detail = f"{email} {handover.requested_at.isoformat()}"
        token = links.token(links.Purpose.HANDOVER, handover.registration, detail)
        self.tick()
        assert hand_over.confirm(handover, token)
        db.session.execute(delete(Message).where(Message.occasion == Occasion.CONFIRM_HANDOVER))  # so many a day
        db.session.commit()
        if own and self.model.people[own].status == CONFIRMED:
            return
        assert self.registered(giver).email == email
        if own:
            self.model.people[own].status = WITHDRAWN

    @rule(data=st.data())
    def switch_mode(self, data: st.DataObject) -> None:
        one = self.someone(data, AWAITING, CONFIRMED, WAITING, OFFERED)
        if one is None:
            return
        person = self.model.people[one]
        other = Mode.ONLINE if person.mode == Mode.ON_SITE else Mode.ON_SITE
        newcomer_fits = self.model.limits[other] is None or self.model.free(other) > 0
        fits = newcomer_fits and person.status != OFFERED and self.fits_changed(person, mode=other)
        fits = fits or person.status == AWAITING
        assert self.do(lambda registration: own_changes.switch_mode(registration, other), one) is fits
        if fits:
            person.mode, person.status = other, AWAITING if person.status == AWAITING else CONFIRMED

    @rule(data=st.data())
    def change_workshop(self, data: st.DataObject) -> None:
        one = self.someone(data, CONFIRMED, OFFERED, WAITING)
        if one is None:
            return
        person = self.model.people[one]
        items = frozenset() if person.workshop else frozenset({self.item_id})
        fits = person.status == WAITING or self.fits_changed(person, workshop=not person.workshop)
        done = self.do(lambda registration: own_changes.choose_items(registration, items), one)
        assert done is fits
        if fits:
            person.workshop = not person.workshop

    @precondition(lambda self: self.model.offers)
    @rule(data=st.data(), yes=st.booleans())
    def answer_an_offer(self, data: st.DataObject, yes: bool) -> None:
        if one := self.someone(data, OFFERED):
            together = self.model.standing_with(self.model.people[one])
            if self.model.people[one].group is None:
                assert self.do(offers.accept if yes else offers.decline, one)
            else:
                assert not self.do(offers.accept, one), "the contact answers for all"
                self.model.settle(clock.now())
                assert self.do(lambda it: (group_offers.accept if yes else group_offers.decline)(it.group), one)
            for person in together:
                person.status = CONFIRMED if yes else WITHDRAWN

    @precondition(lambda self: self.model.offers)
    @rule(days=st.integers(1, 4))
    def let_days_pass(self, days: int) -> None:
        db.session.execute(delete(Message))  # for the doctor, as if the worker had sent them
        db.session.commit()
        self.time.shift(timedelta(days=days))
        self.settled(lambda _locked: None)

    @precondition(lambda self: self.model.approval)
    @rule(data=st.data(), yes=st.booleans())
    def decide(self, data: st.DataObject, yes: bool) -> None:
        if one := self.someone(data, AWAITING):
            act = approval.approve if yes else lambda one, by: approval.refuse(one, "", by=by)
            together = self.model.standing_with(self.model.people[one])
            assert self.do(lambda registration: act(registration, by=self.by), one)
            if yes:
                self.model.let_in(together)
            for person in together if not yes else []:
                person.status = REFUSED

    @rule(data=st.data())
    def give_an_extra_place(self, data: st.DataObject) -> None:
        if one := self.someone(data, WAITING):
            together = self.model.standing_with(self.model.people[one])
            people = len(together)
            assert self.do(lambda one: organiser_changes.extra_place(one, "puhuu", people=people, by=self.by), one)
            for person in together:
                self.seat_beyond_the_limits(person)

    @rule(on_site=FEW, online=FEW)
    def set_limits(self, on_site: int | None, online: int | None) -> None:
        self.settled(lambda locked: limits.set_limits(locked, Limits(on_site, online, waiting_list=True)))
        self.model.limits = {Mode.ON_SITE: on_site, Mode.ONLINE: online}

    @rule(left=MODES, places=FEW)
    def take_a_way_of_taking_part_away_and_bring_it_back(self, left: Mode, places: int | None) -> None:
        """Whoever is counted before it is saved waits, and nobody else; a whole group stays whole."""
        self.settled(lambda _locked: None)
        (gone,) = set(Mode) - {left}
        held = [one for one, person in self.model.people.items() if person.holds]
        self.model.limits[left] = places
        counted = capacity.places_of([self.event()])[self.event_id]
        told = attendance.moves(counted, Attendance(left), self.limits_of_the_model())
        self.change_attendance(Attendance(left))
        self.model.take_away(gone, left)
        self.everyone_stands_where_the_model_says()
        assert sum(move.wait + move.beside for move in told) == sum(not self.model.people[one].holds for one in held)
        self.change_attendance(Attendance.HYBRID)

    @rule(places=FEW)
    def set_workshop_places(self, places: int | None) -> None:
        def change(locked: Any) -> None:
            db.session.get_one(ProgrammeItem, self.item_id).places = places

        self.settled(change)
        self.model.workshop = places

    @rule(limit=st.none() | st.integers(1, 3))
    def set_municipality_limit(self, limit: int | None) -> None:
        self.settled(lambda locked: setattr(locked.event, "municipality_limit", limit))
        self.model.a_municipality = limit

    @rule(data=st.data(), code=CODES)
    def correct_a_municipality(self, data: st.DataObject, code: str | None) -> None:
        if one := self.someone(data, AWAITING, CONFIRMED, WAITING, OFFERED):
            correction = organiser_changes.Correction(
                municipality_code=code, organisation="", mode=Mode(self.model.people[one].mode)
            )
            self.do(lambda registration: organiser_changes.correct(registration, correction, by=self.by) or True, one)
            self.model.people[one].code = code

    @invariant()
    def everyone_stands_where_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        self.model.settle(clock.now())
        db.session.rollback()
        found = {one.id: one for one in db.session.query(Registration).filter_by(event_id=self.event_id)}
        for registration_id, person in self.model.people.items():
            person.offer_ends = found[registration_id].offer_expires_at
        in_workshop = set(db.session.scalars(select(ProgrammeChoice.registration_id).filter_by(item_id=self.item_id)))
        told = {
            one: (row.status.value, row.mode.value, row.municipality_code, one in in_workshop)
            for one, row in found.items()
        }
        assert told == {
            one: (person.status, str(person.mode), person.code, person.workshop)
            for one, person in self.model.people.items()
        }

    @invariant()
    def no_place_is_free_beside_one_whom_it_fits_and_the_doctor_agrees(self) -> None:
        if hasattr(self, "model"):
            assert self.model.next_in_line() is None
            assert [finding.text for finding in doctor.examine() if not finding.note] == []

    def seat_beyond_the_limits(self, person: Person) -> None:
        short = set(self.model.shortages(person)) - {"municipality"}
        person.status, person.is_extra = CONFIRMED, True
        if "mode" in short:
            self.model.limits[person.mode] = (self.model.limits[person.mode] or 0) + 1
        if "workshop" in short:
            self.model.workshop = (self.model.workshop or 0) + 1

    def limits_of_the_model(self) -> Limits:
        return Limits(self.model.limits[Mode.ON_SITE], self.model.limits[Mode.ONLINE], waiting_list=True)

    def change_attendance(self, attendance: Attendance) -> None:
        locked = waitlist.enter(self.event_id)
        schedule = replace(event_changes.schedule_of(locked.event, locked.days), attendance=attendance)
        by = db.session.get_one(User, self.by)
        event_changes.reschedule(locked, schedule, self.limits_of_the_model(), by=by)
        db.session.commit()

    def fits_changed(self, person: Person, **changes: Any) -> bool:
        """Whether the person, changed so, would fit in place of what they are; what they take already they keep."""
        kept = set()
        if person.holds:
            kept = {"mode", "municipality", *(["workshop"] if person.workshop else [])} - ({"mode"} & changes.keys())
        before, person.status = person.status, ""
        short = set(self.model.shortages(replace(person, **changes)))
        person.status = before
        return short <= kept

    def registered(self, registration_id: int) -> Registration:
        return db.session.get_one(Registration, registration_id)

    def event(self) -> Event:
        return db.session.get_one(Event, self.event_id)

    def someone(self, data: st.DataObject, *statuses: str) -> int | None:
        fitting = [one for one, person in self.model.people.items() if person.status in statuses]
        return data.draw(st.sampled_from(fitting)) if fitting else None

    def do(self, deed: Callable[[Registration], Any], registration_id: int) -> bool:
        """Whether it was done; a refusal leaves all as it was."""
        self.tick()
        try:
            done = deed(db.session.get_one(Registration, registration_id))
        except Refused:
            db.session.rollback()
            return False
        db.session.commit()
        return done is not False

    def settled(self, change: Callable[[Any], Any]) -> None:
        """An organiser's edit, as the pages make it: through the door, with what exceeds noted."""
        self.tick()
        locked = waitlist.enter(self.event_id)
        change(locked)
        db.session.flush()
        locked.count()
        limits.note_excess(locked)
        waitlist.promote(locked)
        db.session.commit()

    def tick(self) -> None:
        self.time.shift(timedelta(seconds=20))
        self.model.settle(clock.now())


@pytest.mark.usefixtures("app")
def test_places_go_as_the_plain_model_says() -> None:
    run_state_machine_as_test(
        Places,
        settings=settings(
            max_examples=100 if PROVE else 8,
            stateful_step_count=40 if PROVE else 25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_statuses_of_the_model_are_the_services() -> None:
    assert {AWAITING, CONFIRMED, WAITING, OFFERED, WITHDRAWN, REFUSED} == {status.value for status in Status}
