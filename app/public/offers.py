"""The page of an offered place: accept, decline, or go back to the queue when it has lapsed. GET changes nothing."""

from functools import partial

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, language
from app.events import queries as events
from app.forms import Form
from app.public import form_posts, outcomes, personal_links, summaries
from app.registrations import offers, own_days, waitlist
from app.registrations.models import Registration, Status

bp = Blueprint("offers", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.route("/r/<token>/offer", methods=["GET", "POST"])
@form_posts.limited()
def show(token: str) -> ResponseReturnValue:
    registration, form = personal_links.manage(token), Form()
    if form.validate_on_submit():
        return _answer(registration, token)
    event = registration.event
    days = [(day.starts_at, day.ends_at) for day in own_days.days_for(registration, events.days_of(event))]
    return render_template(
        "public/offer.html",
        registration=registration,
        event=event,
        event_rows=summaries.event_rows(event, days, registration.mode, language.current()),
        state=_state(registration),
        may_wait_again=offers.may_wait_again(event),
        queue_number=waitlist.queue_number(registration) if registration.status is Status.WAITING else None,
        token=token,
    )


def _state(registration: Registration) -> str:
    """Where the offer stands by the clock, also when nobody has settled it yet."""
    ends_at = registration.offer_expires_at
    if registration.status is Status.OFFERED and ends_at and ends_at <= clock.now():
        return "lapsed"
    return "lapsed" if offers.is_lapsed(registration) else registration.status.value


def _answer(registration: Registration, token: str) -> ResponseReturnValue:
    """Once more is "already", and too late is said, each on the page that shows how things stand now."""
    answers = {
        "accept": (offers.accept, _("The place is yours. Welcome!"), _("You have accepted the place already.")),
        "decline": (offers.decline, _("You declined the place."), _("This offer has ended already.")),
        "wait": (offers.wait_again, _("You are on the waiting list again."), _("You are on the list already.")),
    }
    act, done, already = answers.get(request.form.get("answer", "")) or abort(400)
    outcomes.do_once(partial(act, registration), done=done, already=already)
    return redirect(personal_links.page(".show", token), 303)
