"""Handing a place to a colleague: asked on the personal page, confirmed by the colleague from the own mailbox."""

import wtforms
from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import if_refused, language
from app.database import db
from app.errors import Refused
from app.events import queries as events
from app.forms import EmailField, Form, RadioField, at_most, choices, required, without_address
from app.public import form_posts, personal_links, summaries
from app.public.person_form import CONTACT_LANGUAGES
from app.registrations import hand_over, own_days
from app.registrations.answer_models import Handover
from app.registrations.hand_over_notices import Receiver

bp = Blueprint("hand_over", __name__)
bp.after_request(personal_links.keep_from_robots)


class HandOverForm(Form):
    given_name = wtforms.StringField(
        _l("Your colleague’s given name"), [required(_l("Enter the given name")), at_most(100), without_address()]
    )
    family_name = wtforms.StringField(
        _l("Your colleague’s family name"), [required(_l("Enter the family name")), at_most(100), without_address()]
    )
    email = EmailField(
        _l("Your colleague’s work email"),
        [required(_l("Enter the work email address")), at_most(254)],
        render_kw={"autocomplete": "off"},
    )
    language = RadioField(_l("In which language do we write to your colleague?"), choices=choices(CONTACT_LANGUAGES))

    def receiver(self) -> Receiver:
        """What was told, for the rule; only of a form that is valid."""
        return Receiver(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            email=self.email.data or "",
            language=self.language.data,
        )


@bp.route("/r/<token>/hand-over", methods=["GET", "POST"])
@form_posts.limited()
def ask(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    form = HandOverForm(language=registration.language)
    if form.validate_on_submit():
        with if_refused.say_at(form.email):
            hand_over.ask(registration, form.receiver())
            db.session.commit()
            said = _("We sent a link to %(address)s. The place is yours until your colleague confirms it.",
                     address=form.email.data)  # fmt: skip
            flash(said, "success")
            return redirect(personal_links.page("public.personal.show", token), 303)
    elif not form.is_submitted() and not hand_over.is_possible(registration):
        return redirect(personal_links.page("public.personal.show", token))
    return render_template("public/hand_over/ask.html", form=form, registration=registration, token=token)


@bp.post("/r/<token>/hand-over/cancel")
@form_posts.limited()
def cancel(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    with if_refused.flash():
        is_kept = hand_over.cancel(registration)
        db.session.commit()
        flash(_("You keep your place.") if is_kept else _("There was nothing to cancel any more."), "success")
    return redirect(personal_links.page("public.personal.show", token), 303)


@bp.route("/r/hand-over/<token>", methods=["GET", "POST"])
@form_posts.limited()
def confirm(token: str) -> ResponseReturnValue:
    handover = hand_over.by_token(token) or personal_links.unknown(personal_links.Link.HAND_OVER)
    personal_links.in_own_language(handover)
    form = Form()
    if form.validate_on_submit():
        return _confirmed(handover, token)
    registration = handover.registration
    days = [(day.starts_at, day.ends_at) for day in own_days.days_for(registration, events.days_of(registration.event))]
    return render_template(
        "public/hand_over/confirm.html",
        handover=handover,
        giver=registration.full_name,
        state=_state(handover),
        rows=summaries.event_rows(registration.event, days, registration.mode, language.current()),
    )


@bp.get("/r/hand-over-confirmed")
def confirmed() -> str:
    """The same for everyone: what became of it is told by mail only."""
    text = _("We have sent you a mail. It tells how things stand now.")
    return render_template("public/done.html", heading=_("Thank you"), text=text)


def _confirmed(handover: Handover, token: str) -> ResponseReturnValue:
    spoken = language.current()
    try:
        is_new = hand_over.confirm(handover, token)
    except Refused:
        db.session.rollback()
        is_new = False
    else:
        db.session.commit()
    page = url_for(".confirmed", lang=spoken) if is_new else url_for(".confirm", token=token, lang=spoken)
    return redirect(page, 303)


def _state(handover: Handover) -> str:
    if hand_over.is_done(handover):
        return "done"
    return "open" if hand_over.is_possible(handover.registration) else "gone"
