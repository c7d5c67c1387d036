"""Optional mail, such as reminders: an address may refuse it, and that never touches a registration.

What tells how a place stands (confirmed, changed, withdrawn, called off) is not optional and is always sent.
"""

from collections.abc import Iterable

from sqlalchemy import select

from app import clock
from app.database import db
from app.registrations import links
from app.registrations.mail_models import OptionalMailRefusal
from app.registrations.models import Registration


def refuses(email_key: str) -> bool:
    """Whether this address (folded) wants no optional mail."""
    return bool(refusing([email_key]))


def refusing(email_keys: Iterable[str]) -> set[str]:
    """Which of these addresses want no optional mail."""
    query = select(OptionalMailRefusal.email_key).where(OptionalMailRefusal.email_key.in_(set(email_keys)))
    return set(db.session.scalars(query))


def by_token(token: str, *, to_change: bool = False) -> Registration | None:
    """The latest registration of the address that a link belongs to; `to_change` locks it.

    The lock keeps two clicks on the same link apart. None when the link is none, or all its data has been erased.
    """
    query = select(Registration).where(Registration.unsubscribe_link_hash == links.digest(token))
    query = query.order_by(Registration.id.desc()).limit(1)
    return db.session.scalar(query.with_for_update() if to_change else query)


def refuse(email_key: str) -> bool:
    """No more optional mail to this address. False when it had been refused already. Does not commit."""
    if refuses(email_key):
        return False
    db.session.add(OptionalMailRefusal(email_key=email_key, refused_at=clock.now()))
    return True


def allow_again(email_key: str) -> None:
    """Optional mail may come again. Does not commit."""
    if refusal := db.session.get(OptionalMailRefusal, email_key):
        db.session.delete(refusal)
