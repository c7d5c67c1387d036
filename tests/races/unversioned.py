"""The service with a call list that asks no row's version: who saves last, wins. The control of that race."""

from typing import Any

from app.sparring import calls
from app.sparring.round_models import CallRow
from wsgi import app

__all__ = ["app"]

_save = calls.save


def _whatever_was_there(call_id: int, call: calls.Call, *, version: int, by: Any) -> CallRow:
    return _save(call_id, call, version=calls.locked(call_id).version, by=by)


calls.save = _whatever_was_there
