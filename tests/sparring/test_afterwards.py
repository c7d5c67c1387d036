"""After the meeting: held from its end on, summed up, shared with the municipality, and back on its follow-up day."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, worker
from app.database import db
from app.messages.models import Message
from app.sparring.meeting_models import Meeting, MeetingFeedback
from app.sparring.models import RequestState
from tests import builders, meeting_builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def test_held_from_the_end_on_summed_up_shared_and_followed_up(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = meeting_builders.meeting(owner=builders.user())
    owner, contact, ends_at = meeting.request.owner, meeting.request.contact_email, meeting.ends_at
    path = f"/staff/sparring/meetings/{meeting.id}/afterwards"
    signs_in = builders.signed_in(client)
    assert "once it has ended" in client.get(path).words
    monkeypatch.setattr(clock, "now", lambda: ends_at)
    builders.signed_in(client, signs_in)
    page = client.submit(client.get(path), "It was held", attended="9")
    assert page.h1 == "Summary and next steps"
    assert "Write first what was discussed." in page.words
    follow_up = clock.helsinki(ends_at + timedelta(days=60)).date()
    step = {"steps-0-what": "Aloitetaan digitukitunti", "steps-0-owner": "Kirjasto", "steps-0-due_on": "1.2.2027"}
    page = client.submit(page, "Save the summary", discussed="Ajanvarauksesta.", follow_up_on=str(follow_up), **step)
    assert mails("meeting-summary") == []
    client.submit(page, "Share the summary")
    [mail] = mails("meeting-summary")
    assert mail.recipient == contact
    for words in ("Ajanvarauksesta.", "Aloitetaan digitukitunti, Kirjasto, 1 February 2027"):
        assert words in (mail.text or "")
    db.session.expire_all()
    request = db.session.get_one(Meeting, meeting.id).request
    assert (request.state, request.due_on, meeting.attended) == (RequestState.SUMMED_UP, follow_up, 9)

    worker.tell_of_follow_ups()
    assert mails("meeting-follow-up") == []
    monkeypatch.setattr(clock, "now", lambda: ends_at + timedelta(days=60))
    for _ in range(2):
        worker.tell_of_follow_ups()
    assert [mail.recipient for mail in mails("meeting-follow-up")] == [owner.email if owner else ""]
    db.session.add(MeetingFeedback(meeting_id=meeting.id, usefulness=5, arrangements=4, takes_into_use="Tunnin"))
    db.session.commit()
    builders.signed_in(client, signs_in)
    page = client.get(path)
    assert "5 of 5" in page.words
    assert "The follow-up day has come" in page.words
    page = client.submit(page, "It is done")
    assert "The follow-up day has come" not in page.words


def mails(occasion: str) -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(select(Message).where(Message.occasion == occasion)))
