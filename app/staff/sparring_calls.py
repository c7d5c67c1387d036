"""The call list of a round, and the page of one row, which several callers may have open at once."""

from dataclasses import asdict
from datetime import date
from typing import Any

import wtforms
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from app import access, clock, language
from app.addresses import here
from app.database import begin_write, db
from app.forms import DateField, EmailField, RadioField, SelectField, at_most, choices
from app.language import OWN_NAMES
from app.messages import queries as messages
from app.people import queries as people
from app.sparring import call_invitations, calls, links, rounds
from app.sparring.calls import Call
from app.sparring.round_models import CallRow, CallStatus, Round
from app.staff.call_words import CALL_STATUSES
from app.staff.versioned import Versioned

bp = Blueprint("sparring_calls", __name__)
bp.before_request(access.organisers)


class CallForm(Versioned):
    status = RadioField(_l("Status"), choices=choices(CALL_STATUSES.items()))
    call_again_on = DateField(_l("Call again on"), [Optional()])
    called_by = SelectField(_l("Caller"))
    contact_name = wtforms.StringField(_l("Name"), [at_most(200)])
    contact_email = EmailField(_l("Email"), [Optional(), at_most(254)])
    contact_phone = wtforms.TelField(_l("Phone"), [at_most(40)])
    contact_language = RadioField(_l("Language of contact"), choices=choices(OWN_NAMES.items()))
    note = wtforms.TextAreaField(_l("Note"), [at_most(4_000)], render_kw={"rows": 4})
    next_step = wtforms.StringField(_l("Next step"), [at_most(300)])

    def __init__(self, row: CallRow) -> None:
        caller = row.caller_id or access.user().id
        super().__init__(obj=row, data={"called_by": str(caller)})
        team = people.team(also=[caller])
        self.called_by.choices = choices([("", _("Nobody")), *((str(one.id), one.name) for one in team)])
        for field in (self.contact_name, self.contact_email, self.contact_phone):
            field.render_kw = {**(field.render_kw or {}), "autocomplete": "off"}

    def call(self) -> Call:
        return Call(
            status=CallStatus(self.status.data),
            contact_name=self.contact_name.data or "",
            contact_email=self.contact_email.data or "",
            contact_phone=self.contact_phone.data or "",
            contact_language=self.contact_language.data,
            caller_id=int(self.called_by.data) if self.called_by.data else None,
            note=self.note.data or "",
            next_step=self.next_step.data or "",
            call_again_on=self.call_again_on.data,
        )


@bp.route("/sparring/rounds/<int:round_id>")
def index(round_id: int) -> ResponseReturnValue:
    of = db.session.get(Round, round_id) or abort(404)
    access.record("calls.view", f"sparring-round:{round_id}")
    rows = calls.of_round(round_id, language.current())
    status, caller = request.args.get("status", ""), request.args.get("caller", "")
    called = [row for row in rows if caller in ("", str(row.caller_id or "nobody"))]
    return render_template(
        "staff/sparring/calls.html",
        of=of,
        rows=[row for row in called if _is_shown(row, status)],
        tabs=_tabs(called, status),
        callers=_callers(rows),
        caller=caller,
        progress=rounds.progress([of])[round_id],
        requests=rounds.requests_of(round_id),
    )


@bp.route("/sparring/calls/<int:call_id>", methods=["GET", "POST"])
def edit(call_id: int) -> ResponseReturnValue:
    row = calls.by_id(call_id) or abort(404)
    form = CallForm(row)
    if request.method == "GET":
        access.record("call.view", f"sparring-call:{call_id}")
    if not form.validate_on_submit():
        return _page(form, row)
    begin_write()
    stale = _("Someone else saved this row after you opened it. What you typed is kept here. Compare it with what the "
              "other one saved, and save again if yours should stand.")  # fmt: skip
    with form.kept(lambda: row.version, stale=stale, at=form.call_again_on) as saving:
        calls.save(call_id, form.call(), version=form.shown_version, by=access.user())
        db.session.commit()
        flash(_("%(name)s is saved.", name=row.municipality.name(language.current())), "success")
        return redirect(url_for(".index", round_id=row.round_id), 303)
    return _page(form, row, _theirs(form, row) if saving.status == 409 else None), saving.status


def _page(form: CallForm, row: CallRow, theirs: dict[str, Any] | None = None) -> str:
    return render_template(
        "staff/sparring/call.html",
        form=form,
        row=row,
        theirs=theirs,
        history=calls.history(row),
        begin_url=here(path=f"/s/round/{links.call_token(row.uuid)}", lang=language.current()),
        link=links.call_url(row) if row.link_hash else None,
        request_made=rounds.requests_of(row.round_id).get(row.id),
        messages=messages.about(call_invitations.about(row)),
    )


def _theirs(form: CallForm, row: CallRow) -> dict[str, Any]:
    """What the other one saved, where it differs from what was typed."""
    mine = asdict(form.call())
    return {name: getattr(row, name) for name in mine if getattr(row, name) != mine[name]}


def _is_shown(row: CallRow, status: str) -> bool:
    return calls.is_due(row, _today()) if status == "due" else status in ("", row.status)


def _tabs(rows: list[CallRow], status: str) -> list[tuple[str, str, int, bool]]:
    """Each part of the list with its count: all, those to call today, and each status."""
    parts = [
        ("", _("All")),
        ("due", _("To call today")),
        *((one.value, str(name)) for one, name in CALL_STATUSES.items()),
    ]
    return [(name, key, sum(_is_shown(row, key) for row in rows), key == status) for key, name in parts]


def _callers(rows: list[CallRow]) -> list[tuple[str, str]]:
    names = {str(row.caller_id): row.caller.name for row in rows if row.caller}
    return [("", _("All")), *sorted(names.items(), key=lambda one: one[1]), ("nobody", _("Nobody"))]


def _today() -> date:
    return clock.helsinki(clock.now()).date()
