"""Signing in by a one-time code sent by mail, or by a one-time link; and signing out."""

import wtforms
from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access, addresses, if_refused, language
from app.database import begin_write, db
from app.forms import EmailField, Form, at_most, required
from app.people import sign_in
from app.public.form_posts import limited

bp = Blueprint("sign_in", __name__)

HOME = "/staff/"
ASKED_KEY = "sign_in_asked"


class AskForm(Form):
    email = EmailField(_l("Work email"), [required(_l("Enter your work email"))])


class CodeForm(Form):
    code = wtforms.StringField(
        _l("Sign-in code"),
        [required(_l("Enter the code from the mail")), at_most(40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    )


class ButtonForm(Form):
    """Nothing but a button."""


@bp.route("/<lang:language>/sign-in", methods=["GET", "POST"])
@limited()
def ask() -> ResponseReturnValue:
    if g.user:
        return redirect(_wanted_page(), 303)
    form = AskForm()
    if form.validate_on_submit():
        with if_refused.say_at(form.email):
            begin_write()
            handle = sign_in.ask(form.email.data or "", language.current())
            db.session.commit()
            session[ASKED_KEY] = {"handle": handle, "next": _wanted_page()}
            return redirect(url_for("public.sign_in.code"), 303)
    return render_template("public/sign_in/ask.html", form=form)


@bp.route("/<lang:language>/sign-in/code", methods=["GET", "POST"])
@limited()
def code() -> ResponseReturnValue:
    asked = session.get(ASKED_KEY)
    if asked is None:
        return redirect(url_for("public.sign_in.ask"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        begin_write()
        token = sign_in.redeem(asked["handle"], form.code.data)
        db.session.commit()  # a wrong code too: the try is counted
        if token:
            return _begin_session(token, asked["next"])
        form.code.errors = [_("That code is wrong or has expired. Check it, or ask for a new one.")]
    return render_template("public/sign_in/code.html", form=form)


@bp.route("/sign-in/<token>", methods=["GET", "POST"])
@limited()
def link(token: str) -> ResponseReturnValue:
    """A one-time link. Programs that check links open it too, so opening it does nothing."""
    form = ButtonForm()
    if form.validate_on_submit():
        begin_write()
        session_token = sign_in.redeem_link(token)
        db.session.commit()
        if session_token:
            return _begin_session(session_token, HOME)
    if not sign_in.link_works(token):
        return render_template("public/sign_in/dead_link.html"), 410
    return render_template("public/sign_in/link.html", form=form)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    token = session.get(access.SESSION_KEY)
    if token:
        begin_write()
        sign_in.sign_out(token)
        db.session.commit()
    session.clear()
    flash(_("You have signed out."), "success")
    return redirect(url_for("public.events.index"), 303)


def _begin_session(token: str, target: str) -> ResponseReturnValue:
    """Nothing of the session before signing in is left in the one after."""
    session.clear()
    session[access.SESSION_KEY] = token
    return redirect(target, 303)


def _wanted_page() -> str:
    return addresses.local_path(request.args.get("next")) or HOME
