"""The personal join page: the only way to the meeting, whose address no page and no mail holds."""

from flask import Blueprint, abort, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from app import clock, headers, language, markdown, wording
from app.database import begin_write, db
from app.events import queries as events
from app.events import registration_period
from app.events.models import Mode
from app.events.registration_period import Period
from app.forms import Form
from app.public import form_posts, join_page, joining_help, personal_links
from app.public.events import as_calendar
from app.registrations import invitations, joining, own_days
from app.registrations.joining import Moment
from app.registrations.models import JoinClick, Registration, Status
from app.webinars import platforms

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
    at = clock.now()
    moment, day = joining.moment(days, at)
    state = _state(registration, moment)
    form = Form()
    if form.validate_on_submit():
        return _to_the_meeting(registration, token) if state == "open" else redirect(_again(token), 303)
    page = render_template(
        "public/join.html",
        event=event,
        token=token,
        state=state,
        owner=wording.short_name(registration.given_name, registration.family_name),
        others_can_register=registration_period.period(event, at) is Period.OPEN,
        when=wording.days([(one.starts_at, one.ends_at) for one in days], language.current()),
        days=join_page.days(days, at, language.current()),
        until=join_page.until(day.starts_at, at) if day and day.starts_at > at else "",
        opens_at=day.starts_at - joining.OPENS_BEFORE if day else None,
        place=invitations.place(event, language.current()),
        help=joining_help.for_platform(platforms.of_address(event.meeting_url)),
        wording=wording,
        markdown=markdown.render,
    )
    return page, {"Content-Security-Policy": MAY_LEAD_OUT}


@bp.get("/j/<token>/calendar.ics")
def calendar_file(token: str) -> ResponseReturnValue:
    """The own entries, as the personal page gives them: their only link is the one that joins."""
    registration = personal_links.join(token)
    if not registration.is_confirmed:
        abort(404)
    return as_calendar(make_response(invitations.own_file(registration, registration.event)), registration.event.slug)


def _state(registration: Registration, moment: Moment) -> str:
    """What the page is about; the first that holds."""
    event = registration.event
    if event.is_called_off:
        return "called-off"
    if registration.status is not Status.CONFIRMED:
        return registration.status.value
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
