"""Stopping reminders and other optional mail, and letting them come again. It never touches a registration."""

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.database import begin_write, db
from app.extensions import csrf
from app.public import form_posts, personal_links
from app.registrations import optional_mail
from app.registrations.models import Registration

bp = Blueprint("optional_mail", __name__)
bp.after_request(personal_links.keep_from_robots)

FIELD, ONE_CLICK = "List-Unsubscribe", "One-Click"


@bp.get("/u/<token>")
def show(token: str) -> str:
    registration = _registration(token)
    return _page(registration, token, "refused" if optional_mail.refuses(registration.email_key) else "asked")


@bp.post("/u/<token>")
@csrf.exempt  # RFC 8058: mail programs post this without cookies, so the secret in the address has to be enough
@form_posts.limited()
def refuse(token: str) -> str:
    """The page's own button sends the same as a mail program does. Answers 200: a redirect would not be followed."""
    if request.form.get(FIELD) != ONE_CLICK:
        abort(400)
    begin_write()
    registration = _registration(token, to_change=True)
    is_new = optional_mail.refuse(registration.email_key)
    db.session.commit()
    return _page(registration, token, "done" if is_new else "refused")


@bp.post("/u/<token>/again")
@form_posts.limited()
def allow_again(token: str) -> ResponseReturnValue:
    begin_write()
    registration = _registration(token, to_change=True)
    optional_mail.allow_again(registration.email_key)
    db.session.commit()
    flash(_("Optional mail comes again."), "success")
    return redirect(personal_links.page(".show", token), 303)


def _registration(token: str, *, to_change: bool = False) -> Registration:
    found = optional_mail.by_token(token, to_change=to_change) or personal_links.unknown()
    return personal_links.in_own_language(found)


def _page(registration: Registration, token: str, state: str) -> str:
    return render_template(
        "public/optional_mail.html",
        address=registration.email,
        token=token,
        state=state,
        one_click=(FIELD, ONE_CLICK),
    )
