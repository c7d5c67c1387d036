"""Answering a date poll by a personal link: yes, if need be or no to each time, with the own calendar beside."""

from typing import Any

import wtforms
from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from app import clock, language, wording
from app.database import db
from app.errors import Refused
from app.forms import Form, RadioField, TimeField, at_most, choices, required
from app.public import form_posts, personal_links
from app.sparring import labels, own_calendar, poll_queries, queries, votes
from app.sparring.meeting_models import Meeting
from app.sparring.poll_models import Poll, PollStatus, PollWindow, Suits, Vote, Voter
from app.sparring.votes import Answer, Closed

bp = Blueprint("sparring_poll", __name__)
bp.after_request(personal_links.keep_from_robots)

SUITS = [(Suits.YES, _l("Yes")), (Suits.IF_NEED_BE, _l("If need be")), (Suits.NO, _l("No"))]


class AnswerForm(Form):
    """A choice and an exact start for each window; `of` makes it for the windows of a poll."""

    note = wtforms.TextAreaField(
        _l("Anything else the team should know"), [at_most(500)], render_kw={"rows": 2}, default=""
    )
    poll: Poll
    windows: list[PollWindow]

    @classmethod
    def of(cls, voter: Voter) -> "AnswerForm":
        windows = list(poll_queries.windows(voter.poll))
        fields: dict[str, Any] = {}
        for window in windows:
            fields[f"suits_{window.id}"] = RadioField(
                _l("Does this suit you?"), [required(_l("Choose yes, if need be or no"))], choices=choices(SUITS)
            )
            fields[f"starts_{window.id}"] = TimeField(_l("Starting exactly at"), [Optional()])
        form = type("Answers", (cls,), fields)(data=_answered(voter))
        form.poll, form.windows = voter.poll, windows
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        for window in self.windows:
            field = self[f"starts_{window.id}"]
            try:
                votes.must_fit(self._start(window), window, self.poll)
            except Refused as refused:
                field.errors, sound = [str(refused)], False
            except clock.ImpossibleLocalTime:
                field.errors, sound = [_("The clocks change that night. Choose another time.")], False
        return sound

    @property
    def answers(self) -> dict[int, Answer]:
        return {
            window.id: Answer(Suits(self[f"suits_{window.id}"].data), self._start(window)) for window in self.windows
        }

    def _start(self, window: PollWindow) -> Any:
        typed = self[f"starts_{window.id}"].data
        return clock.helsinki_to_utc(clock.helsinki(window.starts_at).date(), typed) if typed else None


@bp.route("/s/poll/<token>", methods=["GET", "POST"])
@form_posts.limited()
def answer(token: str) -> ResponseReturnValue:
    voter = _voter(token)
    if voter.poll.status is not PollStatus.OPEN:
        return _result_page(voter)
    form = AnswerForm.of(voter)
    if not form.validate_on_submit():
        return _form_page(voter, form)
    try:
        votes.answer(voter.id, form.answers, form.note.data or "")
    except Closed as closed:
        db.session.rollback()
        return _result_page(_voter(token), str(closed)), 409
    db.session.commit()
    flash(_("Thank you, your answer is saved. You can change it here until the time is agreed."), "success")
    return redirect(personal_links.page(".answer", token), 303)


def _voter(token: str) -> Voter:
    voter = votes.voter_of(token) or personal_links.unknown(page="public/sparring/link_unknown.html")
    g.own_language = voter.language
    return voter


def _answered(voter: Voter) -> dict[str, Any]:
    """What was answered before, as the form holds it."""
    data: dict[str, Any] = {"note": voter.note}
    for window_id, vote in votes.given(voter).items():
        data[f"suits_{window_id}"] = vote.suits.value
        data[f"starts_{window_id}"] = _wall_time(vote)
    return data


def _wall_time(vote: Vote) -> Any:
    return clock.helsinki(vote.starts_at).time() if vote.starts_at else None


def _form_page(voter: Voter, form: AnswerForm) -> str:
    speaks = language.current()
    return render_template(
        "public/sparring/poll.html",
        voter=voter,
        form=form,
        meeting=labels.meeting_title(voter.poll.request, speaks),
        standing=_when(queries.agreed_meeting_of(voter.poll.request), speaks),
        answer_by=wording.date_and_time(voter.poll.answer_by, speaks),
        times=[
            {
                "window": window,
                "when": wording.when(window.starts_at, window.ends_at, speaks),
                "is_wider": votes.is_wider(window, voter.poll),
                "own": own_calendar.beside(voter, window, speaks),
            }
            for window in form.windows
        ],
    )


def _when(meeting: Meeting | None, speaks: str) -> str:
    return wording.when(meeting.starts_at, meeting.ends_at, speaks) if meeting else ""


def _result_page(voter: Voter, not_counted: str = "") -> str:
    meeting = queries.latest_meeting_of(voter.poll.request) if voter.poll.status is PollStatus.CONFIRMED else None
    speaks = language.current()
    return render_template(
        "public/sparring/poll_over.html",
        meeting=labels.meeting_title(voter.poll.request, speaks),
        is_called_off=bool(meeting and meeting.called_off_at),
        when=_when(meeting, speaks),
        standing=_when(queries.agreed_meeting_of(voter.poll.request), speaks),
        not_counted=not_counted,
    )
