"""The own data: a copy of all of it, consents withdrawn at once, erasure that leaves only what is counted."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import current_app
from sqlalchemy import select

from app import clock, worker
from app.database import Base, begin_write, db
from app.events.models import Event
from app.messages.models import Message, Outcome, State
from app.people.models import AccessLogEntry, Role
from app.questions import queries, ready_made
from app.registrations import consents, links, own_data
from app.registrations.answer_models import Answer, Change, Consent
from app.registrations.models import AddressChange, CalendarEntry, JoinClick, Registration, Status
from tests import builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")
SIGN = "zebra"


def own(registration: Registration, part: str = "") -> str:
    return urlsplit(links.manage_url(registration)).path + part


def lived(event: Event, **given: Any) -> Registration:
    """Someone who has left traces everywhere: answers, consents, a waiting address, a click on “Join”."""
    plain, sealed = builders.question(event, "Toive"), builders.question(event, "Ruokavalio", sensitive=True)
    agreed = {consents.to_answer(sealed.id): "I agree to zebra", consents.PARTICIPANTS_LIST: "Shown as zebra"}
    person = {"given_name": "Zebra", "family_name": "Zebra-Niemi", "email": "zebra@espoo.example", "role": "Zebra"}
    typed = {plain.id: "zebra wishes", sealed.id: "zebra eats"}
    mine = builders.registration(event, **person | {"language": "en", "answers": typed, "consents": agreed} | given)
    begin_write()
    db.session.add(AddressChange(registration_id=mine.id, email="new.zebra@espoo.example", link_hash="zebra"))
    db.session.add(JoinClick(registration_id=mine.id))
    db.session.commit()
    return mine


def copy_of(client: PageClient, registration: Registration) -> dict[str, Any]:
    answer = client.get(own(registration, "/data.json"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    return json.loads(answer.get_data(as_text=True))


def test_the_copy_holds_everything_that_is_kept_of_the_person(client: PageClient) -> None:
    mine = lived(builders.event(participants_list=True))
    client.submit(client.get(own(mine, "/details")), role="Zebra keeper")
    copy = copy_of(client, mine)
    assert copy["person"]["email"] == "zebra@espoo.example"
    assert {"question": "Ruokavalio", "sensitive": True, "answer": "zebra eats"} in copy["answers"]
    assert {one["matter"] for one in copy["consents"]} == {consents.PARTICIPANTS_LIST, copy["consents"][1]["matter"]}
    assert [one["what"] for one in copy["history"]] == ["details", "registered"]
    assert [one["occasion"] for one in copy["mails"]] == ["changed", "confirmed"]
    assert (len(copy["calendar"]), len(copy["join_clicks"])) == (1, 1)
    assert copy["pending"]["new_email"] == "new.zebra@espoo.example"
    told = json.dumps(copy).casefold()
    texts = [value for value in _values() if isinstance(value, str) and "</html>" not in value]
    kept = {text for text in texts if SIGN in text.casefold()}
    left_out = {mine.sort_key, mine.search_key, "zebra"}
    assert [value for value in kept - left_out if json.dumps(value)[1:-1].casefold() not in told] == []


def _values() -> list[Any]:
    """What stands in any column of any table."""
    columns = [column for table in Base.metadata.sorted_tables for column in table.c]
    return [value for column in columns for value in db.session.scalars(select(column))]


def _signs() -> list[str]:
    """Where the person can still be read."""
    told = (value.decode(errors="replace") if isinstance(value, bytes) else str(value) for value in _values())
    return [value for value in told if SIGN in value.casefold()]


def test_every_key_of_the_copy_is_documented() -> None:
    page = Path("docs/own-data.md").read_text(encoding="utf-8")
    assert own_data.SCHEMA in page
    copy = own_data.as_json(lived(builders.event()))
    missing = sorted(key for key in _keys(copy) if f"`{key}`" not in page)
    assert missing == []


def _keys(part: Any) -> set[str]:
    if isinstance(part, dict):
        return set(part) | {key for name, value in part.items() if name != "details" for key in _keys(value)}
    return {key for one in part for key in _keys(one)} if isinstance(part, list) else set()


def test_words_that_were_agreed_to_in_another_language_are_marked_so(client: PageClient) -> None:
    event = builders.event(participants_list=True)
    asked = builders.question(event, "Ruokavalio", sensitive=True, ready_made="diet")
    swedish = ready_made.consent_to(queries.form_of(event.id).questions[0]).sv
    agreed = {consents.to_answer(asked.id): swedish, consents.PARTICIPANTS_LIST: "Words of long ago"}
    mine = builders.registration(event, answers={asked.id: "Vegaani"}, consents=agreed)
    page = client.get(own(mine, "/consents?lang=fi"))
    assert {part.get("lang") for part in page.document.iter("p") if part.get("lang")} == {"sv"}
    in_swedish = client.get(own(mine, "/consents?lang=sv"))
    assert not [part for part in in_swedish.document.iter("p") if part.get("lang") == "sv"]


def test_withdrawing_the_consent_to_a_sensitive_answer_deletes_it_at_once(client: PageClient) -> None:
    mine = lived(builders.event())
    page = client.get(own(mine, "/consents"))
    assert "I agree to zebra" in page.words
    client.submit(page, "Withdraw and delete the answer")
    db.session.expire_all()
    assert [one.sealed for one in db.session.scalars(select(Answer))] == [None]
    assert {one.matter: one.withdrawn_at is None for one in db.session.scalars(select(Consent))} == {
        "participants-list": True,
        next(one.matter for one in db.session.scalars(select(Consent)) if one.matter.startswith("question:")): False,
    }


def test_erasing_takes_one_step_and_leaves_only_what_is_counted(client: PageClient) -> None:
    event = builders.event(places_online=1)
    mine = lived(event)
    waiting = builders.registration(event)
    page = client.click(client.get(own(mine)), "Erase your data")
    assert "zebra@espoo.example" in page.words
    assert client.submit(page).h1 == "Your data has been erased"
    db.session.expire_all()
    assert (mine.status, waiting.status) == (Status.WITHDRAWN, Status.CONFIRMED)
    assert (mine.municipality_code, mine.mode.value) == (builders.ESPOO, "online")
    for model in (CalendarEntry, Answer, Consent, Change, AddressChange, JoinClick):
        assert db.session.scalars(select(model).where(model.registration_id == mine.id)).all() == []
    assert client.get(own(mine)).status_code == 404
    assert client.submit(page).status_code == 404


def test_the_last_mail_goes_out_clears_the_calendar_and_is_then_empty_too(client: PageClient) -> None:
    mine = lived(builders.event())
    client.submit(client.get(own(mine, "/erase")))
    first, last = db.session.scalars(select(Message).order_by(Message.id)).all()
    assert (first.state, first.outcome, first.recipient, first.text) == (State.FAILED, Outcome.EXPIRED, "", None)
    assert (last.occasion, last.recipient, last.calendar_method) == ("erased", "zebra@espoo.example", "CANCEL")
    _forget()
    db.session.refresh(last)
    assert last.text, "it waits for the mail server, however long"
    begin_write()
    last.state, last.sent_at = State.SENT, clock.now()
    db.session.commit()
    _forget()
    assert _signs() == []


def _forget() -> None:
    with current_app.app_context():
        while worker.forget():
            pass
    db.session.rollback()


def test_a_calendar_entry_that_is_on_its_way_out_still_goes(client: PageClient) -> None:
    mine = lived(builders.event())
    client.submit(client.get(own(mine, "/withdraw")))
    client.submit(client.get(own(mine, "/erase")))
    queued = db.session.scalars(select(Message).where(Message.state == State.QUEUED).order_by(Message.id)).all()
    assert [one.calendar_method for one in queued] == ["CANCEL", None]


def test_after_the_event_the_counts_stay_and_nobody_mails_the_erased(client: PageClient) -> None:
    event = builders.event(starts_at=builders.in_days(1))
    mine, other = lived(event), builders.registration(event)
    with time_machine.travel(builders.in_days(3)):
        page = client.get(own(mine, "/erase"))
        assert "is withdrawn" not in page.words
        client.submit(page)
        db.session.expire_all()
        assert (mine.status, mine.email, mine.anonymised_at is not None) == (Status.CONFIRMED, "", True)
        staff = client.application.test_client()
        builders.signed_in(staff, Role.ORGANISER)
        assert "Details erased" in staff.get(f"/staff/events/{event.id}/registrations").words
        assert staff.get(f"/staff/registrations/{mine.id}").h1 == "Details erased"
    assert other.email


def test_an_administrator_erases_on_request_and_it_is_logged(client: PageClient) -> None:
    mine = lived(builders.event())
    organiser = client.application.test_client()
    builders.signed_in(organiser, Role.ORGANISER)
    assert "Erase personal details" not in organiser.get(f"/staff/registrations/{mine.id}").words
    assert organiser.get(f"/staff/registrations/{mine.id}/erase").status_code == 403
    builders.signed_in(client, Role.ADMINISTRATOR)
    page = client.click(client.get(f"/staff/registrations/{mine.id}"), "Erase personal details")
    done = client.submit(page, "Erase")
    assert done.h1 == "Details erased"
    assert "erased already" in client.submit(page, "Erase").words
    logged = select(AccessLogEntry.subject).where(AccessLogEntry.action == "registration.erase")
    assert set(db.session.scalars(logged)) == {f"registration:{mine.id}"}


def test_the_same_address_can_register_again(client: PageClient) -> None:
    event = builders.event()
    mine = lived(event)
    client.submit(client.get(own(mine, "/erase")))
    again = builders.registration(event, email="zebra@espoo.example")
    assert again.status is Status.CONFIRMED


def test_who_took_over_a_place_gets_nothing_of_the_giver_but_the_name(client: PageClient) -> None:
    mine = builders.registration(builders.event(), language="en", email="giver@espoo.example", role="Secret role")
    client.submit(client.get(own(mine, "/details")), given_name="Kaj")
    client.submit(
        client.get(own(mine, "/hand-over")), given_name="Outi", family_name="Niemi", email="outi@espoo.example"
    )
    asked = db.session.scalars(select(Message).where(Message.occasion == "confirm-handover")).one()
    link = next(word for word in (asked.text or "").split() if "/r/hand-over/" in word)
    client.submit(client.get(urlsplit(link).path))
    db.session.refresh(mine)
    copy = copy_of(client, mine)
    assert [one["what"] for one in copy["history"]] == ["handed-over"]
    assert {one["to"] for one in copy["mails"]} == {"outi@espoo.example"}
    told = json.dumps(copy)
    assert "giver@espoo.example" not in told
    assert "Secret role" not in told
