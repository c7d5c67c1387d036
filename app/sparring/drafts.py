"""A request form that is being filled in: kept under a token that only the visitor's browser holds."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from app import clock
from app.database import db
from app.link_tokens import digest
from app.sparring.models import RequestDraft

KEPT = timedelta(days=1)
Answers = dict[str, list[str]]


def begin(answers: Mapping[str, list[str]]) -> str:
    """A new draft with what is known already, by the names of the form's fields. Returns its token; does not commit."""
    token = secrets.token_urlsafe(32)
    db.session.add(RequestDraft(token_hash=digest(token), answers=dict(answers), saved_at=clock.now()))
    return token


def read(token: str | None) -> Answers | None:
    """What has been filled in so far; None when there is no such draft, or it is a day old."""
    draft = db.session.get(RequestDraft, digest(token)) if token else None
    return None if draft is None or draft.saved_at < clock.now() - KEPT else dict(draft.answers)


def save(token: str, answers: Answers) -> None:
    """Replace what was filled in. The caller has begun the write transaction, and commits."""
    draft = _locked(token) or RequestDraft(token_hash=digest(token))
    draft.answers, draft.saved_at = answers, clock.now()
    db.session.add(draft)


def end(token: str) -> None:
    """Erase a draft whose request has been sent."""
    if draft := _locked(token):
        db.session.delete(draft)


def sent_as(token: str) -> str:
    """The nonce of the one request that a draft becomes, however often it is sent."""
    return digest(f"sent\n{token}")[:43]


def _locked(token: str) -> RequestDraft | None:
    """The draft as it is now: the same browser may be saving it, or sending it, at the same moment."""
    return db.session.get(RequestDraft, digest(token), with_for_update=True, populate_existing=True)
