"""What comes of a button that may be pressed twice, or too late."""

from collections.abc import Callable

from flask import flash

from app import if_refused
from app.database import db


def do_once(act: Callable[[], bool], *, done: str, already: str) -> None:
    """Do it, commit and say `done`; once more is `already`, and what is refused is said in the refusal's words."""
    with if_refused.flash():
        changed = act()
        db.session.commit()
        flash(done if changed else already, "success" if changed else "message")
