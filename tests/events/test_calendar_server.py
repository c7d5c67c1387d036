"""What a calendar server makes of our entries: phones and mail programs sync with one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.events.calendar import publish, request
from tests import calendar_server
from tests.calendar_server import MINUTE, CalendarOnServer
from tests.events.test_calendar import AROUND_CLOCK_CHANGES, ENTRY, ORGANIZER, PERSON


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarOnServer]:
    with calendar_server.running(tmp_path_factory.mktemp("radicale")) as calendar:
        yield calendar


def test_it_finds_each_entry_at_the_instants_that_were_meant_also_around_the_clock_changes(
    server: CalendarOnServer,
) -> None:
    entries = AROUND_CLOCK_CHANGES
    assert {server.put(entry.uid, publish([entry], ORGANIZER)) for entry in entries} == {201}
    edges = {edge for entry in entries for edge in (entry.starts, entry.ends)}
    for instant in sorted(edges | {edge - MINUTE for edge in edges}):
        assert server.busy_in_the_minute_from(instant) == {
            entry.uid for entry in entries if entry.starts <= instant < entry.ends
        }, instant


def test_an_update_moves_the_entry_instead_of_adding_one(server: CalendarOnServer) -> None:
    moved = replace(ENTRY, sequence=1, starts=ENTRY.ends, ends=ENTRY.ends + (ENTRY.ends - ENTRY.starts))
    assert server.put("invitation", request(ENTRY, ORGANIZER, PERSON)) == 201
    assert server.put("invitation", request(moved, ORGANIZER, PERSON)) in (201, 204)
    assert server.busy_in_the_minute_from(ENTRY.starts) == set()
    assert server.busy_in_the_minute_from(moved.starts) == {ENTRY.uid}


def test_it_takes_one_uid_a_resource_which_is_why_each_day_is_a_mail_of_its_own(server: CalendarOnServer) -> None:
    second = replace(ENTRY, uid="reg-7f3a-d2@tapahtumat.example")
    assert server.put("two", publish([replace(ENTRY, uid="other@x.example"), second], ORGANIZER)) == 400
    assert server.put("one", publish([second], ORGANIZER)) == 201
