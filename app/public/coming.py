"""“Are you still coming?”: the page behind the mail's link, with two buttons. Each acts in one step."""

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import if_refused
from app.database import db
from app.public import form_posts, personal_links
from app.registrations import own_changes, still_coming
from app.registrations.models import Registration

bp = Blueprint("coming", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.get("/r/<token>/coming")
def ask(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    if not still_coming.is_asked(registration):  # the personal page tells how it stands
        return redirect(personal_links.page("public.personal.show", token))
    return render_template("public/coming.html", registration=registration, event=registration.event, token=token)


@bp.post("/r/<token>/coming")
@form_posts.limited()
def answer(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    answers = {"yes": _keep, "no": _give_up}
    act = answers.get(request.form.get("coming", "")) or abort(400)
    with if_refused.flash():
        said, is_new = act(registration)
        db.session.commit()
        flash(said, "success" if is_new else "message")
    return redirect(personal_links.page("public.personal.show", token), 303)


def _keep(registration: Registration) -> tuple[str, bool]:
    if still_coming.keep(registration):
        return _("Thank you! Your place is yours."), True
    return _("You have already said that you are coming."), False


def _give_up(registration: Registration) -> tuple[str, bool]:
    if own_changes.withdraw(registration):
        return _("Thank you for telling. Your place goes to the next person."), True
    return _("Your registration had already been withdrawn."), False
