"""Caught mail: one file a message, named so that the names sort by when it came."""

import re
import time
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path
from secrets import token_hex

NAME = re.compile(r"[0-9]{20}-[0-9a-f]{8}")


@dataclass(frozen=True)
class Caught:
    """What a list tells of a message. `date` is the instant in its Date header."""

    id: str
    to: str
    subject: str
    date: datetime


class Mailbox:
    """A folder of .eml files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, raw: bytes) -> None:
        """Keep a message exactly as it came. Readers never see half of it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns():020d}-{token_hex(4)}"
        half = self._folder / f"{name}.part"
        half.write_bytes(raw)
        half.rename(self._folder / f"{name}.eml")

    def all(self) -> list[Caught]:
        """Every message, newest first."""
        return [_caught(path) for path in sorted(self._folder.glob("*.eml"), reverse=True)]

    def raw(self, id_: str) -> bytes | None:
        """The message as it came, or None when there is none of that id."""
        path = self._folder / f"{id_}.eml"
        return path.read_bytes() if NAME.fullmatch(id_) and path.is_file() else None

    def message(self, id_: str) -> EmailMessage | None:
        raw = self.raw(id_)
        return None if raw is None else _parsed(raw)


def _caught(path: Path) -> Caught:
    with path.open("rb") as file:
        headers = BytesHeaderParser(policy=policy.default).parse(file)
    return Caught(path.stem, str(headers["To"]), str(headers["Subject"]), headers["Date"].datetime)


def _parsed(raw: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(raw)
