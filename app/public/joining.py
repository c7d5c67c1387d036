"""The personal join page: the only way to the meeting, whose address no page and no mail holds."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from app import clock, headers, language, wording
from app.database import begin_write, db
from app.events import queries as events
from app.events.models import Mode
from app.forms import Form
from app.public import form_posts, personal_links
from app.registrations import invitations, joining, own_days
from app.registrations.joining import Moment
from app.registrations.models import JoinClick, Registration, Status

bp = Blueprint("joining", __name__)
bp.after_request(personal_links.keep_from_robots)

# Browsers hold a redirect after a form to form-action too, and the button leads to the meeting's own site.
MAY_LEAD_OUT = headers.CONTENT_SECURITY_POLICY.replace("form-action 'self'", "form-action 'self' https:")


@bp.route("/j/<token>", methods=["GET", "POST"])
@form_posts.limited()
def show(token: str) -> ResponseReturnValue:
    registration = personal_links.join(token)
    event = registration.event
    days = own_days.days_for(registration, events.days_of(event))
    moment, day = joining.moment(days, clock.now())
    state = _state(registration, moment)
    form = Form()
    if form.validate_on_submit():
        return _to_the_meeting(registration, token) if state == "open" else redirect(_again(token), 303)
    page = render_template(
        "public/join.html",
        registration=registration,
        event=event,
        state=state,
        when=wording.days([(one.starts_at, one.ends_at) for one in days], language.current()),
        day=day,
        opens_at=day.starts_at - joining.OPENS_BEFORE if day else None,
        place=invitations.place(event, language.current()),
        wording=wording,
        plain_form=form,
    )
    return page, {"Content-Security-Policy": MAY_LEAD_OUT}


def _state(registration: Registration, moment: Moment) -> str:
    """What the page is about; the first that holds."""
    event = registration.event
    if event.is_called_off:
        return "called-off"
    if registration.status is not Status.CONFIRMED:
        return "waiting" if registration.is_active else "withdrawn"
    if moment is Moment.OVER:
        return "over"
    if registration.mode is Mode.ON_SITE:
        return "on-site"
    if moment is Moment.BEFORE:
        return "before"
    return "open" if event.meeting_url else "no-address-yet"


def _to_the_meeting(registration: Registration, token: str) -> ResponseReturnValue:
    meeting_url, registration_id = registration.event.meeting_url, registration.id
    begin_write()
    db.session.add(JoinClick(registration_id=registration_id))
    db.session.commit()
    return redirect(meeting_url or _again(token), 303)


def _again(token: str) -> str:
    return personal_links.page(".show", token)
