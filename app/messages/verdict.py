"""What a mail server's answer means for the message, for its address and for the whole queue."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from app.messages.models import Outcome

ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
PERSONAL = re.compile(r"\S*@\S*|https?://\S+")


class Stage(Enum):
    """Where in the conversation the server said no."""

    SENDER = auto()
    RECIPIENT = auto()
    DATA = auto()


@dataclass(frozen=True)
class Verdict:
    """How one attempt ended. `detail` is short and names nobody; `enhanced_code` is RFC 3463's, where given."""

    outcome: Outcome
    detail: str | None = None
    enhanced_code: str | None = None


def of_answer(stage: Stage, code: int, answer: bytes | str, *, recipient: str) -> Verdict:
    """The meaning of a refusing answer. An enhanced code says more than the basic one and beats it."""
    phrase = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    found = ENHANCED.search(phrase)
    enhanced = found[1] if found else None
    outcome = Outcome.TEMPORARY if (enhanced or str(code))[0] == "4" else _permanent(stage, code, enhanced or "")
    return Verdict(outcome, f"{code} {without_persons(phrase, recipient)}"[:120], enhanced)


def of_report(enhanced: str) -> Outcome:
    """The meaning of a report (RFC 3464) that an accepted mail was given up further on.

    What the recipient's server has against us or against the message is no fault of the address.
    """
    if enhanced.startswith("4."):
        return Outcome.TEMPORARY
    if enhanced.startswith("5.7."):
        return Outcome.POLICY
    return Outcome.CONTENT if enhanced == "5.3.4" or enhanced.startswith("5.6.") else Outcome.ADDRESS


def without_persons(phrase: str, recipient: str) -> str:
    """A server's phrase without addresses, links and the recipient's name in the mailbox."""
    mailbox = re.escape(recipient.partition("@")[0])
    phrase = PERSONAL.sub("…", phrase)
    return " ".join(re.sub(rf"\b{mailbox}\b", "…", phrase, flags=re.IGNORECASE).split())


def _permanent(stage: Stage, code: int, enhanced: str) -> Outcome:
    if stage is Stage.RECIPIENT:
        return Outcome.ADDRESS
    if enhanced == "5.3.4" or code == 552:  # too large: MAIL FROM already tells the size
        return Outcome.CONTENT
    if stage is Stage.SENDER:
        return Outcome.POLICY
    if enhanced.startswith("5.7.") or (code == 554 and not enhanced):
        return Outcome.POLICY
    if enhanced.startswith(("5.1.", "5.2.")):
        return Outcome.ADDRESS
    return Outcome.CONTENT
