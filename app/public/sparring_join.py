"""A guest's page of a meeting: time, place, programme, materials, and the button that leads into it."""

from typing import Any

from flask import Blueprint, abort, g, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from app import clock, language, markdown, wording
from app.events import calendar, download
from app.events.models import ItemForm
from app.forms import Form
from app.language import speaking
from app.public import form_posts, join_page, joining_help, personal_links
from app.public.events import as_calendar
from app.public.joining import MAY_LEAD_OUT
from app.sparring import calendar_entries, guests, joining, labels, links, programme, standing
from app.sparring.joining import Door
from app.sparring.meeting_models import Meeting, MeetingGuest
from app.webinars import platforms

bp = Blueprint("sparring_join", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.route("/s/join/<token>", methods=["GET", "POST"])
@form_posts.limited()
def show(token: str) -> ResponseReturnValue:
    guest = _guest(token)
    at, speaks = clock.now(), language.current()
    meeting, door = guest.meeting, joining.door(guest, at)
    form = Form()
    if form.validate_on_submit():
        inside = meeting.meeting_url if door is Door.OPEN else None
        return redirect(inside or personal_links.page(".show", token), 303)
    is_expected = door not in (Door.CALLED_OFF, Door.NOT_EXPECTED)
    page = render_template(
        "public/sparring/join.html",
        token=token,
        guest=guest,
        meeting=meeting,
        name=labels.meeting_title(meeting.request, speaks),
        door=door.value,
        facts=[{"key": key, "value": value} for key, value in standing.facts(standing.of(meeting), speaks)],
        until=join_page.until(meeting.starts_at, at) if meeting.starts_at > at else "",
        opens_at=wording.date_and_time(joining.opens_at(meeting), speaks),
        programme_items=_programme(meeting, speaks) if is_expected else [],
        help=joining_help.for_platform(platforms.of_address(meeting.meeting_url)),
        markdown=markdown.render,
    )
    return page, {"Content-Security-Policy": MAY_LEAD_OUT}


@bp.get("/s/join/<token>/calendar.ics")
def calendar_file(token: str) -> ResponseReturnValue:
    """The entry as a download, with the UID and number that the mails have."""
    guest = _guest(token)
    if guest.removed_at or guest.meeting.called_off_at:
        abort(404)
    with speaking(guest.language):
        entry = calendar_entries.entry(guest.meeting, guest.language, join_url=links.guest_url(guest))
    return as_calendar(make_response(calendar.publish([entry], download.organizer())), "sparring")


def _programme(meeting: Meeting, speaks: str) -> list[dict[str, Any]]:
    return [
        {
            "time": wording.bare_time_range(row.starts_at, row.ends_at, speaks),
            "title": row.item.topic,
            "lines": [row.item.who] if row.item.who else [],
            "is_break": row.item.form is ItemForm.BREAK,
        }
        for row in programme.rows(meeting)
    ]


def _guest(token: str) -> MeetingGuest:
    guest = guests.by_token(token) or personal_links.unknown(page="public/sparring/link_unknown.html")
    g.own_language = guest.language
    return guest
