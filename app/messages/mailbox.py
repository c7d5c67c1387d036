"""A mailbox of incoming mail, by IMAP over verified TLS with time-outs. Its faults are imaplib's and OSError."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from app.messages.incoming import LARGEST
from config import Settings


class Mailbox:
    """An open folder. What a person has to look at is flagged there and not read again."""

    def __init__(self, line: imaplib.IMAP4, handled_folder: str | None) -> None:
        self._line = line
        self._handled_folder = handled_folder and f'"{handled_folder}"'

    def waiting(self) -> list[str]:
        """The UIDs of the mails that nobody has handled or flagged, the oldest first."""
        found = self._do("SEARCH", "UNFLAGGED UNDELETED")
        return found[0].decode().split() if found and isinstance(found[0], bytes) else []

    def fetch(self, uid: str) -> bytes | None:
        """The beginning of a mail, as far as it is read; None when another worker has taken it away meanwhile."""
        answer = self._do("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
        return next((part[1] for part in answer if isinstance(part, tuple)), None)

    def put_away(self, uid: str) -> None:
        """Into the folder of handled mail, or away for good when there is none."""
        if self._handled_folder:
            self._copy(uid, self._handled_folder)
        self._do("STORE", uid, r"+FLAGS.SILENT (\Deleted)")
        _checked(self._line.expunge())

    def leave_to_a_person(self, uid: str) -> None:
        self._do("STORE", uid, r"+FLAGS.SILENT (\Seen \Flagged)")

    def _copy(self, uid: str, folder: str) -> None:
        if self._line.uid("COPY", uid, folder)[0] != "OK":  # the first time there is no such folder
            self._line.create(folder)
            self._do("COPY", uid, folder)

    def _do(self, *command: str) -> list[Any]:
        return _checked(self._line.uid(*command))


@contextmanager
def opened(settings: Settings) -> Iterator[Mailbox]:
    """The mailbox of the settings; the line is closed afterwards, whatever happened."""
    trust = ssl.create_default_context(cafile=settings.imap_ca_file)
    host, port = str(settings.imap_host), settings.imap_port
    line = imaplib.IMAP4_SSL(host, port, ssl_context=trust, timeout=settings.imap_timeout_seconds)
    try:
        password = settings.imap_password.get_secret_value() if settings.imap_password else ""
        line.login(str(settings.imap_username), password)
        _checked(line.select(f'"{settings.imap_folder}"'))
        yield Mailbox(line, settings.imap_handled_folder)
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            line.logout()


def _checked(answer: tuple[str, list[Any]]) -> list[Any]:
    if answer[0] != "OK":
        raise imaplib.IMAP4.error("the mailbox refuses a command")
    return answer[1]
