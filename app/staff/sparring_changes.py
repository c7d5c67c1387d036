"""What the team does with a request by hand: taking it, planning its next step, moving it to another state."""

import wtforms
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from app import access
from app.database import begin_write, db
from app.forms import DateField, SelectField, at_most, choices
from app.if_refused import Telling
from app.sparring import handling, states
from app.sparring.handling import Plan
from app.sparring.models import Request, RequestState
from app.staff.versioned import Versioned

bp = Blueprint("sparring_changes", __name__)
bp.before_request(access.organisers)


class PlanForm(Versioned):
    owner = SelectField(_l("Owner"))
    next_step = wtforms.StringField(_l("Next step"), [at_most(300)])
    due_on = DateField(_l("To be done by"), [Optional()])

    def __init__(self, sparring: Request) -> None:
        super().__init__(
            data={
                "owner": str(sparring.owner_id or ""),
                "next_step": sparring.next_step,
                "due_on": sparring.due_on,
                "version": str(sparring.version),
            }
        )
        team = {str(one.id): one.name for one in handling.team()}
        if sparring.owner:  # who has left the team stays where they are, until someone else takes over
            team.setdefault(str(sparring.owner_id), sparring.owner.name)
        self.owner.choices = choices([("", _("Nobody yet")), *team.items()])

    def plan(self) -> Plan:
        return Plan(int(self.owner.data) if self.owner.data else None, self.next_step.data or "", self.due_on.data)


class MoveForm(Versioned):
    reason = wtforms.TextAreaField(_l("Reason"), [at_most(500)], render_kw={"rows": 3})
    due_on = DateField(_l("Ask again on"), [Optional()])


@bp.post("/sparring/requests/<int:request_id>/take")
def take(request_id: int) -> ResponseReturnValue:
    begin_write()
    sparring = handling.locked(request_id) or abort(404)
    is_new = handling.take(sparring, by=access.user())
    db.session.commit()
    flash(_("You take care of this request now.") if is_new else _("You take care of this request already."), "success")
    return _back(request_id)


@bp.route("/sparring/requests/<int:request_id>/plan", methods=["GET", "POST"])
def plan(request_id: int) -> ResponseReturnValue:
    sparring = access.visible_request(request_id)
    form, status = PlanForm(sparring), 200
    if form.validate_on_submit():
        with _kept(form, sparring) as saving:
            wanted = form.plan()
            begin_write()
            handling.plan(_opened(request_id, form), wanted, by=access.user())
            db.session.commit()
            flash(_("Saved."), "success")
            return _back(request_id)
        status = saving.status
    return render_template("staff/sparring/plan.html", sparring=sparring, form=form), status


@bp.route("/sparring/requests/<int:request_id>/state/<state>", methods=["GET", "POST"])
def move(request_id: int, state: str) -> ResponseReturnValue:
    to = RequestState(state) if state in set(RequestState) else abort(404)
    sparring = access.visible_request(request_id)
    form, status = MoveForm(data={"version": str(sparring.version)}), 200
    if form.validate_on_submit():
        with _kept(form, sparring) as saving:
            begin_write()
            opened = _opened(request_id, form)
            handling.move(opened, to, by=access.user(), reason=form.reason.data or "", due_on=form.due_on.data)
            db.session.commit()
            flash(_("The request has moved on."), "success")
            return _back(request_id)
        status = saving.status
    return _move_page(sparring, to, form), status


def _move_page(sparring: Request, to: RequestState, form: MoveForm) -> str:
    return render_template(
        "staff/sparring/move.html",
        sparring=sparring,
        form=form,
        to=to,
        is_possible=to in handling.BY_HAND[sparring.state],
        needs_reason=handling.needs_reason(sparring.state, to),
        tells=states.tells_the_municipality(sparring.state, to),
    )


def _opened(request_id: int, form: PlanForm | MoveForm) -> Request:
    return handling.locked(request_id, version=form.shown_version) or abort(404)


def _kept(form: PlanForm | MoveForm, sparring: Request) -> Telling:
    stale = _("Someone else changed this request after you opened it. What you typed is kept: compare it with how "
              "things stand now, and save again if yours should stand.")  # fmt: skip
    return form.kept(lambda: sparring.version, stale=stale)


def _back(request_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.sparring_request.show", request_id=request_id), 303)
