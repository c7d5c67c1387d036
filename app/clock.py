"""The only source of time. Instants are aware and in UTC; people read and write Europe/Helsinki wall time."""

from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


class ImpossibleLocalTime(ValueError):
    """A wall time that the clocks in Helsinki skip in March ("missing") or show two times in October ("twice")."""

    def __init__(self, local: datetime, reason: Literal["missing", "twice"]) -> None:
        super().__init__(f"{local:%Y-%m-%d %H:%M} is {reason} in Helsinki")
        self.reason = reason


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def helsinki(instant: datetime) -> datetime:
    """The same instant as aware Helsinki wall time. A naive datetime is refused with ValueError."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(HELSINKI)


def helsinki_to_utc(day: date, wall_time: time) -> datetime:
    """The instant, in UTC, of a wall time that a person typed.

    Raises ImpossibleLocalTime when the clock change skips the time or shows it twice; the caller words the reason.
    """
    local = datetime.combine(day, wall_time.replace(fold=0, tzinfo=None), HELSINKI)
    earlier_rule, later_rule = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    if earlier_rule != later_rule:
        raise ImpossibleLocalTime(local, "twice" if earlier_rule < later_rule else "missing")
    return earlier_rule
