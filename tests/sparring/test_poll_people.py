"""Who comes to be asked by a date poll while it is open, and who is asked no more."""

import pytest
from sqlalchemy import select

from app.database import db
from app.messages.models import Message
from app.sparring import links, poll_queries
from app.sparring.models import Request, RequestColleague, RequestState
from app.sparring.poll_models import Poll, Suits, Vote, Voter
from app.sparring.tutor_models import Naming
from tests import builders, meeting_builders, sparring_builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def sent(occasion: str) -> list[str]:
    """To whom mails of an occasion went."""
    db.session.rollback()
    return list(db.session.scalars(select(Message.recipient).where(Message.occasion == occasion).order_by(Message.id)))


def path_of(poll: Poll, person: RequestColleague) -> str:
    of_it = select(Voter).where(Voter.poll_id == poll.id, Voter.email_key == person.email_key)
    return f"/s/poll/{links.voter_token(db.session.scalars(of_it).one().uuid)}"


def test_a_removed_colleague_is_asked_no_more_and_the_own_vote_does_not_count(client: PageClient) -> None:
    wish = meeting_builders.request(owner=builders.signed_in(client))
    meeting_builders.named(wish, meeting_builders.tutor())
    colleague = sparring_builders.colleague(wish, name="Ville Aho", email="ville@karkkila.example", language="en")
    poll = meeting_builders.poll(wish, asks_participants=True)
    meeting_builders.votes(poll)
    path = path_of(poll, colleague)
    opened, shown = client.get(path), client.get(f"/staff/sparring/requests/{wish.id}/poll/{poll.id}/confirm")
    assert "Ville Aho" in client.get(f"/staff/sparring/requests/{wish.id}/poll").words

    client.submit(client.get(f"/s/{links.request_token(wish)}"), "Remove Ville Aho")
    first, second = (window.id for window in poll_queries.windows(poll))
    late = client.submit(opened, **{f"suits_{first}": "yes", f"suits_{second}": "yes"})
    for dead in (client.get(path), late):
        assert (dead.status_code, dead.h1) == (404, "This link no longer works")
        assert "or your answer is no longer needed" in dead.words
    assert "Ville Aho" not in client.get(f"/staff/sparring/requests/{wish.id}/poll").words
    assert len(db.session.scalars(select(Vote)).all()) == 4  # of the tutor and the contact
    assert client.submit(shown).status_code == 409


def test_when_only_the_removed_colleague_was_silent_the_team_hears_that_all_have_answered(client: PageClient) -> None:
    wish = meeting_builders.request(owner=builders.user())
    meeting_builders.named(wish, meeting_builders.tutor())
    colleague = sparring_builders.colleague(wish, name="Ville Aho", email="ville@karkkila.example")
    poll = meeting_builders.poll(wish, asks_participants=True)
    meeting_builders.votes(poll)
    silent = db.session.scalars(select(Voter).where(Voter.email_key == colleague.email_key)).one()
    silent.answered_at = None
    db.session.commit()
    client.submit(client.get(f"/s/{links.request_token(wish)}"), "Remove Ville Aho")
    assert sent("sparring-poll-over") == [wish.owner.email]


def polled(client: PageClient) -> tuple[Request, Poll]:
    """A request that Aino has accepted, with an open poll; seen by its owner."""
    wish = meeting_builders.request(owner=builders.signed_in(client))
    meeting_builders.named(wish, meeting_builders.tutor(name="Aino"))
    return wish, meeting_builders.poll(wish)


def asked(client: PageClient, wish: Request, name: str) -> Naming:
    page = client.submit(client.get(f"/staff/sparring/requests/{wish.id}"), f"Ask {name}")
    assert f"{name} was asked by mail." in page.words
    return db.session.scalars(select(Naming).order_by(Naming.id.desc())).first()


def test_a_tutor_who_is_asked_while_a_poll_is_open_is_asked_by_the_poll_on_accepting(client: PageClient) -> None:
    kaj = meeting_builders.tutor(name="Kaj")
    wish, poll = polled(client)
    meeting_builders.votes(poll)
    naming = asked(client, wish, "Kaj")
    assert wish.state is RequestState.TIME_PROPOSED
    confirm = f"/staff/sparring/requests/{wish.id}/poll/{poll.id}/confirm"
    page = client.submit(client.get(confirm))
    assert page.errors == ["Kaj was asked to be a tutor and has not answered. Say why it is agreed all the same."]

    invited = client.get(f"/s/tutor/{links.naming_token(naming)}")
    assert "with a date poll that asks you too once you accept" in invited.words
    client.click(client.submit(invited, "I accept"), "Answer the poll")
    assert sent("sparring-poll")[-1] == kaj.email
    meeting_builders.votes(poll, Suits.IF_NEED_BE)
    client.submit(client.get(confirm))
    assert set(sent("meeting-agreed")) >= {kaj.email}
    assert wish.state is RequestState.AGREED


def test_a_tutor_asked_while_a_poll_is_open_is_waited_for_when_it_closes_and_can_be_released(
    client: PageClient,
) -> None:
    meeting_builders.tutor(name="Kaj")
    wish, _poll = polled(client)
    asked(client, wish, "Kaj")
    page = client.get(f"/staff/sparring/requests/{wish.id}")
    assert ">Release Kaj<" in page.get_data(as_text=True)
    assert ">Release Aino<" not in page.get_data(as_text=True)
    client.submit(client.get(f"/staff/sparring/requests/{wish.id}/poll"), "Close without agreeing")
    assert wish.state is RequestState.PREPARING
    client.submit(client.get(f"/staff/sparring/requests/{wish.id}"), "Release Kaj")
    assert wish.state is RequestState.TUTORS_NAMED
