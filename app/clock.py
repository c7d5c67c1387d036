"""The only source of time. Instants are aware and in UTC; people read and write Europe/Helsinki wall time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)
