"""Personal links: derived, so that any later mail can hold the same one; looked up by their SHA-256.

token = HMAC-SHA-256(link key, purpose, registration uuid, generation). The link key is not in the database, so a
stolen database opens nothing; raising the generation makes all old links of a registration dead.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from enum import StrEnum

from flask import current_app

from app.registrations.models import Registration


class Purpose(StrEnum):
    MANAGE = "manage"
    JOIN = "join"
    ADDRESS = "address"
    INVITATION = "invitation"


def token(purpose: Purpose, registration: Registration, detail: str = "") -> str:
    """43 URL-safe characters; `detail` binds the link to one matter, such as one new address."""
    return _derived(purpose, registration.uuid, str(registration.link_generation), detail)


def invitation_token(invitation_uuid: str) -> str:
    """What an invitation's link ends with; the organisers' page shows it again whenever it is asked."""
    return _derived(Purpose.INVITATION, invitation_uuid)


def digest(link_token: str) -> str:
    """What the database holds of a link."""
    return hashlib.sha256(link_token.encode()).hexdigest()


def seal(registration: Registration) -> None:
    """Write the hashes of the current generation's links into the registration."""
    registration.manage_link_hash = digest(token(Purpose.MANAGE, registration))
    registration.join_link_hash = digest(token(Purpose.JOIN, registration))


def manage_url(registration: Registration) -> str:
    return address(f"/r/{token(Purpose.MANAGE, registration)}")


def invitation_url(invitation_uuid: str) -> str:
    return address(f"/i/{invitation_token(invitation_uuid)}")


def join_url(registration: Registration) -> str:
    return address(f"/j/{token(Purpose.JOIN, registration)}")


def address(path: str) -> str:
    """The public address of a path, for mails and calendars made outside a request."""
    return current_app.config["SETTINGS"].base_url + path


def contact() -> str:
    """The address that answers when an event names none of its own."""
    return current_app.config["SETTINGS"].contact_email


def _derived(*matter: str) -> str:
    key = current_app.config["SETTINGS"].link_key.get_secret_value()
    return urlsafe_b64encode(hmac.digest(key.encode(), "\n".join(matter).encode(), "sha256")).rstrip(b"=").decode()
