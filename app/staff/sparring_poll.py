"""The date poll of a request: opened, its answers in a table, closed."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, if_refused, language, wording
from app.database import db
from app.sparring import best_time, labels, poll_queries, polls, queries
from app.sparring.best_time import Results, Row
from app.sparring.models import Request
from app.sparring.poll_models import PollStatus, Suits, Vote, Voter
from app.staff.sparring_poll_form import PollForm

bp = Blueprint("sparring_poll", __name__)
bp.before_request(access.organisers)

_LOOKS = {Suits.YES: "good", Suits.IF_NEED_BE: "waiting", Suits.NO: "bad"}


@bp.route("/sparring/requests/<int:request_id>/poll")
def show(request_id: int) -> ResponseReturnValue:
    request = db.session.get(Request, request_id) or abort(404)
    poll = poll_queries.latest(request)
    if poll is None:
        return redirect(url_for(".new", request_id=request_id))
    found, speaks = best_time.results(poll), language.current()
    return render_template(
        "staff/sparring/poll.html",
        wish=request,
        meeting=labels.meeting_title(request, speaks),
        poll=poll,
        is_open=poll.status is PollStatus.OPEN,
        agreed=queries.latest_meeting_of(request) if poll.status is PollStatus.CONFIRMED else None,
        standing=_standing(request),
        found=found,
        in_words=best_time.in_words(found, speaks),
        rows=[_row(row, found, speaks) for row in found.rows],
        answer_by=wording.date_and_time(poll.answer_by, speaks),
        wording=wording,
    )


@bp.route("/sparring/requests/<int:request_id>/poll/new", methods=["GET", "POST"])
def new(request_id: int) -> ResponseReturnValue:
    request = db.session.get(Request, request_id) or abort(404)
    form = PollForm.about(request, poll_queries.wished(request))
    if form.validate_on_submit():
        with if_refused.say_in(form):
            polls.open_for(request_id, form.plan, by=access.user())
            db.session.commit()
            flash(_("The poll is open. Those who are asked got a mail with a link of their own."), "success")
            return redirect(url_for(".show", request_id=request_id), 303)
    return render_template(
        "staff/sparring/poll_new.html",
        wish=request,
        form=form,
        meeting=labels.meeting_title(request, language.current()),
        standing=_standing(request),
        tutors=[naming.profile.user for naming in poll_queries.accepted(request)],
        has_wished=bool(poll_queries.wished(request)),
    )


@bp.route("/sparring/requests/<int:request_id>/poll/<int:poll_id>/close", methods=["POST"])
def close(request_id: int, poll_id: int) -> ResponseReturnValue:
    poll_queries.of_request(request_id, poll_id) or abort(404)
    polls.close(poll_id, by=access.user())
    db.session.commit()
    flash(_("The poll is closed. You can propose other times."), "success")
    return redirect(url_for(".show", request_id=request_id), 303)


def _standing(request: Request) -> str:
    """The agreed time of a meeting for which another is looked for, in words."""
    meeting = queries.agreed_meeting_of(request)
    return wording.when(meeting.starts_at, meeting.ends_at, language.current()) if meeting else ""


def _row(row: Row, found: Results, speaks: str) -> dict[str, Any]:
    return {
        "window": row.window,
        "when": wording.when(row.window.starts_at, row.window.ends_at, speaks),
        "is_best": row is found.best,
        "against": wording.list_of([voter.name for voter in row.against], speaks),
        "score": row.score,
        "cells": [_cell(row, voter, speaks) for voter in found.voters],
    }


def _cell(row: Row, voter: Voter, speaks: str) -> dict[str, Any]:
    vote: Vote | None = row.vote_of(voter)
    if vote is None:
        return {"who": voter.name, "text": "", "look": None, "starts": ""}
    names = {Suits.YES: _("Yes"), Suits.IF_NEED_BE: _("If need be"), Suits.NO: _("No")}
    starts = wording.time(vote.starts_at, speaks) if vote.starts_at else ""
    return {"who": voter.name, "text": names[vote.suits], "look": _LOOKS[vote.suits], "starts": starts}
