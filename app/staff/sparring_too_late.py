"""What comes of a form or a button that reaches a meeting too late: it is said why, and nothing typed is lost."""

from collections.abc import Callable

from flask import flash
from flask_babel import gettext as _

from app import if_refused
from app.database import db
from app.forms import Form
from app.if_refused import Telling


def kept(form: Form) -> Telling:
    """Around saving: the form is shown again as it was typed, with why it was not saved."""
    return Telling(
        lambda refused: form.form_errors.append(
            _("%(why)s What you typed was not saved, but it is kept here.", why=str(refused))
        )
    )


def press(act: Callable[[], object], done: str = "") -> None:
    """Do what a button says, commit and say `done`; else say why not."""
    with if_refused.flash():
        act()
        db.session.commit()
        if done:
            flash(done, "success")
