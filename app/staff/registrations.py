"""An event's registrations as a list. For organisers, and for tutors of the event."""

import wtforms
from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access, language, wording
from app.database import db
from app.forms import Form, at_most
from app.registrations import (
    answer_choices,
    answer_filter,
    by_municipality,
    coming_answers,
    programme_choices,
    queries,
    waitlist,
)
from app.registrations.by_municipality import Group
from app.registrations.labels import MODES, shown_statuses
from app.registrations.models import Status
from app.registrations.queries import OTHER, Filter
from app.registrations.workbook import group_name
from app.staff import list_address, paging, registration_words

PER_PAGE = 50

bp = Blueprint("registrations", __name__)
bp.before_request(access.tutors)
for word in (registration_words.status_words, registration_words.mode_words, registration_words.counts_in_words):
    bp.add_app_template_global(word)
bp.record_once(lambda state: state.app.jinja_env.globals.update(wording=wording))


class SearchForm(Form):
    text = wtforms.SearchField(
        _l("Name, email or @municipality.fi"), [at_most(list_address.LONGEST_SEARCH)], render_kw={"autocomplete": "off"}
    )


@bp.route("/events/<int:event_id>/registrations")
def index(event_id: int) -> ResponseReturnValue:
    event = access.visible_event(event_id)
    access.record("registrations.view", f"event:{event_id}")
    manages = access.manages_events(access.user())
    answers = answer_choices.of_event(event, language.current())
    asked = list_address.asked(event_id)
    answer_filter.must_not_be_sensitive(event, asked.shown.answer)
    grouped = by_municipality.groups(event, language.current())
    counts = queries.counts_by_status(event, asked.shown)
    found = counts.get(asked.shown.status, 0) if asked.shown.status else sum(counts.values())
    page = paging.asked(found, length=PER_PAGE)
    ordered = queries.listed(
        event,
        asked.shown,
        sort=asked.sort,
        descending=asked.descending,
        municipalities=[group.code for group in grouped],
    )
    return render_template(
        "staff/registrations/index.html",
        event=event,
        asked=asked,
        search=SearchForm(text=asked.shown.text, formdata=None),
        registrations=db.session.scalars(ordered.offset(page.begins).limit(PER_PAGE)).all(),
        queue=waitlist.queue_numbers(event) if counts.get(Status.WAITING) else {},
        tabs=_tabs(counts, asked.shown),
        municipalities=_municipalities(grouped),
        group=queries.group_of(event, asked.shown.group) if asked.shown.group else None,
        programme_items=programme_choices.offered(event),
        modes=MODES if len(event.modes) > 1 else {},
        answers=answers.by_question,
        coming=coming_answers.counts(event),
        page=page,
        awaiting=counts.get(Status.AWAITING_APPROVAL, 0) if manages else 0,
        may_add=manages and event.is_published,
        has_needs=manages and answers.has_sensitive,
    )


@bp.post("/events/<int:event_id>/registrations/search")
def search(event_id: int) -> ResponseReturnValue:
    event = access.visible_event(event_id)
    form = SearchForm()
    if form.validate_on_submit():
        list_address.remember_search(event.id, form.text.data or "")
    return redirect(url_for(".index", event_id=event.id, **list_address.kept_by_a_search()), 303)


def _tabs(counts: dict[Status, int], shown: Filter) -> list[tuple[str, Status | None, int, bool]]:
    everyone = (_("All"), None, sum(counts.values()), shown.status is None)
    return [everyone] + [
        (str(name), one, counts.get(one, 0), shown.status is one) for one, name in shown_statuses(counts).items()
    ]


def _municipalities(grouped: list[Group]) -> dict[str, str]:
    return {group.code or OTHER: group_name(group, language.current()) for group in grouped}
