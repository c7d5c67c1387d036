"""Registering: the form, and the page that says what came of it."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import RequestLimit

from app import language, wording
from app.database import db
from app.errors import Refused
from app.events import queries as events
from app.events.models import Admission, Event
from app.public import (
    check_rows,
    drawn_forms,
    event_words,
    form_posts,
    invited,
    municipality_choices,
    question_steps,
    refusals,
    summaries,
)
from app.public.event_words import Standing
from app.public.events import published
from app.public.registration_form import RegistrationForm, keeps_a_queue
from app.question_forms import words
from app.question_forms.form import asking_of
from app.registrations import (
    admission,
    booking,
    capacity,
    obstacles,
    own_days,
    programme_choices,
    programme_offer,
    queries,
    queue_rule,
)
from app.registrations.capacity import Places
from app.registrations.counting import Claim
from app.registrations.invitation_links import NotUsable
from app.registrations.models import Attempt
from app.registrations.programme_choices import Offered
from app.registrations.programme_offer import DayOffer

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
    if drawn_forms.is_for_everyone():
        return _untouched(capacity.places_of([event])[event.id])
    form = RegistrationForm(event, asks=asking_of(event))
    if question_steps.are_answered(form) and not question_steps.is_to_be_checked() and _is_registered(event, form):
        return redirect(url_for(".registered", slug=slug, nonce=form.sent_as), 303)
    places = capacity.places_of([event])[event.id]
    if not form.is_submitted() and not _takes(places, invited=form.invitation is not None):
        return redirect(url_for("public.events.show", slug=slug))
    return _next_step(places, form)


def _is_registered(event: Event, form: RegistrationForm) -> bool:
    """Whether it is done."""
    try:
        booking.register(event.id, form.application(), nonce=form.sent_as)
    except Refused as refused:
        db.session.rollback()
        refusals.say(form, refused)
        for field, said in form.full_choices:
            field.errors = [said]
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


def _untouched(places: Places) -> ResponseReturnValue:
    """The form as it is opened, the same for everyone: drawn only when something that it shows has changed."""
    event = places.event
    if not _takes(places, invited=False):
        return redirect(url_for("public.events.show", slug=event.slug))
    asks, offered = asking_of(event), programme_choices.offered(event, invited=False) if event.has_sign_up else []
    shown, hints = _shown(places, offered), _mode_hints(places)

    def draw(nonce: str, *marks: str) -> str:
        of_modes, of_options = marks[: len(hints)], marks[len(hints) :]
        form = RegistrationForm(event, asks=replace(asks, marks=of_options), offered=offered, nonce=nonce)
        return _drawn(shown, dict(zip(hints, of_modes, strict=True)), form)

    key = (municipality_choices.hour(), asks.by_value, _by_value(**shown))
    return drawn_forms.page(key, draw, words=[*hints.values(), *asks.rooms.values()])


def _form_page(places: Places, form: RegistrationForm) -> str:
    return _drawn(_shown(places, form.offered), _mode_hints(places), form)


def _drawn(shown: dict[str, Any], mode_hints: dict[str, str], form: RegistrationForm) -> str:
    when = wording.days(_days(form.event), language.current())
    return render_template("public/register.html", form=form, mode_hints=mode_hints, when=when, **shown)


def _shown(places: Places, offered: Sequence[Offered]) -> dict[str, Any]:
    """What the page of the form shows beside its fields, its days and places left of the ways of taking part."""
    event, speaks, standing = places.event, language.current(), event_words.standing(places)
    return {
        "event": event,
        "who_may_register": admission.in_words(event, speaks),
        "municipality_limit": obstacles.limit_in_words(event, speaks),
        "queue_rule": queue_rule.in_words(event, speaks) if standing is Standing.QUEUE else [],
        "programme": programme_offer.by_day(offered, speaks, may_wait=keeps_a_queue(event)),
        "standing": standing.value,
    }


def _by_value(event: Event, programme: Iterable[DayOffer], queue_rule: list[str], **words: str) -> Hashable:
    """The same as a key. The event's version and stamp stand for its row and its parts; all else stands here itself."""
    row = (event.uuid, event.version, event.changed_at, event.parts_stamp)
    items = tuple((day.heading, *day.options) for day in programme)
    return row, items, tuple(queue_rule), tuple(words.items())


def _takes(places: Places, *, invited: bool) -> bool:
    is_closed_to_them = places.event.admission is Admission.INVITED and not invited
    return event_words.standing(places).takes_registrations and not is_closed_to_them


def _days(event: Event) -> list[tuple[datetime, datetime]]:
    """The days that this visitor registers for: those by invitation only with an invitation."""
    mine = own_days.days_when(invited=invited.kept(event) is not None, days=events.days_of(event))
    return [(day.starts_at, day.ends_at) for day in mine]


def _mode_hints(places: Places) -> dict[str, str]:
    """The places of each way of taking part, where there is a choice."""
    modes = places.event.modes
    return {mode.value: _room(event_words.room_in_mode(places, mode)) for mode in modes} if len(modes) > 1 else {}


def _room(room: event_words.Room) -> str:
    return str(_("%(words)s, %(detail)s", words=room.words, detail=room.detail))
