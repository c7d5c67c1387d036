"""Who may register: by the domain of a municipality, by an invitation, or by asking the organiser."""

import pytest
from sqlalchemy import select

from app.database import db
from app.events import queries as events
from app.events.models import Admission, Event, EventAdmitted
from app.messages.models import Message
from app.people.models import MailDomain
from app.registrations import history, invitations, links
from app.registrations.models import CalendarEntry, Invitation, Registration, Status
from tests import builders
from tests.builders import ESPOO, TAMPERE
from tests.page_client import Page, PageClient

PERSON = {"given_name": "Maria", "family_name": "Åkerlund", "municipality": ESPOO}


@pytest.fixture(autouse=True)
def _domains(app: object) -> None:
    db.session.add(MailDomain(domain="espoo.example", municipality_code=ESPOO, source="test"))
    db.session.add(MailDomain(domain="tampere.example", municipality_code=TAMPERE, source="test"))
    db.session.commit()


def restricted(admission: Admission, *admitted: str, **given: object) -> Event:
    event = builders.event(slug="paiva", admission=admission, **given)
    db.session.add_all(EventAdmitted(event_id=event.id, municipality_code=code) for code in admitted)
    db.session.commit()
    return event


def send(client: PageClient, email: str, path: str = "/en/events/paiva/register") -> Page:
    return client.submit(client.get(path, follow_redirects=True), "Register", **PERSON, email=email)


def registered() -> list[tuple[str, Status]]:
    rows = db.session.execute(select(Registration.email, Registration.status).order_by(Registration.id))
    return [(email, status) for email, status in rows]


@pytest.mark.parametrize(
    ("admission", "let_in"),
    [
        (Admission.ANYONE, {"espoo", "tampere", "yritys"}),
        (Admission.MUNICIPAL, {"espoo", "tampere"}),
        (Admission.REGION, {"espoo"}),
        (Admission.LISTED, {"tampere"}),
    ],
)
def test_the_domain_of_the_address_says_who_may_register(
    client: PageClient, admission: Admission, let_in: set[str]
) -> None:
    restricted(admission, TAMPERE)
    for name in ("espoo", "tampere", "yritys"):
        page = send(client, f"maria@{name}.example")
        assert (page.h1 == "You have a place") is (name in let_in)
        assert bool(page.errors) is (name not in let_in)
    assert {email for email, _status in registered()} == {f"maria@{name}.example" for name in let_in}


def test_the_event_page_says_who_may_register(client: PageClient) -> None:
    event = restricted(Admission.LISTED, ESPOO, TAMPERE)
    assert "with a work email: Espoo and Tampere." in client.get("/en/events/paiva").words
    event.admission = Admission.INVITED
    db.session.commit()
    page = client.get("/en/events/paiva")
    assert "Registration is by invitation" in page.words
    assert "/register" not in page.get_data(as_text=True)


def test_whoever_registers_is_told_before_that_the_organiser_decides(client: PageClient) -> None:
    builders.event(slug="paiva", approval=True)
    for page in ("", "/register"):
        assert "The organiser approves each registration." in client.get(f"/en/events/paiva{page}").words


def test_who_is_not_recognised_asks_the_organiser_and_waits_for_an_answer_without_a_place(client: PageClient) -> None:
    event = restricted(Admission.REGION, places_online=1)
    refused = send(client, "maria@yritys.example")
    assert refused.errors == ["This address is not of a municipality of the region. Use your work email."]
    done = client.submit(refused, "Ask the organiser to accept me", note="I teach in Espoo")
    assert done.h1 == "Your registration awaits approval"
    assert "You have a place" not in done.words
    assert registered() == [("maria@yritys.example", Status.AWAITING_APPROVAL)]
    (registration,) = db.session.scalars(select(Registration))
    assert [line.details for line in history.of(registration)] == [{"note": "I teach in Espoo"}, {}]
    assert db.session.scalars(select(Message.occasion)).all() == ["awaiting-approval"]
    assert builders.attempt(event).status is Status.CONFIRMED


def test_asking_again_with_an_address_that_is_registered_looks_the_same_and_changes_nothing(
    client: PageClient,
) -> None:
    restricted(Admission.REGION)
    pages = []
    for note in ("first", "second"):
        refused = send(client, "maria@yritys.example")
        pages.append(client.submit(refused, "Ask the organiser to accept me", note=note))
    assert pages[0].words == pages[1].words
    assert len(registered()) == 1


def invitation(client: PageClient, event: Event, **given: str) -> tuple[Invitation, str]:
    organiser = client.application.test_client()
    builders.signed_in(organiser)
    page = organiser.get(f"/staff/events/{event.id}/invitations")
    made = organiser.submit(page, "Make the link", name="Hyvinkään opettajat", **given)
    kept = db.session.scalars(select(Invitation).order_by(Invitation.id.desc())).first()
    assert kept
    path = f"/i/{links.invitation_token(kept.uuid)}"
    assert path in made.words
    return kept, path


def test_an_invitation_lets_in_as_many_as_it_is_for_and_is_not_lost_by_an_error(client: PageClient) -> None:
    event = restricted(Admission.INVITED)
    made, path = invitation(client, event, limit="1")
    form = client.get(path, follow_redirects=True)
    assert "You are registering by invitation." in form.words
    wrong = client.submit(form, "Register", **PERSON, email="maria")
    assert wrong.errors == ["Enter an email address like name@municipality.fi"]
    second_form = client.get(path, follow_redirects=True)
    assert client.submit(wrong, "Register", email="maria@yritys.example").h1 == "You have a place"
    late = client.submit(second_form, "Register", **PERSON, email="late@yritys.example")
    assert "used by as many people as it was for" in late.words
    assert client.get(path).status_code == 410
    assert [one.invitation_id for one in db.session.scalars(select(Registration))] == [made.id]


def test_without_an_invitation_nobody_registers_where_it_is_needed(client: PageClient) -> None:
    restricted(Admission.INVITED)
    assert client.get("/en/events/paiva/register").status_code == 302
    with pytest.raises(Exception, match="needs an invitation link"):
        builders.attempt(db.session.scalars(select(Event)).one())


def test_a_revoked_invitation_lets_nobody_more_in_and_who_came_by_it_stays(client: PageClient) -> None:
    event = restricted(Admission.INVITED)
    _made, path = invitation(client, event)
    send(client, "maria@yritys.example", path)
    form = client.get(path, follow_redirects=True)
    organiser = client.application.test_client()
    builders.signed_in(organiser)
    page = organiser.get(f"/staff/events/{event.id}/invitations")
    assert f"{path} 1 " in page.words
    assert "Revoked" in organiser.submit(page, "Revoke: Hyvinkään opettajat").words
    late = client.submit(form, "Register", **PERSON, email="late@yritys.example")
    assert "This invitation is no longer in use." in late.words
    assert client.get(path).status_code == 410
    assert registered() == [("maria@yritys.example", Status.CONFIRMED)]


def test_a_day_by_invitation_and_a_day_for_all_are_one_event(client: PageClient) -> None:
    event = builders.event(slug="paiva", days=2, places_online=10)
    first, second = events.days_of(event)
    first.invited_only = True
    db.session.commit()
    assert client.get("/en/events/paiva").words.count("This day is by invitation only.") == 1

    send(client, "open@espoo.example")
    _made, path = invitation(client, event)
    send(client, "invited@espoo.example", path)
    days = {
        email: list(
            db.session.scalars(
                select(CalendarEntry.day_id)
                .join(CalendarEntry.registration)
                .where(Registration.email == email)
                .order_by(CalendarEntry.day_id)
            )
        )
        for email, _status in registered()
    }
    assert days == {"open@espoo.example": [second.id], "invited@espoo.example": [first.id, second.id]}
    mails = db.session.scalars(select(Message.recipient).order_by(Message.id)).all()
    assert mails == ["open@espoo.example", "invited@espoo.example", "invited@espoo.example"]


def test_who_speaks_has_the_day_by_invitation_in_the_calendar_too(client: PageClient) -> None:
    event = builders.event(days=2)
    first, _second = events.days_of(event)
    first.invited_only = True
    db.session.commit()
    speaker = builders.registration(event, takes_place=False)
    assert [len(invitations.entries_of(one)) for one in (speaker, builders.registration(event))] == [2, 1]
