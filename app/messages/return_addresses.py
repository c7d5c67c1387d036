"""Each mail's envelope sender is an address of its own (VERP), so what comes back names its message by itself.

`bounces+<token>@…`, where the token is the message's uuid and 72 bits of an HMAC under the link key, in base32, which
outlives servers that change the case of letters. So nothing is stored, the row is found by its uuid, and whoever has
seen a Message-ID still cannot make the token and report another person's mail as returned.
"""

import hmac
import re
from base64 import b32decode, b32encode
from uuid import UUID

from flask import current_app

from app.messages import addresses
from app.messages.models import Message

MAC_BYTES = 9  # with the 16 of the uuid they fill 40 characters, no padding


def of(message: Message) -> str | None:
    """The address that a server returns this mail to; None when the installation has set no BOUNCE_ADDRESS."""
    if not (name_and_domain := _name_and_domain()):
        return None
    name, domain = name_and_domain
    return f"{name}+{_token(message.uuid)}@{domain}"


def message_meant(text: str) -> UUID | None:
    """The uuid of the message that a return address of ours in `text` stands for; None if there is no true one."""
    if not (name_and_domain := _name_and_domain()):
        return None
    name, domain = map(re.escape, name_and_domain)
    for token in re.findall(rf"\b{name}\+([a-z2-7]{{40}})@{domain}", text, re.IGNORECASE):
        uuid = UUID(bytes=b32decode(token.upper())[:-MAC_BYTES])
        if hmac.compare_digest(_token(uuid), token.lower()):
            return uuid
    return None


def _token(uuid: UUID) -> str:
    key = current_app.config["SETTINGS"].link_key.get_secret_value()
    mac = hmac.digest(key.encode(), b"bounce\n" + uuid.bytes, "sha256")[:MAC_BYTES]
    return b32encode(uuid.bytes + mac).decode().lower()


def _name_and_domain() -> tuple[str, str] | None:
    address = current_app.config["SETTINGS"].bounce_address
    if not address:
        return None
    name, _, domain = addresses.as_sent(address).rpartition("@")
    return name, domain
