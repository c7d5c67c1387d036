"""The draft of this browser's sparring request: the signed session cookie holds its token, the database its answers."""

from collections.abc import Mapping

from flask import request, session
from werkzeug.datastructures import MultiDict

from app.public.sparring_forms import StepForm
from app.sparring import drafts, requests

SESSION_KEY = "sparring_draft"
SENT_KEY = "sent_sparring"
CALL = "call"  # the row of a round that the visitor came from, by its uuid
_SENT_KEPT = 3


def begin(answers: Mapping[str, str | list[str]], *, call: str | None = None) -> None:
    """Begin this browser's form with what is known already, by the names of its fields (see `sparring_forms`).

    `call` is the uuid of the round's row that the request will belong to. Writes; the caller commits.
    """
    known = {name: [value] if isinstance(value, str) else list(value) for name, value in answers.items() if value}
    session[SESSION_KEY] = drafts.begin(known | ({CALL: [call]} if call else {}))


def token() -> str | None:
    return session.get(SESSION_KEY)


def answers() -> MultiDict[str, str] | None:
    """What was filled in, as a form reads it; None before anything was."""
    kept = drafts.read(token())
    return MultiDict((name, value) for name, values in kept.items() for value in values) if kept else None


def keep(form: StepForm) -> None:
    """Put what was sent of a step in the draft, sound or not: nothing that was typed is lost. Writes."""
    others = {name: values for name, values in (drafts.read(token()) or {}).items() if not form.owns(name)}
    sent = {name: request.form.getlist(name) for name in request.form if form.owns(name)}
    if (mine := token()) and drafts.read(mine) is not None:
        drafts.save(mine, others | sent)
    else:
        session[SESSION_KEY] = drafts.begin(others | sent)


def end(nonce: str) -> None:
    """Forget the draft that was sent, and let this browser see what became of it. Writes."""
    drafts.end(session.pop(SESSION_KEY))
    earlier = [one for one in session.get(SENT_KEY, []) if one != nonce]
    session[SENT_KEY] = [*earlier, nonce][-_SENT_KEPT:]


def was_sent(nonce: str) -> bool:
    """Whether this browser has sent a form with this nonce, or is just sending it by another click."""
    mine = token()
    is_own = nonce in session.get(SENT_KEY, []) or (mine is not None and drafts.sent_as(mine) == nonce)
    return is_own and requests.by_nonce(nonce) is not None
