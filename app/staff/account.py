"""One's own account: who one is signed in as, and the language of the pages."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access
from app.database import begin_write, db
from app.forms import Form, RadioField, choices
from app.language import speaking
from app.staff.choices import LANGUAGES
from app.staff.user_forms import ROLES

bp = Blueprint("account", __name__)


class AccountForm(Form):
    language = RadioField(_l("Language of your pages and mails"), choices=choices(LANGUAGES.items()))


@bp.route("/account", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    who = access.user()
    form = AccountForm(language=who.language)
    if form.validate_on_submit():
        begin_write()
        who.language = form.language.data
        db.session.commit()
        with speaking(who.language):
            flash(_("Saved."), "success")
        return redirect(url_for(".index", lang=None), 303)
    return render_template("staff/account.html", form=form, who=who, role=ROLES[who.role])
