"""How an event of the demo season is written down before it has a date."""

from dataclasses import dataclass, field
from datetime import date, time

from app.events.models import Attendance, ItemForm, Kind
from app.translated import Translated


@dataclass(frozen=True)
class Item:
    """A programme item in Helsinki time."""

    starts: time
    ends: time
    title: Translated
    form: ItemForm = ItemForm.LECTURE
    speakers: str = ""
    room: str = ""
    sign_up: bool = False
    places: int | None = None


@dataclass(frozen=True)
class Day:
    """The hours of a day in Helsinki time; `on` only when the day has really been."""

    starts: time
    ends: time
    programme: tuple[Item, ...] = ()
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Venue:
    name: Translated = field(default_factory=Translated)
    address: str = ""
    directions: Translated = field(default_factory=Translated)
    accessibility: Translated = field(default_factory=Translated)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """An event without its registrations. `hosts` are municipality codes; None places are not limited."""

    slug: str
    kind: Kind
    attendance: Attendance = Attendance.ONLINE
    title: Translated
    summary: Translated
    description: Translated
    audience: Translated
    days: tuple[Day, ...]
    hosts: tuple[str, ...] = ()
    venue: Venue = Venue()
    spoken: tuple[str, ...] = ("fi",)
    materials: tuple[str, ...] = ("fi",)
    captions: Translated = field(default_factory=Translated)
    contact: tuple[str, str]
    places_on_site: int | None = None
    places_online: int | None = None
    meeting_url: str | None = None
    largest_group: int = 1
