"""Naming tutors: suggested with reasons, asked by mail, and their answer on a page without signing in."""

import pytest

from app.database import db
from app.messages import queries as messages
from app.people.models import Role
from app.sparring import links, meetings, posting, queries
from app.sparring.meeting_models import MeetingTutor
from app.sparring.models import Request, RequestState
from app.sparring.tutor_models import Naming, NamingStatus
from tests import builders, sparring_builders
from tests.builders import ASKOLA, VANTAA
from tests.page_client import Page, PageClient


def occasions(asked: Request) -> list[str]:
    return sorted(mail.occasion for mail in messages.about(posting.about(asked)))


def answer(client: PageClient, naming: Naming, button: str, **fields: str) -> Page:
    return client.submit(client.get(f"/s/tutor/{links.naming_token(naming)}"), button, **fields)


@pytest.fixture
def asked(client: PageClient) -> Request:
    owner = builders.user(email="omistaja@kuntailmo.example")
    return sparring_builders.request(state=RequestState.PREPARING, owner=owner, goal="A common way")


def test_the_page_suggests_tutors_best_first_and_says_why(client: PageClient) -> None:
    builders.signed_in(client)
    library, youth = sparring_builders.theme("Libraries"), sparring_builders.theme("Youth")
    asked = sparring_builders.request(themes=(library, youth), language="sv", state=RequestState.PREPARING)
    sparring_builders.tutor(user=builders.user(Role.TUTOR, name="Oma Oskari"), municipality_code=ASKOLA,
                            themes=(library, youth), languages=["sv"])  # fmt: skip
    sparring_builders.tutor(user=builders.user(Role.TUTOR, name="Paras Pia"), themes=(library,), languages=["fi", "sv"])
    words = client.get(f"/staff/sparring/requests/{asked.id}").words
    assert "Paras Pia, Espoo 1 of 2 themes, Swedish, 0 of 4 taken, not own municipality" in words
    assert "Oma Oskari, Askola 2 of 2 themes, Swedish, 0 of 4 taken, own municipality" in words
    assert words.index("Paras Pia, Espoo") < words.index("Oma Oskari, Askola")


def test_a_tutor_who_is_asked_accepts_from_the_mail_and_the_tutors_are_named(client: PageClient) -> None:
    builders.signed_in(client)
    asked = sparring_builders.request()
    sparring_builders.tutor(user=builders.user(Role.TUTOR, name="Tuija Tutor"))
    done = client.submit(client.get(f"/staff/sparring/requests/{asked.id}"), "Ask Tuija Tutor")
    assert "Tuija Tutor was asked by mail" in done.words
    assert occasions(asked) == ["sparring-naming", "sparring-preparing"]
    naming = db.session.scalars(db.select(Naming)).one()
    assert links.naming_url(naming) in (messages.about(posting.about(asked))[0].text or "")
    page = answer(client, naming, "I accept")
    assert "You are a tutor of this sparring" in page.words
    assert "kaisa.kontakti" not in page.get_data(as_text=True)
    assert asked.state is RequestState.TUTORS_NAMED
    assert occasions(asked) == ["sparring-accepted", "sparring-naming", "sparring-preparing", "sparring-tutors-named"]
    mail = next(mail for mail in messages.about(posting.about(asked)) if mail.occasion == "sparring-tutors-named")
    assert "Tuija Tutor (Espoo)" in (mail.text or "")


def test_opening_the_link_changes_nothing_and_accepting_twice_says_so(client: PageClient, asked: Request) -> None:
    naming = sparring_builders.naming(asked)
    opened = client.get(f"/s/tutor/{links.naming_token(naming)}")
    assert naming.status is NamingStatus.ASKED
    client.submit(opened, "I accept")
    sent = len(occasions(asked))
    assert "You have accepted already" in client.submit(opened, "I accept").words
    assert len(occasions(asked)) == sent


def test_the_tutors_are_named_only_when_all_who_are_required_have_accepted(client: PageClient, asked: Request) -> None:
    first, second = sparring_builders.naming(asked), sparring_builders.naming(asked)
    sparring_builders.naming(asked, is_required=False)
    answer(client, first, "I accept")
    assert asked.state is RequestState.PREPARING
    answer(client, second, "I accept")
    assert asked.state is RequestState.TUTORS_NAMED


def test_who_declines_says_why_and_the_owner_is_told(client: PageClient, asked: Request) -> None:
    naming = sparring_builders.naming(asked)
    assert answer(client, naming, "I decline").errors == ["Enter why, so that the team knows whom to ask next"]
    page = answer(client, naming, "I decline", reason="On leave in March")
    assert "The team has been told" in page.words
    (mail,) = messages.about(posting.about(asked))
    assert (mail.occasion, mail.recipient) == ("sparring-declined", "omistaja@kuntailmo.example")
    assert "On leave in March" in (mail.text or "")


def test_the_service_itself_is_told_once_the_owner_may_no_longer_sign_in(client: PageClient, asked: Request) -> None:
    naming = sparring_builders.naming(asked)
    asked.owner.active = False
    db.session.commit()
    answer(client, naming, "I decline", reason="On leave in March")
    (mail,) = messages.about(posting.about(asked))
    assert mail.recipient == mail.reply_to == links.contact()


def test_a_tutor_who_backs_out_takes_the_request_back_to_preparation(client: PageClient, asked: Request) -> None:
    naming = sparring_builders.naming(asked)
    answer(client, naming, "I accept")
    answer(client, naming, "I decline", reason="Ill")
    assert asked.state is RequestState.PREPARING
    assert [change.to_state for change in queries.changes(asked) if change.to_state] == [
        RequestState.PREPARING,
        RequestState.TUTORS_NAMED,
    ]


def test_a_released_tutor_is_told_and_the_link_answers_no_more(client: PageClient, asked: Request) -> None:
    builders.signed_in(client)
    naming = sparring_builders.naming(asked)
    opened = client.get(f"/s/tutor/{links.naming_token(naming)}")
    client.submit(client.get(f"/staff/sparring/requests/{asked.id}"), f"Release {naming.profile.user.name}")
    assert occasions(asked) == ["sparring-released"]
    late = client.submit(opened, "I accept")
    assert "You were released from this sparring" in late.words
    assert naming.status is NamingStatus.RELEASED


def test_a_tutor_who_may_no_longer_sign_in_is_neither_asked_nor_let_in(client: PageClient, asked: Request) -> None:
    builders.signed_in(client)
    naming, other = sparring_builders.naming(asked), sparring_builders.tutor()
    opened = client.get(f"/staff/sparring/requests/{asked.id}")
    naming.profile.user.active = other.user.active = False
    db.session.commit()
    assert client.get(f"/s/tutor/{links.naming_token(naming)}").status_code == 404
    refused = client.submit(opened, f"Ask {other.user.name}")
    assert "may no longer sign in, and cannot be asked" in refused.words
    meeting = sparring_builders.meeting(asked)
    db.session.add(MeetingTutor(meeting_id=meeting.id, user_id=naming.profile.user_id))
    db.session.commit()
    assert meetings.candidates_for(meeting) == [naming.profile]


def test_who_is_asked_again_gets_a_new_link_and_the_old_one_is_dead(client: PageClient, asked: Request) -> None:
    builders.signed_in(client)
    naming = sparring_builders.naming(asked, status=NamingStatus.DECLINED, reason="Ill")
    old = links.naming_token(naming)
    client.submit(client.get(f"/staff/sparring/requests/{asked.id}"), f"Ask {naming.profile.user.name}")
    assert naming.status is NamingStatus.ASKED
    assert client.get(f"/s/tutor/{old}").status_code == 404
    assert "Can you" not in answer(client, naming, "I accept").errors


def test_tutors_stay_as_they_are_once_a_time_is_agreed(client: PageClient) -> None:
    builders.signed_in(client)
    asked = sparring_builders.request(state=RequestState.AGREED)
    naming = sparring_builders.naming(asked, status=NamingStatus.ACCEPTED)
    other = sparring_builders.tutor(municipality_code=VANTAA)
    page = client.get(f"/s/tutor/{links.naming_token(naming)}")
    assert "can no longer be answered here" in page.words
    token = client.get(f"/staff/sparring/requests/{asked.id}/plan")
    csrf = next(one.get("value") for one in token.document.iter("input") if one.get("name") == "csrf_token")
    refused = client.post(f"/staff/sparring/requests/{asked.id}/tutors/{other.id}/ask", data={"csrf_token": csrf},
                          follow_redirects=True)  # fmt: skip
    assert "A time is agreed already. Change the tutors of the meeting instead." in refused.words
    assert occasions(asked) == []
