"""A message as mail: the MIME structure that Outlook, Gmail and Thunderbird read as an invitation, and safe headers."""

from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from functools import lru_cache
from typing import Any

import flask_mail

from app.messages import addresses
from app.messages.models import Message


class _MailPolicy(EmailPolicy):
    """CRLF and 7-bit. Headers beyond ASCII are encoded whole: Python's own folding loses spaces between the words."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        if {"\r", "\n"} & set(str(value)):  # the standard library lets a break at the very end through
            raise ValueError(f"a line break in {name}")
        if type(value) is str and _is_repeated(name, value):
            return _parsed(self, name, value)
        return super().header_store_parse(name, value)

    def header_max_count(self, name: str) -> int | None:
        return _max_count(self, name)

    def fold(self, name: str, value: Any) -> str:
        return _folded(self, name, value) if _is_repeated(name, str(value)) else self.fold_anew(name, value)

    def fold_anew(self, name: str, value: Any) -> str:
        if name == "List-Unsubscribe":  # in one line: folded, some servers' DKIM check fails on it
            return f"{name}: {value}{self.linesep}"
        if str(value).isascii():
            return str(super().fold(name, value))
        if not hasattr(value, "addresses"):
            return f"{name}: {self._encoded(name, str(value))}{self.linesep}"
        (address,) = value.addresses
        return f"{name}: {self._encoded(name, address.display_name)}{self.linesep} <{address.addr_spec}>{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii")

    def _encoded(self, name: str, text: str) -> str:
        return Header(text, "utf-8", header_name=name).encode(linesep=self.linesep)


def _is_repeated(name: str, value: str) -> bool:
    """Whether a header stands alike in mail after mail: reading and folding it is half the work of writing one."""
    return name.lower() not in _EACH_ITS_OWN and "boundary=" not in value


@lru_cache(maxsize=256)
def _max_count(policy: EmailPolicy, name: str) -> int | None:
    return EmailPolicy.header_max_count(policy, name)


@lru_cache(maxsize=256)
def _parsed(policy: EmailPolicy, name: str, value: str) -> tuple[str, Any]:
    return EmailPolicy.header_store_parse(policy, name, value)


@lru_cache(maxsize=256)
def _folded(policy: _MailPolicy, name: str, value: Any) -> str:
    return policy.fold_anew(name, value)


_EACH_ITS_OWN = {"to", "date", "message-id", "list-unsubscribe"}
POLICY = _MailPolicy(linesep="\r\n", cte_type="7bit", raise_on_defect=False)


class Mail(flask_mail.Message):
    """Flask-Mail's message, written by the standard library's modern mail classes.

    With a calendar (RFC 6047) the first child of multipart/mixed is the alternative whose last part is the calendar;
    the same bytes follow as an attachment, for clients that look only there. A line break in any header raises
    ValueError, whichever field it came by.
    """

    def __init__(self, message: Message, *, sender: Address) -> None:
        self.recipient = Address(message.recipient_name, addr_spec=addresses.as_sent(message.recipient))
        super().__init__(
            subject=message.subject,
            recipients=[self.recipient.addr_spec],
            sender=sender.addr_spec,
            reply_to=addresses.as_sent(message.reply_to) if message.reply_to else None,
            body=message.text,
            html=message.html,
            date=message.dated_at.timestamp(),
        )
        self.author = sender
        self.msgId = message.message_id
        self.row = message

    def _message(self) -> EmailMessage:  # type: ignore[override] # the modern class instead of MIMEBase
        mail = EmailMessage(policy=POLICY)
        mail["From"] = self.author
        mail["To"] = self.recipient
        mail["Subject"] = self.subject
        mail["Date"] = self.row.dated_at
        mail["Message-ID"] = self.msgId
        if self.reply_to:
            mail["Reply-To"] = self.reply_to
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's vacation reply comes back
        mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # Exchange's own; not All, which would stop bounces too
        if self.row.unsubscribe_url:
            mail["List-Unsubscribe"] = f"<{self.row.unsubscribe_url}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail.set_content(self.body or "", cte="quoted-printable")
        if self.html:
            mail.add_alternative(self.html, subtype="html", cte="quoted-printable")
        if self.row.calendar is not None:
            self._add_calendar(mail, self.row.calendar)
        mail["Content-Language"] = self.row.language  # last: what comes later takes Content-* headers for its own
        for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
            part.set_boundary(f"=_{number}.{self.row.uuid}")  # every try sends the same bytes
        return mail

    def _add_calendar(self, mail: EmailMessage, calendar: bytes) -> None:
        mail.add_alternative(
            calendar.decode(),
            subtype="calendar",
            charset="utf-8",
            cte="quoted-printable",
            params={"method": self.row.calendar_method},
        )
        mail.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")
