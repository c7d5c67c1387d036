"""The state machine of requests: only the table's steps are possible, and each leaves its traces."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.database import begin_write, db
from app.errors import Refused
from app.messages import queries as messages
from app.messages.models import Message
from app.people.models import User
from app.sparring import board, handling, posting, queries, states
from app.sparring.models import Request, RequestState
from app.sparring.states import ALLOWED, AWAY, PATIENCE
from tests import builders, sparring_builders

# Written by hand, not read from the table: what each step tells the municipality.
MAILED = {
    **{(begins, RequestState.PREPARING): "sparring-preparing" for begins in (RequestState.NEW, *AWAY)},
    (RequestState.PREPARING, RequestState.TUTORS_NAMED): "sparring-tutors-named",
    (RequestState.SUMMED_UP, RequestState.CLOSED): "sparring-closed",
    **{(begins, RequestState.POSTPONED): "sparring-postponed" for begins in RequestState},
    **{(begins, RequestState.CALLED_OFF): "sparring-called-off" for begins in RequestState},
}
DAYS = {"new": 3, "preparing": 14, "tutors-named": 7, "held": 7, "summed-up": 30, "postponed": 60}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.tuples(st.booleans(), st.integers(0, 10)), min_size=1, max_size=14))
def test_a_random_walk_takes_only_the_steps_of_the_table_and_each_leaves_its_traces(
    app: Flask, walk: list[tuple[bool, int]]
) -> None:
    request, who = sparring_builders.request(), builders.user()
    for anywhere, number in walk:
        steps = list(RequestState) if anywhere else sorted(ALLOWED[request.state])
        to = steps[number % len(steps)]
        begins, logged = request.state, len(queries.changes(request))
        begin_write()
        db.session.execute(delete(Message))
        if to not in ALLOWED[begins]:
            with pytest.raises(Refused):
                states.change(request, to, by=who, reason="Why not")
            db.session.rollback()
            assert request.state is begins
            continue
        states.change(request, to, by=who, reason="Why not")
        db.session.commit()
        assert_traces(request, begins, to, logged, who)


def assert_traces(request: Request, begins: RequestState, to: RequestState, logged: int, who: User) -> None:
    row, *earlier = queries.changes(request)
    assert (row.from_state, row.to_state, row.by_id, row.reason) == (begins, to, who.id, "Why not")
    assert len(earlier) == logged
    days = DAYS.get(to.value)
    assert request.due_on == (None if days is None else board.today() + timedelta(days=days))
    told = [mail.occasion for mail in messages.about(posting.about(request))]
    assert told == ([MAILED[begins, to]] if (begins, to) in MAILED else [])


def test_the_states_with_patience_are_those_that_wait_for_the_team() -> None:
    assert {state.value: days for state, days in PATIENCE.items()} == DAYS


def test_every_step_by_hand_is_one_of_the_table_and_every_state_can_be_reached() -> None:
    assert set(handling.BY_HAND) == set(ALLOWED) == set(RequestState)
    assert all(by_hand <= ALLOWED[state] for state, by_hand in handling.BY_HAND.items())
    reached = {RequestState.NEW}
    while more := {to for begins in reached for to in ALLOWED[begins]} - reached:
        reached |= more
    assert reached == set(RequestState)


@pytest.mark.parametrize("to", sorted(AWAY))
def test_the_team_puts_a_request_aside_only_with_a_reason(app: Flask, to: RequestState) -> None:
    request, who = sparring_builders.request(), builders.user()
    with pytest.raises(Refused, match="Enter the reason"):
        states.change(request, to, by=who)


def test_colleagues_who_follow_are_told_in_their_own_language(app: Flask) -> None:
    request, who = sparring_builders.request(state=RequestState.PREPARING), builders.user()
    sparring_builders.colleague(request, language="sv")
    begin_write()
    states.change(request, RequestState.POSTPONED, by=who, reason="Semester")
    db.session.commit()
    told = {mail.recipient: mail.language for mail in messages.about(posting.about(request))}
    assert told == {"kaisa.kontakti@askola.example": "en", "kolle.ga@askola.example": "sv"}
