"""Asking to be told when registration opens: a short form, a link by mail, one button. Nobody learns who has asked."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import language
from app.database import begin_write, db
from app.events.models import Event
from app.extensions import csrf
from app.forms import EmailField, Form, RadioField, SelectField, at_most, choices, required
from app.public import form_posts, municipality_choices, optional_mail, personal_links
from app.public.events import published
from app.public.person_form import CONTACT_LANGUAGES
from app.public.personal_links import Link
from app.registrations import opening_wishes
from app.registrations.mail_models import OpeningWish
from app.registrations.opening_wishes import Wish

bp = Blueprint("opening_wishes", __name__)
bp.after_request(personal_links.keep_from_robots)


class WishForm(Form):
    email = EmailField(_l("Work email"), [required(_l("Enter your email address")), at_most(254)])
    language = RadioField(_l("In which language do we write to you?"), choices=choices(CONTACT_LANGUAGES))
    municipality = SelectField(_l("Municipality (optional)"), default="")

    def __init__(self) -> None:
        super().__init__(language=language.current())
        self.municipality.choices = municipality_choices.choices(language.current(), _("Choose"))

    def wish(self) -> Wish:
        code = self.municipality.data
        return Wish(
            email=self.email.data or "",
            language=self.language.data,
            municipality_code=None if code in ("", municipality_choices.OTHER) else code,
        )


@bp.route("/<lang:language>/events/<slug>/tell-me", methods=["GET", "POST"])
@form_posts.limited()
def ask(slug: str) -> ResponseReturnValue:
    event, form = published(slug), WishForm()
    if not opening_wishes.can_be_made(event):
        return redirect(url_for("public.events.show", slug=slug))
    if not form.validate_on_submit():
        return render_template("public/tell_me.html", event=event, form=form)
    begin_write()
    opening_wishes.ask(event, form.wish())
    db.session.commit()
    return redirect(url_for(".asked", slug=slug), 303)


@bp.get("/<lang:language>/events/<slug>/tell-me/sent")
def asked(slug: str) -> str:
    """The same for everyone, whether or not the address had asked before."""
    return render_template("public/tell_me_sent.html", event=published(slug))


@bp.get("/w/<token>")
def show(token: str) -> ResponseReturnValue:
    return _page(token)


@bp.post("/w/<token>")
@form_posts.limited()
def confirm(token: str) -> ResponseReturnValue:
    form = Form()
    if not form.validate_on_submit():
        return _page(token)
    begin_write()
    wish = _in_own_language(opening_wishes.by_token(token, to_change=True)) or personal_links.unknown(Link.WISH)
    is_new = opening_wishes.confirm(wish)
    event = wish.event
    db.session.commit()
    return _answered(event, "confirmed" if is_new else "confirmed-before", token)


@bp.get("/w/<token>/stop")
def ask_to_stop(token: str) -> ResponseReturnValue:
    wish = _in_own_language(opening_wishes.by_token(token)) or personal_links.unknown(Link.WISH)
    return _answered(wish.event, "stop", token)


@bp.post("/w/<token>/stop")
@csrf.exempt  # RFC 8058: mail programs post this without cookies, so the secret in the address has to be enough
@form_posts.limited()
def stop(token: str) -> ResponseReturnValue:
    """Also for a wish that has been told and so deleted: then there is nothing left to stop, and it is answered so."""
    if request.form.get(optional_mail.FIELD) != optional_mail.ONE_CLICK:
        abort(400)
    begin_write()
    wish = _in_own_language(opening_wishes.by_token(token, to_change=True))
    event = wish.event if wish else None
    if wish:
        opening_wishes.take_back(wish)
    db.session.commit()
    return _answered(event, "stopped", token)


def _in_own_language(wish: OpeningWish | None) -> OpeningWish | None:
    if wish:
        g.own_language = wish.language
    return wish


def _page(token: str) -> ResponseReturnValue:
    wish = _in_own_language(opening_wishes.by_token(token)) or personal_links.unknown(Link.WISH)
    return _answered(wish.event, "confirmed-before" if wish.confirmed_at else "asked", token)


def _answered(event: Event | None, state: str, token: str) -> ResponseReturnValue:
    return render_template(
        "public/opening_wish.html",
        event=event,
        state=state,
        token=token,
        one_click=(optional_mail.FIELD, optional_mail.ONE_CLICK),
    )
