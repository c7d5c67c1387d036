"""What comes of a form that reaches a meeting too late: it is said why, and nothing typed is lost."""

from flask_babel import gettext as _

from app.forms import Form
from app.if_refused import Telling


def kept(form: Form) -> Telling:
    """Around saving: the form is shown again as it was typed, with why it was not saved."""
    return Telling(
        lambda refused: form.form_errors.append(
            _("%(why)s What you typed was not saved, but it is kept here.", why=str(refused))
        )
    )
