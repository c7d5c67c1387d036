"""A mail server that delivers nothing and keeps everything: `python -m app.dev.catcher`, on MAIL_PORT."""

import signal
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

import config
from app.dev.mailbox import Mailbox


class Catcher:
    """Accepts every message and keeps it as it came."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        self._mailbox.keep(envelope.original_content or b"")
        return "250 2.0.0 Caught"


def run(settings: config.Settings) -> None:
    """Catch mail until SIGTERM or SIGINT."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    controller = Controller(Catcher(Mailbox(settings.caught_mail)), hostname="127.0.0.1", port=settings.mail_port)
    controller.start()
    stop.wait()
    controller.stop()


if __name__ == "__main__":
    run(config.load())
