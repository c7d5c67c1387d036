"""Changing the e-mail address of a registration: asked on the personal page, confirmed from the new mailbox."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import if_refused, language
from app.database import db
from app.forms import EmailField, Form, at_most, required
from app.public import form_posts, personal_links
from app.registrations import address_change

bp = Blueprint("new_address", __name__)
bp.after_request(personal_links.keep_from_robots)


class NewAddressForm(Form):
    email = EmailField(_l("New email address"), [required(_l("Enter the new email address")), at_most(254)])


@bp.route("/r/<token>/address", methods=["GET", "POST"])
@form_posts.limited()
def ask(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    form = NewAddressForm()
    if form.validate_on_submit():
        with if_refused.say_at(form.email):
            address_change.ask(registration, form.email.data or "")
            db.session.commit()
            return asked(form, personal_links.page("public.personal.show", token))
    return render_template(
        "public/new_address.html",
        form=form,
        address=registration.email,
        back=url_for("public.personal.show", token=token),
        back_text=_("Back to your registration"),
    )


def asked(form: NewAddressForm, back: str) -> ResponseReturnValue:
    """Say that the link is on its way to the new address, on the page that one came from."""
    flash(_("We sent a link to %(address)s. The address changes when you confirm it there.", address=form.email.data))
    return redirect(back, 303)


@bp.route("/r/address/<token>", methods=["GET", "POST"])
@form_posts.limited()
def confirm(token: str) -> ResponseReturnValue:
    change = address_change.pending(token) or personal_links.unknown(personal_links.Link.ADDRESS)
    personal_links.in_own_language(change.registration)
    form = Form()
    if form.validate_on_submit():
        address_change.confirm(change, token)
        db.session.commit()
        return redirect(url_for(".confirmed", lang=language.current()), 303)
    return render_template(
        "public/new_address_confirm.html",
        address=change.email,
        follows=_("From now on, mails about your registration come to this address. The links in older mails stop "
                  "working."),
    )  # fmt: skip


@bp.get("/r/address-confirmed")
def confirmed() -> str:
    """The same for everyone: what became of it is told by mail only."""
    text = _("We have sent a mail to the new address. It tells how things stand now.")
    return render_template("public/done.html", heading=_("Thank you"), text=text)
