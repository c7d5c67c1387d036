"""The contact of a request takes a copy of the own data, and has it erased; an open request is called off by it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app import clock, worker
from app.database import Base, begin_write, db
from app.messages.models import Message, Outcome, State
from app.sparring import links, own_data
from app.sparring.meeting_models import Meeting, MeetingFeedback, MeetingItem, NextStep
from app.sparring.models import Request, RequestState
from app.sparring.poll_models import Voter
from app.sparring.round_models import CallRow, CallStatus, Round
from app.translated import Translated
from tests import builders, meeting_builders, sparring_builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")
SIGN = "zebra"
ADDRESS = "zebra@karkkila.example"


def lived() -> Meeting:
    """A contact who has left traces everywhere: a call, a poll, a meeting with its programme, feedback, mails."""
    tutor = meeting_builders.tutor(name="Taru Tutor")
    wish = meeting_builders.request(
        contact_name="Zoe Zebra", contact_email=ADDRESS, contact_phone="zebra 1", contact_title="Zebra keeper",
        wished_tutors="Whoever zebra likes", owner=builders.user(name="Oona"),
    )  # fmt: skip
    called = Round(season=wish.season, name=Translated(fi="Tammikuu"), opens_on=wish.season.starts_on,
                   closes_on=wish.season.ends_on)  # fmt: skip
    wish.round = called
    wish.call = CallRow(round=called, municipality_code=wish.municipality_code, status=CallStatus.REQUESTED,
                        contact_name="Zebra", contact_email=ADDRESS, note="Asks about zebra")  # fmt: skip
    sparring_builders.colleague(wish, name="Kaj Kollega", language="en")
    meeting_builders.named(wish, tutor)
    poll = meeting_builders.poll(wish, asks_participants=True)
    meeting_builders.votes(poll)
    db.session.scalars(select(Voter).where(Voter.email == ADDRESS)).one().note = "Zebra rides on Mondays"
    db.session.commit()
    met = meeting_builders.agreed(poll)
    db.session.add(MeetingItem(meeting_id=met.id, position=1, minutes=9, form="discussion", topic="x", who="Zoe Zebra"))
    db.session.add(NextStep(meeting_id=met.id, what="Kokeillaan", owner="Zoe Zebra"))
    db.session.commit()
    return met


def own(request: Request, part: str = "") -> str:
    return f"/s/{links.request_token(request)}{part}"


def signs() -> list[str]:
    """Where the person can still be read, in any column of any table."""
    columns = [column for table in Base.metadata.sorted_tables for column in table.c]
    values = (value for column in columns for value in db.session.scalars(select(column)) if value is not None)
    told = (value.decode(errors="replace") if isinstance(value, bytes) else str(value) for value in values)
    return [value for value in told if SIGN in value.casefold()]


def keys(part: Any) -> set[str]:
    if isinstance(part, dict):
        return set(part) | {key for value in part.values() for key in keys(value)}
    return {key for one in part for key in keys(one)} if isinstance(part, list) else set()


def test_the_copy_holds_everything_that_is_kept_of_the_contact_and_each_key_is_documented(client: PageClient) -> None:
    met = lived()
    db.session.add(MeetingFeedback(meeting_id=met.id, usefulness=5, arrangements=4, comment="Best of zebra"))
    db.session.commit()
    answer = client.get(own(met.request, "/data.json"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    copy = json.loads(answer.get_data(as_text=True))
    assert (copy["contact"]["email"], copy["call"]["note"]) == (ADDRESS, "Asks about zebra")
    assert {mail["to"] for mail in copy["mails"]} == {ADDRESS}
    assert [mail["occasion"] for mail in copy["mails"]] == ["meeting-agreed", "sparring-poll"]
    assert [vote["suits"] for vote in copy["poll_answers"][0]["times"]] == ["yes", "yes"]
    assert [entry["sequence"] for entry in copy["calendar"]] == [0]
    assert copy["feedback"]["comment"] == "Best of zebra"
    told = answer.get_data(as_text=True)
    assert "Kaj Kollega" not in told
    page = Path("docs/own-data.md").read_text(encoding="utf-8")
    assert own_data.SCHEMA in page
    assert sorted(key for key in keys(copy) if f"`{key}`" not in page) == []


def test_the_copy_and_erasing_are_the_contacts_alone(client: PageClient) -> None:
    colleague = sparring_builders.colleague(meeting_builders.request())
    path = f"/s/{links.colleague_token(colleague.uuid)}"
    assert "Erase your data" not in client.get(f"{path}?lang=en").words
    assert [client.get(path + part).status_code for part in ("/data.json", "/erase")] == [404, 404]


def test_an_open_request_is_called_off_first_and_only_the_last_mails_still_name_the_contact(client: PageClient) -> None:
    met = lived()
    asked = met.request
    page = client.click(client.get(own(asked)), "Erase your data")
    assert "Your request is called off first." in page.words
    assert "the meeting leaves all calendars" in page.words
    assert asked.state is RequestState.AGREED
    assert client.submit(page).h1 == "Your data has been erased"
    db.session.expire_all()
    assert (asked.state, bool(met.called_off_at), asked.contact_email) == (RequestState.CALLED_OFF, True, "")
    assert [client.get(own(asked)).status_code, client.submit(page).status_code] == [404, 404]
    to_contact = db.session.scalars(select(Message).where(Message.recipient == ADDRESS).order_by(Message.id)).all()
    assert [(mail.occasion, mail.calendar_method) for mail in to_contact] == [("erased", "CANCEL"), ("erased", None)]
    others = select(Message.occasion).where(Message.recipient != ADDRESS, Message.recipient != "")
    assert "meeting-called-off" in db.session.scalars(others).all()
    unsent = db.session.scalars(select(Message).where(Message.recipient == "")).all()
    assert {(mail.outcome, mail.text) for mail in unsent} == {(Outcome.EXPIRED, None)}

    begin_write()
    for mail in to_contact:
        mail.state, mail.sent_at = State.SENT, clock.now()
    db.session.commit()
    while worker.forget():
        pass
    db.session.rollback()
    assert signs() == []


def test_after_the_meeting_the_request_stays_and_the_team_is_told(client: PageClient) -> None:
    met = lived()
    asked = met.request
    met.starts_at, met.ends_at = clock.now() - timedelta(days=2), clock.now() - timedelta(days=2, hours=-1)
    asked.state = RequestState.HELD
    db.session.commit()
    page = client.get(own(asked, "/erase"))
    assert "called off" not in page.words
    assert "Your colleagues who follow the request keep their own links." in page.words
    client.submit(page, "Erase my data")
    db.session.expire_all()
    assert (asked.state, asked.contact_name, met.called_off_at) == (RequestState.HELD, "", None)
    told = db.session.scalars(select(Message.recipient).where(Message.occasion == "sparring-contact-erased")).all()
    assert told == [asked.owner.email]

    builders.signed_in(client)
    assert "The personal details have been erased" in client.get(f"/staff/sparring/requests/{asked.id}").words
    page = client.get(f"/staff/sparring/meetings/{met.id}/afterwards")
    page = client.submit(page, discussed="Verkostosta", attended="9")
    client.submit(page, "Share the summary")
    shared = db.session.scalars(select(Message.recipient).where(Message.occasion == "meeting-summary")).all()
    assert shared == ["kolle.ga@askola.example"]


def test_a_request_whose_contact_is_gone_is_not_taken_up_again(client: PageClient) -> None:
    asked = meeting_builders.request()
    client.submit(client.get(own(asked, "/erase")))
    builders.signed_in(client)
    page = client.get(f"/staff/sparring/requests/{asked.id}")
    assert "Called off" in page.words
    assert "Take up again" not in page.words
