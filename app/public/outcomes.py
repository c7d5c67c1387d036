"""What comes of a button that may be pressed twice, or too late."""

from collections.abc import Callable

from flask import flash

from app.database import db
from app.errors import Refused


def do_once(act: Callable[[], bool], *, done: str, already: str) -> None:
    """Do it, commit and say `done`; once more is `already`, and what is refused is said in the refusal's words."""
    try:
        changed = act()
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
    else:
        db.session.commit()
        flash(done if changed else already, "success" if changed else "message")
