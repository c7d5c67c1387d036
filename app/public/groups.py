"""Registering a group: the form, and the page that says what came of it."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import RequestLimit

from app import language, wording
from app.database import db
from app.errors import Refused
from app.events import queries as events
from app.events.models import Event
from app.public import check_rows, event_words, form_posts, group_steps, invited, refusals, summaries
from app.public.events import published
from app.public.group_form import GroupForm, with_other_rows
from app.public.group_steps import GroupSteps, MemberQuestions
from app.public.registrations import is_own, remember
from app.question_forms.form import asking_of
from app.registrations import admission, capacity, group_notices, groups, obstacles, own_days, queries, queue_rule
from app.registrations.groups import GroupApplication
from app.registrations.invitation_links import NotUsable

bp = Blueprint("groups", __name__)
bp.add_app_template_global(group_notices.in_words, "standing_in_words")


def _too_many(_limit: RequestLimit) -> Response:
    form = GroupForm(published((request.view_args or {})["slug"]))
    form.form_errors.append(form_posts.too_many_sent())
    return make_response(_form_page(form), 429)


@bp.route("/<lang:language>/events/<slug>/register-group", methods=["GET", "POST"])
@form_posts.limited(_too_many)
def register(slug: str) -> ResponseReturnValue:
    event = published(slug)
    form = GroupForm(event)
    if form.is_submitted() and (with_rows := with_other_rows(form, event)):
        return _form_page(with_rows)
    if form.validate_on_submit():
        told = form.application()
        steps = GroupSteps(event, told.members)
        if not queries.attempts_of_group(form.sent_as, event.id) and (next_page := _next_step(form, steps)):
            return next_page
        if _is_registered(form, replace(told, members=steps.applications)):
            return redirect(url_for(".registered", slug=slug, nonce=form.sent_as), 303)
        if filled_meanwhile := GroupSteps(event, told.members).due:
            return group_steps.page(steps, filled_meanwhile, event, may_go_back=True)
    places = capacity.places_of([event])[event.id]
    if not form.is_submitted() and not event_words.takes_groups(places, invited=form.invitation is not None):
        return redirect(url_for("public.events.show", slug=slug))
    return _form_page(form)


def _next_step(form: GroupForm, steps: GroupSteps) -> str | None:
    """A member's questions, or the look at everything; None when all has been asked and seen."""
    if steps.due:
        return group_steps.page(steps, steps.due, form.event, may_go_back=True)
    if not steps.is_to_be_checked:
        return None
    return render_template(
        "public/groups/check.html",
        event=form.event,
        contact=_contact_rows(form),
        members=[(member, _member_rows(member, offers_modes=len(form.event.modes) > 1)) for member in steps.forms],
        sensitive=group_steps.left_to_each(form.event),
        carried=group_steps.carried(),
    )


def _is_registered(form: GroupForm, told: GroupApplication) -> bool:
    try:
        groups.register(form.event.id, told, nonce=form.sent_as)
    except Refused as refused:
        db.session.rollback()
        refusals.say_in_group(form, refused)
        if isinstance(refused, NotUsable):
            invited.let_go(form.event)
        return False
    db.session.commit()
    remember(form.sent_as)
    return True


def _contact_rows(form: GroupForm) -> list[summaries.Row]:
    choice = {value: label for value, label, *_rest in form.all_or_none.iter_choices()}
    return [
        {"key": _("Name"), "value": f"{form.given_name.data} {form.family_name.data}"},
        {"key": _("Email"), "value": form.email.data},
        {"key": _("Municipality or organisation"), "value": check_rows.belonging(form, language.current())},
        {"key": form.all_or_none.label.text, "value": choice[form.all_or_none.data]},
    ]


def _member_rows(member: MemberQuestions, *, offers_modes: bool) -> list[summaries.Row]:
    rows: list[summaries.Row] = [{"key": _("Email"), "value": member.member.email}]
    if offers_modes:
        rows.append({"key": _("Taking part"), "value": event_words.mode_in_words(member.member.mode)})
    if member.left.data:
        left = _("Left to %(name)s", name=member.member.given_name)
        return [*rows, {"key": _("The organiser’s questions"), "value": left}]
    return rows + check_rows.answers(member)


@bp.get("/<lang:language>/events/<slug>/group-registered/<nonce>")
def registered(slug: str, nonce: str) -> str:
    event = published(slug)
    attempts = queries.attempts_of_group(nonce, event.id) if is_own(nonce) else []
    if not attempts:
        abort(404)
    return render_template(
        "public/groups/registered.html",
        event=event,
        attempts=attempts,
        rows=summaries.event_rows(event, _days(event), attempts[0].mode, language.current())[:2],
        mode_in_words=event_words.mode_in_words,
    )


def _form_page(form: GroupForm) -> str:
    event = form.event
    return render_template(
        "public/groups/register.html",
        event=event,
        when=wording.days(_days(event), language.current()),
        who_may_register=admission.in_words(event, language.current()),
        municipality_limit=obstacles.limit_in_words(event, language.current()),
        queue_rule=queue_rule.in_words(event, language.current()),
        standing=event_words.standing(capacity.places_of([event])[event.id]).value,
        asks=bool(asking_of(event, by_another=True).form),
        sensitive=group_steps.left_to_each(event),
        carried=group_steps.answered(),
        form=form,
    )


def _days(event: Event) -> list[tuple[datetime, datetime]]:
    """The days that this visitor registers a group for: those by invitation only with an invitation."""
    mine = own_days.days_when(invited=invited.kept(event) is not None, days=events.days_of(event))
    return [(day.starts_at, day.ends_at) for day in mine]
