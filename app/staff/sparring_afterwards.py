"""After the meeting: held, summed up, shared, followed up."""

from datetime import date
from typing import Any

import wtforms
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import FieldList, FormField
from wtforms.validators import Optional

from app import access, clock, language
from app.database import db
from app.forms import DateField, IntegerField, at_most
from app.sparring import afterwards, labels, meetings, queries, standing
from app.sparring.afterwards import Step, Summary
from app.sparring.meeting_models import Meeting
from app.staff.event_fields import not_negative
from app.staff.versioned import Versioned

bp = Blueprint("sparring_afterwards", __name__)
bp.before_request(access.organisers)

MOST_STEPS = 6


class StepForm(wtforms.Form):
    """A next step; left empty, there is none."""

    what = wtforms.StringField(_l("What is done"), [at_most(500)], default="")
    owner = wtforms.StringField(_l("Whose it is"), [at_most(200)], default="")
    due_on = DateField(_l("By when"), [Optional()])


class SummaryForm(Versioned):
    attended = IntegerField(_l("How many came"), [Optional(), not_negative])
    discussed = wtforms.TextAreaField(_l("What was discussed"), [at_most(10000)], render_kw={"rows": 6}, default="")
    ideas = wtforms.TextAreaField(_l("Ideas"), [at_most(10000)], render_kw={"rows": 4}, default="")
    steps = FieldList(FormField(StepForm), min_entries=MOST_STEPS, max_entries=MOST_STEPS)
    follow_up_on = DateField(_l("Follow-up"), [Optional()])
    story = wtforms.TextAreaField(_l("What may be told to others"), [at_most(5000)], render_kw={"rows": 4}, default="")

    @classmethod
    def of(cls, meeting: Meeting) -> "SummaryForm":
        steps = [{"what": one.what, "owner": one.owner, "due_on": one.due_on} for one in queries.next_steps_of(meeting)]
        names = ("attended", "discussed", "ideas", "follow_up_on", "story")
        texts: dict[str, Any] = {name: getattr(meeting, name) for name in names}
        return cls(version=str(meeting.version), steps=steps[:MOST_STEPS], **texts)

    @property
    def summary(self) -> Summary:
        steps = [Step(what=row.what.data, owner=row.owner.data or "", due_on=row.due_on.data)
                 for row in self.steps if row.what.data]  # fmt: skip
        return Summary(
            attended=self.attended.data,
            discussed=self.discussed.data or "",
            ideas=self.ideas.data or "",
            steps=tuple(steps),
            story=self.story.data or "",
            follow_up_on=self.follow_up_on.data,
        )


class HeldForm(Versioned):
    attended = IntegerField(_l("How many came"), [Optional(), not_negative])


@bp.route("/sparring/meetings/<int:meeting_id>/afterwards", methods=["GET", "POST"])
def show(meeting_id: int) -> ResponseReturnValue:
    meeting = _meeting(meeting_id)
    if not afterwards.was_held(meeting):
        return _held(meeting)
    form = SummaryForm.of(meeting)
    if not form.validate_on_submit():
        return _page(meeting, form)
    with form.kept(lambda: meeting.version):
        afterwards.write(meeting_id, form.summary, version=form.shown_version, by=access.user())
        db.session.commit()
        flash(_("The summary is saved. The municipality sees it when you share it."), "success")
        return redirect(url_for(".show", meeting_id=meeting_id), 303)
    return _page(meeting, form), 409


@bp.route("/sparring/meetings/<int:meeting_id>/share", methods=["POST"])
def share(meeting_id: int) -> ResponseReturnValue:
    _meeting(meeting_id)
    afterwards.share(meeting_id, by=access.user())
    db.session.commit()
    flash(_("The summary was mailed to the municipality, and stands on its page."), "success")
    return redirect(url_for(".show", meeting_id=meeting_id), 303)


@bp.route("/sparring/meetings/<int:meeting_id>/followed-up", methods=["POST"])
def followed_up(meeting_id: int) -> ResponseReturnValue:
    _meeting(meeting_id)
    afterwards.followed_up(meeting_id, by=access.user())
    db.session.commit()
    flash(_("The follow-up is done."), "success")
    return redirect(url_for(".show", meeting_id=meeting_id), 303)


def _held(meeting: Meeting) -> ResponseReturnValue:
    form = HeldForm()
    if form.validate_on_submit():
        afterwards.hold(meeting.id, attended=form.attended.data, by=access.user())
        db.session.commit()
        flash(_("Good. Now write what was discussed, while it is fresh."), "success")
        return redirect(url_for(".show", meeting_id=meeting.id), 303)
    return render_template(
        "staff/sparring/held.html",
        meeting=meeting,
        wish=meeting.request,
        form=form,
        can_be_held=afterwards.can_be_held(meeting, clock.now()),
        facts=_facts(meeting),
    )


def _page(meeting: Meeting, form: SummaryForm) -> str:
    today: date = clock.helsinki(clock.now()).date()
    return render_template(
        "staff/sparring/afterwards.html",
        meeting=meeting,
        wish=meeting.request,
        name=labels.meeting_title(meeting.request, language.current()),
        form=form,
        feedback=queries.feedback_of(meeting),
        follow_up_is_due=bool(
            meeting.follow_up_on and meeting.follow_up_on <= today and meeting.followed_up_at is None
        ),
    )


def _facts(meeting: Meeting) -> list[dict[str, str]]:
    rows = standing.facts(standing.of(meeting), language.current())
    return [{"key": key, "value": value} for key, value in rows]


def _meeting(meeting_id: int) -> Meeting:
    return meetings.by_id(meeting_id) or abort(404)
