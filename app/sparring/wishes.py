"""What a municipality wishes for: as a form or a call list tells it, and as a request keeps it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from app.database import db
from app.sparring.models import (
    Audience,
    Method,
    Request,
    RequestPartner,
    RequestTheme,
    RequestWindow,
    StartingLevel,
    WishedMode,
)

Window = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """All that a request form asks. Texts are trimmed, windows are instants in UTC, `language` is the meeting's."""

    municipality_code: str
    contact_name: str
    contact_email: str
    contact_title: str = ""
    contact_phone: str = ""
    contact_language: str = "fi"
    is_joint: bool = False
    partners: Sequence[str] = ()

    themes: Sequence[int] = ()
    themes_in_own_words: str = ""
    goal: str = ""
    methods: Sequence[Method] = ()
    starting_level: StartingLevel | None = None
    audiences: Sequence[Audience] = ()
    audience_other: str = ""
    group_size: int | None = None

    language: str = "fi"
    mode: WishedMode = WishedMode.ANY
    venue: str = ""
    windows: Sequence[Window] = ()
    wished_weeks: str = ""
    duration_minutes: int = 90
    access_needs: str = ""
    wished_tutors: str = ""


_IN_ROWS_OF_THEIR_OWN = ("partners", "themes", "windows")
_COLUMNS = [field.name for field in fields(Wish) if field.name not in _IN_ROWS_OF_THEIR_OWN]


def of(request: Request) -> Wish:
    """What a request keeps of its wish."""
    kept = {name: getattr(request, name) for name in _COLUMNS}
    kept["audiences"] = [Audience(one) for one in request.audiences]
    kept["methods"] = [Method(one) for one in request.methods]
    return Wish(
        **kept,
        partners=db.session.scalars(
            select(RequestPartner.municipality_code).where(RequestPartner.request_id == request.id)
        ).all(),
        themes=db.session.scalars(select(RequestTheme.theme_id).where(RequestTheme.request_id == request.id)).all(),
        windows=windows(request),
    )


def windows(request: Request) -> list[Window]:
    """The times that would suit, the earliest first."""
    its_own = select(RequestWindow).where(RequestWindow.request_id == request.id).order_by(RequestWindow.starts_at)
    return [(one.starts_at, one.ends_at) for one in db.session.scalars(its_own)]


def write(request: Request, wish: Wish) -> list[str]:
    """Give a request what is wished, and tell by name what of it is new. A new request must be flushed already.

    The version is raised even when only rows beside the request change, so that a stale page is found out.
    """
    before = asdict(of(request))
    for name in _COLUMNS:
        value = getattr(wish, name)
        setattr(request, name, list(map(str, value)) if name in ("audiences", "methods") else value)
    for kind in (RequestPartner, RequestTheme, RequestWindow):
        db.session.execute(delete(kind).where(kind.request_id == request.id))
    db.session.add_all(RequestPartner(request_id=request.id, municipality_code=code) for code in wish.partners)
    db.session.add_all(RequestTheme(request_id=request.id, theme_id=theme) for theme in wish.themes)
    db.session.add_all(
        RequestWindow(request_id=request.id, starts_at=starts, ends_at=ends) for starts, ends in wish.windows
    )
    flag_modified(request, "goal")
    after = asdict(wish)
    return [name for name in after if _plain(before[name]) != _plain(after[name])]


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, list | tuple) else value
