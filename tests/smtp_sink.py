"""A real SMTP server in a thread, whose mood a test can script. It keeps what it accepted, byte for byte."""

import email.policy
import socket
import ssl
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 2.0.0 Accepted"
DROP = "drop"  # as an answer: the line is cut instead


@dataclass(frozen=True)
class Caught:
    """One accepted message, as it came over the wire."""

    sender: str
    recipient: str
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        return BytesParser(policy=email.policy.default).parsebytes(self.raw)

    @property
    def message_id(self) -> str:
        return str(self.mail["Message-ID"])


@dataclass
class SmtpSink:
    """Answers what the test has told it to. `answer_*` may be a phrase, or a function of the recipient."""

    caught: list[Caught] = field(default_factory=list)
    helo: set[str] = field(default_factory=set)
    lines: int = 0
    answer_sender: str = OK
    answer_recipient: Callable[[str], str] | str = OK
    answer_data: Callable[[str], str] | str = OK
    port: int = 0
    password: str = "right"
    close_the_door: Callable[[], None] = lambda: None

    def to(self, recipient: str) -> list[Caught]:
        return [caught for caught in self.caught if caught.recipient == recipient]

    # what aiosmtpd calls

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.helo.add(hostname)
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answer_sender == OK:
            envelope.mail_from = address
        return self.answer_sender

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = _answer(self.answer_recipient, address)
        if answer == DROP:
            _cut(server)
        elif answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        (recipient,) = envelope.rcpt_tos
        answer = _answer(self.answer_data, recipient)
        if answer in {OK, DROP}:  # a line cut after DATA: the server may well have kept the message
            self.caught.append(Caught(str(envelope.mail_from), recipient, envelope.original_content or b""))
        if answer == DROP:
            _cut(server)
        return answer

    async def handle_AUTH(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, arguments: list[str]
    ) -> str:
        password = b64decode(arguments[1]).split(b"\0")[2].decode()
        return "235 2.7.0 Welcome" if password == self.password else "535 5.7.8 Wrong user name or password"


class _Controller(Controller):
    def factory(self) -> SMTP:
        self.handler.lines += 1
        return super().factory()


@contextmanager
def running(*, tls: ssl.SSLContext | None = None, sign_in: bool = False, port: int = 0) -> Iterator[SmtpSink]:
    """A sink on a free port (or `port`), with STARTTLS if given a certificate, with AUTH offered if told so."""
    sink = SmtpSink(port=port or free_port())
    options: dict[str, Any] = {"tls_context": tls, "require_starttls": tls is not None, "auth_require_tls": not sign_in}
    controller = _Controller(sink, hostname="127.0.0.1", port=sink.port, **options)
    controller.start()
    sink.lines = 0  # starting tries the door once
    sink.close_the_door = lambda: controller.server.close()
    try:
        yield sink
    finally:
        controller.stop()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def silent() -> Iterator[int]:
    """A server that takes the call and then says nothing; yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield int(listener.getsockname()[1])


def _answer(scripted: Callable[[str], str] | str, recipient: str) -> str:
    return scripted if isinstance(scripted, str) else scripted(recipient)


def _cut(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.abort()
