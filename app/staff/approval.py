"""Registrations that await approval: approved or refused one by one or many at once, with a message.

Who ticks one of a group that wants all or nothing has chosen the whole group; the page that restates the count says so.
"""

import wtforms
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app import access
from app.database import db
from app.errors import Refused
from app.forms import Form, at_most
from app.registrations import approval, queries, whole_groups
from app.registrations.models import Registration

bp = Blueprint("approval", __name__)
bp.before_request(access.organisers)


class DecisionForm(Form):
    message = wtforms.TextAreaField(
        _l("Message to the person (optional)"), [at_most(2000)], default="", render_kw={"rows": 4}
    )


@bp.route("/events/<int:event_id>/approval", methods=["GET", "POST"])
def index(event_id: int) -> ResponseReturnValue:
    event, form = access.visible_event(event_id), DecisionForm()
    awaiting = queries.awaiting_approval(event)
    chosen = _chosen(awaiting)
    decision = request.form.get("decision", "")
    if decision in ("approve", "refuse") and chosen and form.validate_on_submit():
        if "confirmed" in request.form:
            return _decide(event_id, chosen, decision, form.message.data or "")
        return _ask(event_id, form, chosen, decision)
    if decision and chosen and "confirmed" in request.form:
        return _ask(event_id, form, chosen, decision)
    if decision and not chosen:
        flash(_("Choose at least one registration that awaits approval."), "error")
    access.record("registrations.view", f"event:{event_id}")
    return render_template(
        "staff/registrations/approval.html",
        event=event,
        registrations=awaiting,
        has_whole_groups=any(whole_groups.is_of_one(one) for one in awaiting),
        notes=queries.notes_to_the_organiser(event),
    )


def _chosen(awaiting: list[Registration]) -> list[Registration]:
    """Those ticked with the rest of their whole groups, or all that the page showed.

    Who has been decided on meanwhile is left out.
    """
    ticked = set(request.form.getlist("shown" if "all" in request.form else "chosen", type=int))
    return whole_groups.with_their_groups([one for one in awaiting if one.id in ticked], awaiting)


def _ask(event_id: int, form: DecisionForm, chosen: list[Registration], decision: str) -> str:
    event = access.visible_event(event_id)
    return render_template(
        "staff/registrations/approval_confirm.html",
        event=event,
        form=form,
        chosen=chosen,
        has_whole_groups=any(whole_groups.is_of_one(one) for one in chosen),
        decision=decision,
    )


def _decide(event_id: int, chosen: list[Registration], decision: str, message: str) -> ResponseReturnValue:
    """Each person or whole group is a transaction of its own, so that registering never waits long for a long list."""
    by, done, said = access.user().id, 0, set()
    for registration_id in [registration.id for registration in chosen]:
        registration = db.session.get_one(Registration, registration_id)
        act = approval.approve if decision == "approve" else approval.refuse
        try:
            decided = act(registration, message, by=by)
        except Refused as refused:
            db.session.rollback()
            said.add(str(refused))
        else:
            access.note(f"registration.{decision}", f"registration:{registration_id}", who=by)
            db.session.commit()
            done += decided
    for sentence in sorted(said):
        flash(sentence, "error")
    if done:
        flash(_approved(done) if decision == "approve" else _refused(done), "success")
    return redirect(url_for(".index", event_id=event_id), 303)


def _approved(number: int) -> str:
    return ngettext(
        "%(num)s person is approved, and told by mail.", "%(num)s people are approved, and told by mail.", number
    )


def _refused(number: int) -> str:
    return ngettext(
        "%(num)s person is refused, and told by mail.", "%(num)s people are refused, and told by mail.", number
    )
