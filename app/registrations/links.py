"""Personal links: derived, so that any later mail can hold the same one; looked up by their SHA-256.

token = HMAC-SHA-256(link key, purpose, registration uuid, generation). The link key is not in the database, so a
stolen database opens nothing; raising the generation makes all old links of a registration dead.
"""

from enum import StrEnum

from flask import current_app

from app.link_tokens import address as address
from app.link_tokens import derived
from app.link_tokens import digest as digest
from app.registrations.models import Group, Registration


class Purpose(StrEnum):
    MANAGE = "manage"
    JOIN = "join"
    ADDRESS = "address"
    HANDOVER = "handover"
    GROUP = "group"
    INVITATION = "invitation"
    UNSUBSCRIBE = "unsubscribe"
    WISH = "wish"


def token(purpose: Purpose, whose: Registration | Group, detail: str = "") -> str:
    """43 URL-safe characters; `detail` binds the link to one matter, such as one new address."""
    return derived(purpose, whose.uuid, str(whose.link_generation), detail)


def invitation_token(invitation_uuid: str) -> str:
    """What an invitation's link ends with; the organisers' page shows it again whenever it is asked."""
    return derived(Purpose.INVITATION, invitation_uuid)


def unsubscribe_token(email_key: str) -> str:
    """22 characters (132 bits), so that a header holds the address in one line. The same for ever for one address."""
    return derived(Purpose.UNSUBSCRIBE, email_key)[:22]


def wish_token(event_uuid: str, email_key: str) -> str:
    """The link of someone who wishes to hear when an event's registration opens; short for the same reason."""
    return derived(Purpose.WISH, event_uuid, email_key)[:22]


def seal(registration: Registration) -> None:
    """Write the hashes of the current generation's links into the registration."""
    registration.manage_link_hash = digest(token(Purpose.MANAGE, registration))
    registration.join_link_hash = digest(token(Purpose.JOIN, registration))
    registration.unsubscribe_link_hash = digest(unsubscribe_token(registration.email_key))


def manage_url(registration: Registration) -> str:
    return address(f"/r/{token(Purpose.MANAGE, registration)}")


def invitation_url(invitation_uuid: str) -> str:
    return address(f"/i/{invitation_token(invitation_uuid)}")


def offer_url(registration: Registration) -> str:
    """Where an offered place is accepted or declined."""
    return manage_url(registration) + "/offer"


def coming_url(registration: Registration) -> str:
    """Where someone who was asked says whether they are still coming."""
    return manage_url(registration) + "/coming"


def group_url(group: Group) -> str:
    """Where a contact sees and changes the group."""
    return address(f"/g/{token(Purpose.GROUP, group)}")


def join_url(registration: Registration) -> str:
    return address(f"/j/{token(Purpose.JOIN, registration)}")


def unsubscribe_url(registration: Registration) -> str:
    """Where the registration's address stops optional mail. Call it in a write transaction.

    A registration older than these links gets the hash of its own with the first mail that holds one.
    """
    token = unsubscribe_token(registration.email_key)
    if registration.unsubscribe_link_hash is None:
        registration.unsubscribe_link_hash = digest(token)
    return address(f"/u/{token}")


def contact() -> str:
    """The address that answers when an event names none of its own."""
    return current_app.config["SETTINGS"].contact_email
