"""Municipalities that ask about the same: the team sees it, and proposes one meeting for both."""

import pytest

from app.database import begin_write, db
from app.messages import queries as messages
from app.sparring import guests, links, poll_queries, posting, queries, states
from app.sparring.models import Request, RequestState
from tests import builders, meeting_builders, sparring_builders
from tests.builders import ESPOO, VANTAA
from tests.page_client import Page, PageClient


@pytest.fixture
def two(client: PageClient) -> tuple[Request, Request]:
    """Askola and Vantaa ask about libraries; Espoo about something else."""
    builders.signed_in(client, builders.user(name="Oona Omistaja"))
    library, youth = sparring_builders.theme("Libraries"), sparring_builders.theme("Youth")
    lead = sparring_builders.request(themes=(library, youth))
    other = sparring_builders.request(
        themes=(library,), municipality_code=VANTAA, contact_email="ville@vantaa.example", contact_language="sv"
    )
    sparring_builders.request(themes=(sparring_builders.theme("Security"),), municipality_code=ESPOO)
    return lead, other


def joined(client: PageClient, lead: Request) -> Page:
    page = client.get(f"/staff/sparring/requests/{lead.id}")
    return client.submit(page, "Propose a joint meeting with Vantaa")


def told(request: Request) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for mail in reversed(messages.about(posting.about(request))):
        found.setdefault(mail.recipient, []).append(mail.occasion)
    return found


def test_the_team_sees_who_asks_about_the_same(client: PageClient, two: tuple[Request, Request]) -> None:
    assert "Libraries: Askola, Vantaa" in client.get("/staff/sparring/").words
    words = client.get(f"/staff/sparring/requests/{two[0].id}").words
    assert "Others ask about the same Vantaa Libraries" in words
    assert "Espoo" not in words


def test_a_joint_meeting_is_told_to_both_and_stands_on_all_pages(
    client: PageClient, two: tuple[Request, Request]
) -> None:
    lead, other = two
    assert "Joint meeting with: Vantaa" in joined(client, lead).words
    assert told(lead) == {"kaisa.kontakti@askola.example": ["sparring-preparing", "sparring-joined"]}
    assert told(other) == {"ville@vantaa.example": ["sparring-preparing", "sparring-joined"]}
    assert (other.state, other.owner_id) == (RequestState.PREPARING, lead.owner_id)
    page = client.get(f"/staff/sparring/requests/{other.id}")
    assert "Shares the meeting of this request" in page.words
    own = client.get(f"/s/{links.request_token(other)}?lang=en")
    assert "held together with that of Askola" in own.words


def test_the_other_request_moves_along_and_its_people_are_told_once(
    client: PageClient, two: tuple[Request, Request]
) -> None:
    lead, other = two
    joined(client, lead)
    who = builders.user()
    for state in (RequestState.TUTORS_NAMED, RequestState.TIME_PROPOSED, RequestState.AGREED):
        begin_write()
        states.change(lead, state, by=who)
        db.session.commit()
        assert other.state is state
    assert told(lead)["ville@vantaa.example"] == ["sparring-tutors-named"]
    assert told(other) == {"ville@vantaa.example": ["sparring-preparing", "sparring-joined"]}


def test_when_the_leading_one_is_called_off_the_other_goes_on_by_itself(
    client: PageClient, two: tuple[Request, Request]
) -> None:
    lead, other = two
    joined(client, lead)
    begin_write()
    states.change(lead, RequestState.CALLED_OFF, by=None)
    db.session.commit()
    assert (other.joined_to_id, other.state) == (None, RequestState.POSTPONED)
    assert told(other)["ville@vantaa.example"][-1] == "sparring-postponed"


def test_who_calls_the_own_request_off_leaves_the_joint_meeting_too(
    client: PageClient, two: tuple[Request, Request]
) -> None:
    lead, other = two
    joined(client, lead)
    meeting = sparring_builders.meeting(lead)
    lead.state = other.state = RequestState.AGREED
    guests.add(meeting, guests.municipality(lead))
    db.session.commit()
    asking = client.get(f"/s/{links.request_token(other)}/call-off?lang=en")
    client.submit(asking, "Call off the request")
    assert [guest.email for guest in guests.of(meeting)] == [lead.contact_email]
    assert told(lead)["ville@vantaa.example"] == ["meeting-removed"]
    assert told(lead)["kaisa.kontakti@askola.example"][-1] == "sparring-joined"
    assert list(queries.colleagues(lead)) == []
    assert (lead.state, other.state, other.joined_to_id) == (RequestState.AGREED, RequestState.CALLED_OFF, None)


def test_a_joint_meeting_is_given_up_and_both_are_told(client: PageClient, two: tuple[Request, Request]) -> None:
    lead, other = two
    joined(client, lead)
    client.submit(client.get(f"/staff/sparring/requests/{other.id}"), "Give the joint meeting up")
    assert other.joined_to_id is None
    assert list(queries.partners(lead)) == []
    assert [mails[-1] for mails in (*told(lead).values(), *told(other).values())] == ["sparring-parted"] * 2


def test_a_colleague_taken_off_the_own_request_leaves_the_joint_meeting_too(
    client: PageClient, two: tuple[Request, Request]
) -> None:
    lead, other = two
    colleague = sparring_builders.colleague(other, email="kolle@vantaa.example", name="Kolle Ga")
    joined(client, lead)
    meeting = sparring_builders.meeting(lead)
    lead.state = other.state = RequestState.AGREED
    guests.add(meeting, guests.municipality(lead))
    db.session.commit()
    client.submit(client.get(f"/s/{links.request_token(other)}?lang=en"), f"Remove {colleague.name}")
    assert {guest.email for guest in guests.of(meeting)} == {lead.contact_email, other.contact_email}
    assert told(lead)["kolle@vantaa.example"] == ["meeting-removed"]
    assert [one.email for one in queries.colleagues(lead)] == [other.contact_email]


def test_who_calls_the_own_request_off_is_not_asked_by_the_poll_of_the_joint_meeting_either(
    client: PageClient, two: tuple[Request, Request]
) -> None:
    lead, other = two
    joined(client, lead)
    meeting_builders.named(lead, meeting_builders.tutor())
    other.state = RequestState.TUTORS_NAMED
    db.session.commit()
    poll = meeting_builders.poll(lead, asks_participants=True)
    assert other.contact_email in {voter.email for voter in poll_queries.voters(poll)}
    client.submit(client.get(f"/s/{links.request_token(other)}/call-off?lang=en"), "Call off the request")
    assert lead.contact_email in {voter.email for voter in poll_queries.voters(poll)}
    assert other.contact_email not in {voter.email for voter in poll_queries.voters(poll)}
