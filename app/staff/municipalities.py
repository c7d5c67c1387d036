"""An event's attendee list per municipality, on the page and as files. For organisers, and for tutors of the event."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from app import access, clock, language, wording
from app.events.models import Event
from app.registrations import by_municipality, export, waitlist
from app.registrations.by_municipality import Group, Person
from app.registrations.export import Export
from app.registrations.workbook import group_name
from app.staff import paging

bp = Blueprint("municipalities", __name__)
bp.before_request(access.tutors)

PER_PAGE = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/events/<int:event_id>/municipalities")
def index(event_id: int) -> ResponseReturnValue:
    event = access.visible_event(event_id)
    access.record("municipalities.view", f"event:{event_id}")
    grouped = by_municipality.groups(event, language.current())
    page = paging.asked(by_municipality.total(grouped).named, length=PER_PAGE)
    people = by_municipality.people_of(event, grouped, first=page.begins, at_most=PER_PAGE)
    return render_template(
        "staff/municipalities/index.html",
        reached=sum(1 for group in grouped if group.municipality and group.active),
        page=page,
        **_listed(event, grouped, people),
    )


@bp.route("/events/<int:event_id>/municipalities/print")
def printable(event_id: int) -> ResponseReturnValue:
    """Everyone on one page, for paper."""
    event = access.visible_event(event_id)
    access.record("municipalities.print", f"event:{event_id}")
    grouped = by_municipality.groups(event, language.current())
    people = by_municipality.people_of(event, grouped)
    return render_template("staff/municipalities/print.html", at=clock.now(), **_listed(event, grouped, people))


@bp.route("/events/<int:event_id>/municipalities.xlsx")
def xlsx(event_id: int) -> ResponseReturnValue:
    return _file(access.visible_event(event_id), export.as_xlsx, "xlsx", XLSX)


@bp.route("/events/<int:event_id>/municipalities.csv")
def csv(event_id: int) -> ResponseReturnValue:
    return _file(access.visible_event(event_id), export.as_csv, "csv", "text/csv; charset=utf-8")


def _listed(event: Event, grouped: Sequence[Group], people: Sequence[Person]) -> dict[str, Any]:
    spoken = language.current()
    in_groups = by_municipality.in_groups(grouped, people)
    nobody = by_municipality.nobody_from(grouped, spoken)
    return {
        "event": event,
        "groups": [(group, group_name(group, spoken), listed) for group, listed in in_groups],
        "total": by_municipality.total(grouped),
        "nobody": wording.list_of([one.name(spoken) for one in nobody], spoken),
        "queue": waitlist.queue_numbers(event),
    }


def _file(event: Event, write: Callable[[Export], bytes], suffix: str, mimetype: str) -> Response:
    """The download, once the access log says who took it; without that row there is none."""
    name, subject = f"{event.slug}.{suffix}", f"event:{event.id}"
    listed = export.read(event, language.current())
    body = write(listed)
    access.record(f"export.{suffix}", subject, listed.contents)
    response = Response(body, content_type=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
