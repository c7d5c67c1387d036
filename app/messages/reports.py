"""Delivery reports as other servers write them (RFC 3464): what became of a mail, and which one of ours it was."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string
from email.message import Message as Mail
from enum import IntEnum
from uuid import UUID

from flufl.bounce import all_failures

from app.messages import return_addresses
from app.messages.incoming import Incoming

STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
MESSAGE_ID = re.compile(r"<k\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")  # as the outbox gives it


class Action(IntEnum):
    """What the reporting server did; of several recipients the worst counts."""

    DELIVERED = 0
    DELAYED = 1
    FAILED = 2


@dataclass(frozen=True)
class Report:
    action: Action
    code: str


ACTIONS = {
    "failed": Action.FAILED,
    "delayed": Action.DELAYED,
    "delivered": Action.DELIVERED,
    "relayed": Action.DELIVERED,
    "expanded": Action.DELIVERED,
}
BY_CLASS = {"5": Action.FAILED, "4": Action.DELAYED, "2": Action.DELIVERED}


def of(incoming: Incoming) -> Report | None:
    """What the mail reports; None when it cannot be told.

    A bounce in a server's own words is believed only when its address was ours, since anyone can write words.
    """
    found = [report for block in _recipients(incoming.mail) if (report := _of_recipient(block))]
    if found:
        return max(found, key=lambda report: report.action)
    return _in_own_words(incoming.mail) if incoming.returned else None


def message_meant(incoming: Incoming) -> UUID | None:
    """Which message of ours came back: by the address it came to, else by the headers that it returns."""
    if incoming.returned:
        return incoming.returned
    for headers in _returned_headers(incoming.mail):
        if by_address := return_addresses.message_meant(str(headers.get("Return-Path", ""))):
            return by_address
        if by_id := MESSAGE_ID.search(str(headers.get("Message-ID", ""))):
            return UUID(by_id[1])
    return None


def _recipients(mail: Mail) -> Iterator[Mail]:
    for part in mail.walk():
        blocks = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(blocks, list):
            yield from (block for block in blocks if isinstance(block, Mail))


def _of_recipient(block: Mail) -> Report | None:
    found = STATUS.search(str(block.get("Status", "")))
    said = STATUS.search(str(block.get("Diagnostic-Code", "")))
    code = found[0] if found else ""
    if said and (not code or (code.endswith(".0.0") and said[0][0] == code[0])):  # "other", where words say which
        code = said[0]
    word = str(block.get("Action", "")).strip().lower()
    action = ACTIONS.get(word) if word else BY_CLASS.get(code[:1])
    return None if action is None else Report(action, code or "5.0.0")


def _in_own_words(mail: Mail) -> Report | None:
    temporary, permanent = all_failures(mail)
    if permanent:
        return Report(Action.FAILED, "5.0.0")
    return Report(Action.DELAYED, "4.0.0") if temporary else None


def _returned_headers(mail: Mail) -> Iterator[Mail]:
    for part in mail.walk():
        inner = part.get_payload()
        if part.get_content_type() == "text/rfc822-headers" and isinstance(inner, str):
            yield message_from_string(inner)
        elif part.get_content_type() == "message/rfc822" and isinstance(inner, list):
            yield from (one for one in inner if isinstance(one, Mail))
