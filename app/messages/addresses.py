"""Addresses that have refused mail: when to stop trying them, and when to try again."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from app.database import db
from app.messages.models import AddressFailure

GONE = {
    "5.1.1",
    "5.1.2",
    "5.1.10",
}  # RFC 3463: no such mailbox, no such domain, null MX (RFC 7505)
REFUSALS_ALLOWED = 3


def folded(address: str) -> str:
    """The address as it is compared and counted everywhere: case and white space do not matter."""
    return "".join(address.split()).casefold()


def ascii_domain(address: str) -> str:
    """The domain of an address as the wire carries it (IDNA). Raises ValueError for one that cannot be encoded."""
    return address.rpartition("@")[2].encode("idna").decode("ascii")


def as_sent(address: str) -> str:
    """The whole address as the wire carries it."""
    return f"{address.rpartition('@')[0]}@{ascii_domain(address)}"


def refused(address: str, *, enhanced_code: str | None, now: datetime) -> None:
    """Count a permanent refusal; an unknown mailbox or domain is believed at once, another reason the third time."""
    if not address:  # erased meanwhile
        return
    failure = db.session.get(AddressFailure, folded(address), with_for_update=True)
    if failure is None:
        failure = AddressFailure(address=folded(address), refusals=0)
        db.session.add(failure)
    failure.refusals += 1
    failure.last_refused_at = now
    if enhanced_code in GONE or failure.refusals >= REFUSALS_ALLOWED:
        failure.suppressed_at = failure.suppressed_at or now


def suppressed(candidates: Iterable[str]) -> set[str]:
    """Which of these addresses, folded, are no longer tried."""
    wanted = {folded(address) for address in candidates}
    query = select(AddressFailure.address).where(
        AddressFailure.address.in_(wanted), AddressFailure.suppressed_at.is_not(None)
    )
    return set(db.session.scalars(query))


def trust_again(address: str) -> None:
    """Forget what the address refused: someone asked for another try, or mail to it went through."""
    db.session.execute(delete(AddressFailure).where(AddressFailure.address == folded(address)))
