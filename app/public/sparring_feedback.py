"""The form in which the municipality tells how its sparring was."""

import wtforms
from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.database import begin_write, db
from app.forms import Form, RadioField, at_most, choices, required
from app.public import form_posts, personal_links, sparring_links
from app.public.sparring_links import Visitor
from app.sparring import feedback, queries
from app.sparring.feedback import Feedback

bp = Blueprint("sparring_feedback", __name__)
bp.after_request(personal_links.keep_from_robots)

MARKS = {"5": _l("Very good"), "4": _l("Good"), "3": _l("Fair"), "2": _l("Rather poor"), "1": _l("Poor")}


class FeedbackForm(Form):
    usefulness = RadioField(
        _l("How useful was the sparring?"),
        [required(_l("Choose how useful it was"))],
        choices=choices(MARKS.items()),
    )
    arrangements = RadioField(
        _l("How did the arrangements go?"),
        [required(_l("Choose how the arrangements went"))],
        choices=choices(MARKS.items()),
    )
    takes_into_use = wtforms.TextAreaField(
        _l("What will you take into use? (optional)"), [at_most(2000)], render_kw={"rows": 4}
    )
    comment = wtforms.TextAreaField(
        _l("Anything else? (optional)"), [at_most(2000)], description=_l("Write no names."), render_kw={"rows": 4}
    )

    def told(self) -> Feedback:
        return Feedback(
            usefulness=int(self.usefulness.data),
            arrangements=int(self.arrangements.data),
            takes_into_use=self.takes_into_use.data or "",
            comment=self.comment.data or "",
        )


@bp.route("/s/<token>/feedback", methods=["GET", "POST"])
@form_posts.limited()
def give(token: str) -> ResponseReturnValue:
    visitor = sparring_links.visitor(token)
    back = personal_links.page("public.sparring_personal.show", token)
    form, asked_id = FeedbackForm(obj=_given(visitor)), visitor.request.id
    if visitor.request.state not in feedback.WANTED:
        return redirect(back)
    if not form.validate_on_submit():
        return render_template("public/sparring/feedback.html", form=form, back=back)
    begin_write()
    feedback.give(asked_id, form.told())
    db.session.commit()
    flash(_("Thank you for your feedback!"), "success")
    return redirect(back, 303)


def _given(visitor: Visitor) -> object:
    meeting = queries.meeting_of(visitor.request)
    return queries.feedback_of(meeting) if meeting else None
