"""The personal page: see, change, switch, withdraw, calendar. GET changes nothing: mail scanners open links too."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, if_refused, language, markdown
from app.database import db
from app.errors import Refused
from app.events import queries as events
from app.events.models import Mode
from app.forms import Form
from app.public import answer_rows, form_posts, own_data_rows, personal_links, programme, summaries
from app.public.events import as_calendar
from app.public.registration_form import DetailsForm
from app.registrations import (
    capacity,
    counting,
    hand_over,
    invitations,
    links,
    obstacles,
    offers,
    own_changes,
    own_days,
    queue_rule,
    waitlist,
)
from app.registrations.models import Registration, Status

bp = Blueprint("personal", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.get("/r/<token>")
def show(token: str) -> str:
    registration = personal_links.manage(token)
    event = registration.event
    places = capacity.places_of([event])[event.id]
    mine = own_days.days_for(registration, events.days_of(event))
    days = [(day.starts_at, day.ends_at) for day in mine]
    changeable, waits = _is_changeable(registration), registration.status is Status.WAITING
    return render_template(
        "public/personal.html",
        registration=registration,
        event=event,
        token=token,
        changeable=changeable,
        now=clock.now(),
        is_over=event.has_ended(clock.now()),
        queue_number=waitlist.queue_number(registration) if waits else None,
        why=obstacles.why_waiting(places, counting.claim_of(registration)) if waits else "",
        if_freed=queue_rule.what_to_do(event, is_served=not waits or waitlist.is_served(registration)),
        queue_rule=queue_rule.beside_what_to_do(event, language.current()),
        offer_lapsed=offers.is_lapsed(registration),
        other_modes=_other_modes(registration) if changeable else [],
        places=places,
        event_rows=summaries.event_rows(event, days, registration.mode, language.current()),
        person_rows=summaries.person_rows(registration, token if changeable else None, language.current()),
        own=answer_rows.of(registration, token),
        own_data=own_data_rows.of(registration),
        **programme.own_items(registration),
        join_url=links.join_url(registration),
        markdown=markdown.render,
        may_hand_over=hand_over.is_possible(registration),
        handover=hand_over.pending_of(registration),
    )


@bp.route("/r/<token>/details", methods=["GET", "POST"])
@form_posts.limited()
def details(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    if not _is_changeable(registration):
        return redirect(personal_links.page(".show", token))
    form = DetailsForm(registration)
    if form.validate_on_submit():
        given = form.details()
        with language.speaking(language.current() if "lang" in request.args else given.language):  # as the next page
            said = _("Your details are saved.")
        return _changed(token, lambda: own_changes.change_details(registration, given), said)
    return render_template("public/personal_details.html", form=form, token=token)


@bp.post("/r/<token>/mode/<mode>")
@form_posts.limited()
def switch_mode(token: str, mode: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    if mode not in registration.event.modes:
        abort(404)
    said = _("Done: you now take part in the other way. The mail we send tells it too.")
    return _changed(token, lambda: own_changes.switch_mode(registration, Mode(mode)), said)


@bp.route("/r/<token>/withdraw", methods=["GET", "POST"])
@form_posts.limited()
def withdraw(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    form = Form()
    if form.validate_on_submit():
        return _changed(token, lambda: _withdrawn(registration))
    return render_template(
        "public/withdraw.html",
        registration=registration,
        event=registration.event,
        token=token,
        changeable=_is_changeable(registration),
    )


@bp.get("/r/<token>/calendar.ics")
def calendar_file(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    if not registration.is_confirmed or not invitations.entries_of(registration):
        abort(404)
    response = make_response(invitations.own_file(registration, registration.event))
    return as_calendar(response, registration.event.slug)


def _other_modes(registration: Registration) -> list[Mode]:
    """The ways of taking part to switch to; who is offered a place answers that first."""
    is_offered = registration.status is Status.OFFERED
    return [] if is_offered else [mode for mode in registration.event.modes if mode is not registration.mode]


def _is_changeable(registration: Registration) -> bool:
    event = registration.event
    return registration.is_active and event.is_published and not event.has_started(clock.now())


def _changed(token: str, change: Callable[[], object], said: str | None = None) -> ResponseReturnValue:
    """Do it, say that it is done (or why not), and show the personal page."""
    with if_refused.flash():
        change()
        db.session.commit()
        if said:
            flash(said, "success")
    return redirect(personal_links.page(".show", token), 303)


def _withdrawn(registration: Registration) -> None:
    if not own_changes.withdraw(registration):
        raise Refused(_("Your registration had already been withdrawn."))
