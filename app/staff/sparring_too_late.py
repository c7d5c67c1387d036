"""What comes of a form or a button that reaches a meeting too late: it is said why, and nothing typed is lost."""

from collections.abc import Callable

from flask import flash
from flask_babel import gettext as _

from app.database import db
from app.errors import Refused
from app.forms import Form


def keep(form: Form, refused: Refused) -> None:
    """Let the form be shown again as it was typed, with why it was not saved."""
    db.session.rollback()
    form.form_errors.append(_("%(why)s What you typed was not saved, but it is kept here.", why=str(refused)))


def press(act: Callable[[], object], done: str = "") -> bool:
    """Do what a button says, commit and say `done`; else say why not. Returns whether it was done."""
    try:
        act()
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
        return False
    db.session.commit()
    if done:
        flash(done, "success")
    return True
