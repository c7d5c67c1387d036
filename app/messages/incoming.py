"""Mail that comes in: what kind of mail it is, read no deeper than that needs. Nothing here answers anybody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail
from email.utils import parseaddr
from enum import StrEnum
from uuid import UUID

from flask import current_app

from app.messages import return_addresses
from app.messages.addresses import folded

LARGEST = 1024 * 1024  # bytes that are read of one mail; what a report or a reply says stands at its beginning
DELIVERED_TO = ("X-Original-To", "Delivered-To", "Envelope-To", "To")
METHOD_IS_REPLY = re.compile(r"^METHOD:\s*REPLY\s*$", re.MULTILINE | re.IGNORECASE)


class Kind(StrEnum):
    OWN = "own"  # our own mail, come back or copied
    REPORT = "report"  # how a delivery went further on: a bounce, a delay
    CALENDAR_REPLY = "calendar-reply"
    AUTOMATIC = "automatic"  # out of office, read receipts
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Incoming:
    """One mail that came in. `returned` is the uuid of our message that its address stands for."""

    kind: Kind
    mail: Mail
    returned: UUID | None = None
    calendar_reply: str = ""


def read(raw: bytes, *, recipient: str = "") -> Incoming:
    """Tell what kind of mail it is. `recipient` is the envelope's, where the mail server tells it.

    Nothing is asked of the sender's address: a calendar may answer for a shared mailbox, from any other. A calendar
    reply counts as one even when a machine sent it.
    """
    mail = message_from_bytes(raw[:LARGEST])
    delivered_to = [recipient, *(str(value) for name in DELIVERED_TO for value in mail.get_all(name, []))]
    returned = return_addresses.message_meant(" ".join(delivered_to))
    if _is_our_own(mail):
        return Incoming(Kind.OWN, mail)
    if _is_report(mail):
        return Incoming(Kind.REPORT, mail, returned)
    if reply := _calendar_reply(mail):
        return Incoming(Kind.CALENDAR_REPLY, mail, calendar_reply=reply)
    if _is_automatic(mail):
        return Incoming(Kind.AUTOMATIC, mail)
    return Incoming(Kind.REPORT if returned else Kind.UNKNOWN, mail, returned)


def _is_our_own(mail: Mail) -> bool:
    sender = parseaddr(str(mail.get("From", "")))[1]
    return folded(sender) == folded(current_app.config["SETTINGS"].mail_sender)


def _is_report(mail: Mail) -> bool:
    about = str(mail.get_param("report-type", "")).lower()
    return mail.get_content_type() == "multipart/report" and about == "delivery-status"


def _is_automatic(mail: Mail) -> bool:
    """RFC 3834, what older servers write instead of it, and receipts that a mail was read (RFC 8098)."""
    submitted = str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    by_habit = any(name in mail for name in ("X-Autoreply", "X-Autorespond"))
    return submitted != "no" or by_habit or mail.get_content_type() == "multipart/report"


def _calendar_reply(mail: Mail) -> str:
    """The first calendar in it that is a reply. The METHOD inside decides, not what the part's header says."""
    for part in _own_parts(mail):
        if part.get_content_type() in {"text/calendar", "application/ics"}:
            text = _text(part)
            if METHOD_IS_REPLY.search(text):
                return text
    return ""


def _own_parts(mail: Mail) -> Iterator[Mail]:
    """The parts of this mail, not those of a mail that is forwarded in it."""
    waiting = [mail]
    while waiting:
        part = waiting.pop(0)
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += [one for one in inner if isinstance(one, Mail)]
        else:
            yield part


def _text(part: Mail) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:  # a character set that nobody knows
        return content.decode(errors="replace")
