"""Registering: the form, and the page that says what came of it."""

from datetime import datetime

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import RequestLimit

from app import language, wording
from app.database import db
from app.errors import Refused
from app.events import queries as events
from app.events.models import Admission, Event
from app.public import check_rows, event_words, form_posts, invited, question_steps, summaries
from app.public.events import published
from app.public.registration_form import RegistrationForm
from app.question_forms import words
from app.question_forms.form import asking_of
from app.registrations import (
    admission,
    booking,
    capacity,
    obstacles,
    own_days,
    programme_offer,
    queries,
    queue_rule,
)
from app.registrations.capacity import Places
from app.registrations.counting import Claim
from app.registrations.invitation_links import NotUsable
from app.registrations.models import Attempt

bp = Blueprint("registrations", __name__)
for word in (words.marked, words.information):
    bp.add_app_template_global(word)

SENT_KEY = "sent_forms"
SENT_KEPT = 5


def _too_many(_limit: RequestLimit) -> Response:
    event = published((request.view_args or {})["slug"])
    form = RegistrationForm(event, asks=asking_of(event))
    form.form_errors.append(form_posts.too_many_sent())
    return make_response(_form_page(capacity.places_of([event])[event.id], form), 429)


@bp.route("/<lang:language>/events/<slug>/register", methods=["GET", "POST"])
@form_posts.limited(_too_many)
def register(slug: str) -> ResponseReturnValue:
    event = published(slug)
    form = RegistrationForm(event, asks=asking_of(event))
    if question_steps.are_answered(form) and not question_steps.is_to_be_checked() and _is_registered(event, form):
        return redirect(url_for(".registered", slug=slug, nonce=form.sent_as), 303)
    places = capacity.places_of([event])[event.id]
    if not form.is_submitted() and not _takes(form, event_words.standing(places)):
        return redirect(url_for("public.events.show", slug=slug))
    return _next_step(places, form)


def _is_registered(event: Event, form: RegistrationForm) -> bool:
    """Whether it is done. A choice that others have filled meanwhile is better made again than waited for."""
    if (full := form.full_choices) and not queries.attempt_by(form.sent_as, event.id):
        for field, said in full:
            field.errors = [said]
        return False
    try:
        booking.register(event.id, form.application(), nonce=form.sent_as)
    except Refused as refused:
        db.session.rollback()
        form.form_errors.append(str(refused))
        if isinstance(refused, NotUsable):
            invited.let_go(event)
        return False
    db.session.commit()
    remember(form.sent_as)
    return True


@bp.get("/<lang:language>/events/<slug>/registered/<nonce>")
def registered(slug: str, nonce: str) -> str:
    event = published(slug)
    attempt = own_attempt(event, nonce)
    days = _days(event)
    rows = summaries.event_rows(event, days, attempt.mode, language.current())
    rows.append(_municipality_row(attempt, slug))
    places = capacity.places_of([event])[event.id]
    return render_template(
        "public/registered.html",
        event=event,
        attempt=attempt,
        rows=rows,
        why=obstacles.why_waiting(places, Claim(mode=attempt.mode, municipality_code=attempt.municipality_code)),
        if_freed=queue_rule.what_to_do(event),
    )


def own_attempt(event: Event, nonce: str) -> Attempt:
    """The answer to a form that this browser sent; another browser's does not exist (404)."""
    attempt = queries.attempt_by(nonce, event.id) if is_own(nonce) else None
    return attempt or abort(404)


def _municipality_row(attempt: Attempt, slug: str) -> summaries.Row:
    if attempt.municipality is None:
        return {"key": _("Municipality or organisation"), "value": _("Another organisation")}
    name = attempt.municipality.name(language.current())
    row = {"key": _("Municipality"), "value": name}
    if attempt.municipality_filled:
        row["value"] = _("%(municipality)s, filled in from your email address", municipality=name)
        url = url_for("public.corrections.municipality", slug=slug, nonce=attempt.nonce)
        row["action"] = summaries.change(_("municipality"), url)
    return row


def is_own(nonce: str) -> bool:
    """Whether this browser sent the form; what became of another's is not for its eyes."""
    return nonce in session.get(SENT_KEY, [])


def remember(nonce: str) -> None:
    """Let this browser see what became of the form that it has sent."""
    earlier = [one for one in session.get(SENT_KEY, []) if one != nonce]
    session[SENT_KEY] = [*earlier, nonce][-SENT_KEPT:]


def _next_step(places: Places, form: RegistrationForm) -> str:
    page = {"event": places.event, "form": form, "standing": event_words.standing(places).value}
    if question_steps.is_due(form):
        asked = question_steps.to_ask(form)
        carried = question_steps.carried(form, asked)
        return render_template("public/register_more.html", asked=asked, carried=carried, **page)
    if form.is_submitted() and not form.errors and question_steps.is_to_be_checked():
        rows = check_rows.rows(form, language.current())
        return render_template(
            "public/register_check.html", rows=rows, carried=question_steps.carried(form, []), **page
        )
    return _form_page(places, form)


def _form_page(places: Places, form: RegistrationForm) -> str:
    event = places.event
    return render_template(
        "public/register.html",
        event=event,
        when=wording.days(_days(event), language.current()),
        who_may_register=admission.in_words(event, language.current()),
        municipality_limit=obstacles.limit_in_words(event, language.current()),
        queue_rule=queue_rule.in_words(event, language.current()),
        form=form,
        programme=programme_offer.by_day(form.offered, language.current(), may_wait=form.keeps_a_queue),
        mode_hints={mode.value: _room(event_words.room_in_mode(places, mode)) for mode in event.modes},
        standing=event_words.standing(places).value,
    )


def _takes(form: RegistrationForm, standing: event_words.Standing) -> bool:
    is_closed_to_them = form.event.admission is Admission.INVITED and form.invitation is None
    return standing.takes_registrations and not is_closed_to_them


def _days(event: Event) -> list[tuple[datetime, datetime]]:
    """The days that this visitor registers for: those by invitation only with an invitation."""
    mine = own_days.days_when(invited=invited.kept(event) is not None, days=events.days_of(event))
    return [(day.starts_at, day.ends_at) for day in mine]


def _room(room: event_words.Room) -> str:
    return str(_("%(words)s, %(detail)s", words=room.words, detail=room.detail))
