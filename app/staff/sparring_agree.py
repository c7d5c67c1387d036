"""Agreeing the exact time from a poll's answers."""

from typing import Any

import wtforms
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access, clock, language, wording
from app.database import db
from app.events.labels import ATTENDANCES
from app.events.models import Attendance
from app.forms import ChecklistField, LocalDateTimeField, RadioField, at_most, choices, required
from app.sparring import agreeing, best_time, labels, poll_queries, queries
from app.sparring.agreeing import Agreement
from app.sparring.best_time import Results, Row
from app.sparring.models import WishedMode
from app.sparring.poll_models import Poll, PollStatus, Suits
from app.staff.versioned import Versioned

bp = Blueprint("sparring_agree", __name__)
bp.before_request(access.organisers)


class AgreeForm(Versioned):
    starts_at = LocalDateTimeField(_l("The meeting starts"), [required(_l("Enter when the meeting starts"))])
    attendance = RadioField(_l("How is it held?"), choices=choices(ATTENDANCES.items()))
    tutors = ChecklistField(_l("Tutors who come"), coerce=int)
    reason = wtforms.StringField(_l("Why, if something speaks against it"), [at_most(500)], default="")

    @classmethod
    def about(cls, found: Results, row: Row | None) -> "AgreeForm":
        """With the window's suggested start, and the tutors who can come then."""
        tutors = [voter for voter in found.voters if voter.user_id]
        form = cls(
            version=str(found.poll.version),
            starts_at=best_time.suggested_start(row, found.poll) if row else None,
            attendance=_attendance(found.poll).value,
            tutors=[voter.user_id for voter in tutors if row is None or row.says(voter) is not Suits.NO],
        )
        form.tutors.choices = [(voter.user_id, voter.name) for voter in tutors]
        return form

    def agreement(self, poll_id: int) -> Agreement:
        return Agreement(
            poll_id=poll_id,
            version=self.shown_version,
            starts_at=self.starts_at.data or clock.now(),
            attendance=Attendance(self.attendance.data),
            tutor_ids=frozenset(self.tutors.data or []),
            reason=self.reason.data or "",
        )


@bp.route("/sparring/requests/<int:request_id>/poll/<int:poll_id>/confirm", methods=["GET", "POST"])
def confirm(request_id: int, poll_id: int) -> ResponseReturnValue:
    poll = poll_queries.of_request(request_id, poll_id) or abort(404)
    found = best_time.results(poll)
    row = _chosen(found)
    form = AgreeForm.about(found, row)
    if not form.validate_on_submit():
        if poll.status is not PollStatus.OPEN:
            return redirect(url_for("staff.sparring_poll.show", request_id=request_id))
        return _page(found, form)
    with form.kept(lambda: poll.version) as saving:
        meeting_id = agreeing.confirm(form.agreement(poll_id), by=access.user()).id
        db.session.commit()
        flash(_("The time is agreed, and everyone who takes part gets it into the calendar by mail."), "success")
        return redirect(url_for("staff.sparring_meeting.show", meeting_id=meeting_id), 303)
    return _page(best_time.results(poll), form), saving.status  # what came of a poll that somebody else has ended


def _page(found: Results, form: AgreeForm) -> str:
    poll, speaks = found.poll, language.current()
    meeting = queries.latest_meeting_of(poll.request) if poll.status is PollStatus.CONFIRMED else None
    return render_template(
        "staff/sparring/agree.html",
        wish=poll.request,
        form=form,
        poll=poll,
        is_open=poll.status is PollStatus.OPEN,
        agreed=meeting,
        moves=queries.agreed_meeting_of(poll.request) is not None,
        meeting=labels.meeting_title(poll.request, speaks),
        in_words=best_time.in_words(found, speaks),
        wording=wording,
    )


def _chosen(found: Results) -> Row | None:
    """The window that the table's button asked for, else the best."""
    asked = request.args.get("window", type=int)
    return next((row for row in found.rows if row.window.id == asked), found.best)


def _attendance(poll: Poll) -> Attendance:
    """As the meeting that moves is held; else as it was wished."""
    if meeting := queries.agreed_meeting_of(poll.request):
        return meeting.attendance
    wished: Any = poll.request.mode
    return Attendance.ONLINE if wished is WishedMode.ANY else Attendance(wished.value)
