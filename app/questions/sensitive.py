"""Sensitive questions: their answers are stored sealed, which needs a key of the installation."""

from collections.abc import Iterable

from flask import current_app
from flask_babel import gettext as _

from app.errors import Refused
from app.events.models import Event
from app.questions.queries import Asked


def can_be_sealed() -> bool:
    """Whether the installation has a key (SENSITIVE_KEYS)."""
    return bool(current_app.config["SETTINGS"].sensitive_keys)


def blockers(questions: Iterable[Asked]) -> list[str]:
    """What forbids asking these in public, in sentences."""
    if can_be_sealed() or not any(asked.sensitive for asked in questions):
        return []
    return [
        _("A question of the form is sensitive, but this service has no key yet to store its answers with. "
          "Ask whoever runs the service for SENSITIVE_KEYS.")
    ]  # fmt: skip


def must_be_askable(event: Event, *, sensitive: bool) -> None:
    """Refused when a sensitive question would be asked at once, and its answers could not be sealed."""
    if sensitive and event.is_published and not can_be_sealed():
        raise Refused(_("A sensitive question cannot be asked: this service has no key to store its answers with"))
