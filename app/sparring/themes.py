"""The list of what one can ask sparring about, as the organisers keep it."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import func, select

from app import clock
from app.database import db
from app.errors import Refused
from app.questions.order import Direction
from app.sparring.models import Theme
from app.translated import Translated


def every() -> Sequence[Theme]:
    """All themes, those that are retired too, in the organisers' order."""
    return db.session.scalars(select(Theme).order_by(Theme.position, Theme.id)).all()


def add(name: Translated) -> Theme:
    """A new theme at the end of the list. The caller has begun the write transaction, as in all of these."""
    _must_be_new(name, None)
    last = db.session.scalar(select(func.max(Theme.position))) or 0
    theme = Theme(name=name, position=last + 1)
    db.session.add(theme)
    return theme


def rename(theme: Theme, name: Translated) -> None:
    """Where it was chosen it has the new name too. Refused when another theme of the list is called so."""
    _must_be_new(name, theme)
    theme.name = name


def retire(theme: Theme) -> None:
    """Offer it no more; where it was chosen it stays."""
    theme.retired_at = theme.retired_at or clock.now()


def bring_back(theme: Theme) -> None:
    """Offer it again, at the end of the list."""
    if theme.retired_at is not None:
        theme.retired_at = None
        theme.position = (db.session.scalar(select(func.max(Theme.position))) or 0) + 1


def move(theme_id: int, direction: Direction) -> None:
    """Let a theme that is offered and its neighbour change places; at the end of the list nothing happens."""
    db.session.scalars(select(Theme).order_by(Theme.id).with_for_update()).all()
    order = [theme for theme in every() if theme.retired_at is None]
    ids = [theme.id for theme in order]
    first = ids.index(theme_id) - (direction is Direction.UP) if theme_id in ids else -1
    if first in range(len(order) - 1):
        order[first : first + 2] = reversed(order[first : first + 2])
        for position, theme in enumerate(order, start=1):
            theme.position = position


def _must_be_new(name: Translated, theme: Theme | None) -> None:
    others = [one for one in every() if one is not theme]
    if name.fi.casefold() in {one.name.fi.casefold() for one in others}:
        raise Refused(_("There is a theme with this name already."))
