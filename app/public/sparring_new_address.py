"""Changing the e-mail address of a request's contact: asked on the personal page, confirmed from the new mailbox."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import if_refused, language
from app.database import begin_write, db
from app.forms import Form
from app.public import form_posts, personal_links, sparring_links
from app.public.new_address import NewAddressForm, asked
from app.sparring import contact_address

bp = Blueprint("sparring_new_address", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.route("/s/<token>/address", methods=["GET", "POST"])
@form_posts.limited()
def ask(token: str) -> ResponseReturnValue:
    form, request_id = NewAddressForm(), sparring_links.contact(token).id
    back = personal_links.page("public.sparring_personal.show", token)
    if form.validate_on_submit():
        begin_write()
        with if_refused.say_at(form.email):
            contact_address.ask(request_id, form.email.data or "")
            db.session.commit()
            return asked(form, back)
    return render_template(
        "public/new_address.html",
        form=form,
        address=sparring_links.contact(token).contact_email,
        back=back,
        back_text=_("Back to the request"),
    )


@bp.route("/s/address/<token>", methods=["GET", "POST"])
@form_posts.limited()
def confirm(token: str) -> ResponseReturnValue:
    change, form = sparring_links.new_address(token), Form()
    if form.validate_on_submit():
        request_id = change.request.id
        begin_write()
        with if_refused.say_in(form):
            contact_address.confirm(request_id, token)
            db.session.commit()
            return redirect(url_for("public.new_address.confirmed", lang=language.current()), 303)
    return render_template(
        "public/new_address_confirm.html",
        form=form,
        address=change.email,
        follows=_("From now on, mails about your sparring request come to this address. The links in older mails stop "
                  "working."),
    )  # fmt: skip
