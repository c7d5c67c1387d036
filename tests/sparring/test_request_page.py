"""The team's page of a sparring request."""

from datetime import date, timedelta

from sqlalchemy import select

from app import wording
from app.database import db
from app.messages import queries as messages
from app.messages.models import State
from app.people.models import AccessLogEntry
from app.sparring import board, posting
from app.sparring.models import Request, RequestState
from app.staff import sparring_words
from tests import builders, sparring_builders
from tests.page_client import Page, PageClient


def test_the_page_of_a_request_tells_the_wish_and_who_asked(client: PageClient) -> None:
    builders.signed_in(client)
    library = sparring_builders.theme("Libraries")
    asked = sparring_builders.request(themes=(library,), goal="A common way of helping customers", group_size=12)
    page = client.get(f"/staff/sparring/requests/{asked.id}")
    assert page.h1 == "Askola"
    for told in ("Libraries", "A common way of helping customers", "12 people", "kaisa.kontakti@askola.example"):
        assert told in page.words


def moved(client: PageClient, asked: Request, to: RequestState, **fields: object) -> Page:
    page = client.get(f"/staff/sparring/requests/{asked.id}/state/{to.value}")
    button = sparring_words.move_words(asked.state, to)
    return client.submit(page, button, **fields)


def mails(asked: Request) -> list[tuple[str, str]]:
    return sorted((mail.occasion, mail.recipient) for mail in messages.about(posting.about(asked)))


def test_who_takes_a_new_request_begins_its_preparation_and_the_municipality_learns_who(client: PageClient) -> None:
    owner = builders.signed_in(client, builders.user(name="Oona Omistaja"))
    asked = sparring_builders.request()
    page = client.submit(client.get(f"/staff/sparring/requests/{asked.id}"), "Take care of this")
    assert "You take care of this request now" in page.words
    assert "In preparation" in page.words
    assert "Preparation begun kaisa.kontakti@askola.example Waiting to be sent" in page.words
    (mail,) = messages.about(posting.about(asked))
    assert f"Oona Omistaja of our team takes care of it. You reach them at {owner.email}" in (mail.text or "")
    assert mail.reply_to == owner.email
    assert (asked.owner_id, asked.due_on) == (owner.id, board.today() + timedelta(days=14))


def test_a_request_given_to_a_colleague_is_told_them(client: PageClient) -> None:
    builders.signed_in(client)
    asked, colleague = sparring_builders.request(state=RequestState.PREPARING), builders.user(name="Kolle Ga")
    page = client.get(f"/staff/sparring/requests/{asked.id}/plan")
    done = client.submit(page, "Save", owner=str(colleague.id), next_step="Call them", due_on="24.12.2026")
    assert "Kolle Ga" in done.words
    assert "Call them" in done.words
    assert asked.due_on == date(2026, 12, 24)
    assert mails(asked) == [("sparring-owner", colleague.email)]


def test_who_saves_a_stale_plan_is_told_and_loses_nothing_typed(client: PageClient) -> None:
    builders.signed_in(client)
    asked = sparring_builders.request(state=RequestState.PREPARING)
    opened = client.get(f"/staff/sparring/requests/{asked.id}/plan")
    client.submit(client.get(f"/staff/sparring/requests/{asked.id}/plan"), "Save", next_step="Theirs")
    stale = client.submit(opened, "Save", next_step="Mine")
    assert stale.status_code == 409
    assert asked.next_step == "Theirs"
    assert "Next step Theirs" in stale.words
    client.submit(stale, "Save")
    db.session.refresh(asked)
    assert asked.next_step == "Mine"


def test_calling_off_asks_why_and_tells_the_municipality_and_the_tutors(client: PageClient) -> None:
    builders.signed_in(client)
    asked = sparring_builders.request(state=RequestState.PREPARING)
    naming = sparring_builders.naming(asked)
    tutor = naming.profile.user.email
    assert moved(client, asked, RequestState.CALLED_OFF).errors == ["Enter the reason"]
    page = moved(client, asked, RequestState.CALLED_OFF, reason="Nobody can come")
    assert "Nobody can come" in page.words
    assert mails(asked) == [
        ("sparring-called-off", "kaisa.kontakti@askola.example"),
        ("sparring-called-off-tutor", tutor),
    ]
    assert "Nobody can come" in (messages.about(posting.about(asked))[-1].text or "")


def test_calling_a_request_off_takes_its_meeting_out_of_the_calendars(client: PageClient) -> None:
    builders.signed_in(client)
    asked = sparring_builders.request(state=RequestState.AGREED)
    meeting = sparring_builders.meeting(asked)
    assert moved(client, asked, RequestState.HELD).errors == ["The meeting has not ended yet."]
    moved(client, asked, RequestState.POSTPONED, reason="Ill", due_on="24.12.2026")
    db.session.refresh(meeting)
    assert meeting.called_off_at is not None
    assert (asked.state, asked.due_on) == (RequestState.POSTPONED, date(2026, 12, 24))
    assert mails(asked) == [("sparring-postponed", "kaisa.kontakti@askola.example")]


def test_a_step_that_the_table_does_not_allow_has_no_button_and_is_refused(client: PageClient) -> None:
    builders.signed_in(client)
    asked = sparring_builders.request(state=RequestState.HELD)
    page = client.get(f"/staff/sparring/requests/{asked.id}/state/closed")
    assert "cannot be done" in page.words
    assert [one for one in page.document.iter("form") if "closed" in (one.get("action") or "")] == []


def test_a_mail_that_has_gone_out_is_sent_again_and_one_of_another_request_is_not(client: PageClient) -> None:
    builders.signed_in(client)
    asked, other = sparring_builders.request(state=RequestState.PREPARING), sparring_builders.request()
    moved(client, asked, RequestState.POSTPONED, reason="Ill")
    (mail,) = messages.about(posting.about(asked))
    page = client.get(f"/staff/sparring/requests/{asked.id}")
    assert "Send again" not in page.words, "it is still waiting to be sent"
    mail.state = State.SENT
    db.session.commit()
    page = client.get(f"/staff/sparring/requests/{asked.id}")
    # Of several mails a screen reader hears which one.
    button = f"Send again: Postponed, {mail.recipient}, {wording.date_and_time(mail.created_at, 'en')}"
    assert "The mail will be sent again." in client.submit(page, button).words
    again, first = messages.about(posting.about(asked))
    assert (again.subject, again.text, again.recipient) == (first.subject, first.text, first.recipient)
    assert (again.state, again.message_id == first.message_id) == (State.QUEUED, False)
    assert "sparring-request.send-again" in db.session.scalars(select(AccessLogEntry.action)).all()
    path = f"/staff/sparring/requests/{other.id}/messages/{first.id}/again"
    token = page.document.find(".//form/input[@name='csrf_token']").get("value")
    assert client.post(path, data={"csrf_token": token}).status_code == 404
    assert len(messages.about(posting.about(asked))) == 2
