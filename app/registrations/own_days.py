"""Which days of an event are for whom: some may be only for those who were invited."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_

from app.events.models import EventDay
from app.registrations.models import Registration


def days_for(registration: Registration, days: Iterable[EventDay]) -> list[EventDay]:
    """The days that a registration covers: those by invitation only for who came by a link, speakers and staff."""
    return days_when(invited=is_invited(registration), days=days)


def is_invited(registration: Registration) -> bool:
    """Whether a registration covers the days that are by invitation too."""
    return registration.invitation_id is not None or registration.takes_place is False


def are_invited() -> ColumnElement[bool]:
    """The same as a condition of a query."""
    return or_(Registration.invitation_id.is_not(None), ~Registration.takes_place)


def days_when(*, invited: bool, days: Iterable[EventDay]) -> list[EventDay]:
    """The same for someone who has not registered yet."""
    return [day for day in days if invited or not day.invited_only]
