"""A small IMAP server in a thread, over TLS: as much of RFC 3501 as reading one mailbox takes."""

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CERTIFICATE = Path(__file__).parent / "messages" / "self_signed.pem"


@dataclass
class ImapServer:
    """What its folders hold. `refuses` names a command that it says no to."""

    folders: dict[str, dict[int, bytes]] = field(default_factory=lambda: {"INBOX": {}})
    flags: dict[int, set[str]] = field(default_factory=dict)
    refuses: str = ""
    sign_ins: int = 0
    port: int = 0

    def deliver(self, *mails: bytes) -> None:
        for raw in mails:
            uid = len(self.flags) + 1
            self.folders["INBOX"][uid], self.flags[uid] = raw, set()

    @property
    def inbox(self) -> list[bytes]:
        return list(self.folders["INBOX"].values())

    # the commands; each returns its untagged answers, or None for NO

    def login(self, arguments: str) -> list[bytes] | None:
        self.sign_ins += 1
        return [] if arguments == 'palautus "sala sana"' else None

    def select(self, _arguments: str) -> list[bytes] | None:
        return [f"{len(self.inbox)} EXISTS".encode()]

    def uid_search(self, _arguments: str) -> list[bytes] | None:
        waiting = [uid for uid in self.folders["INBOX"] if not self.flags[uid] & {r"\Flagged", r"\Deleted"}]
        return [b"SEARCH " + " ".join(map(str, waiting)).encode()]

    def uid_fetch(self, arguments: str) -> list[bytes] | None:
        uid, most = re.findall(r"^(\d+) .*<0\.(\d+)>", arguments)[0]
        raw = self.folders["INBOX"][int(uid)][: int(most)]
        return [b"1 FETCH (UID %s BODY[]<0> {%d}\r\n%s)" % (uid.encode(), len(raw), raw)]

    def uid_store(self, arguments: str) -> list[bytes] | None:
        self.flags[int(arguments.split()[0])] |= set(re.findall(r"\\\w+", arguments))
        return []

    def uid_copy(self, arguments: str) -> list[bytes] | None:
        uid, folder = arguments.split(" ", 1)
        if folder.strip('"') not in self.folders:
            return None
        self.folders[folder.strip('"')][int(uid)] = self.folders["INBOX"][int(uid)]
        return []

    def create(self, arguments: str) -> list[bytes] | None:
        self.folders[arguments.strip('"')] = {}
        return []

    def expunge(self, _arguments: str) -> list[bytes] | None:
        for uid in [uid for uid in self.folders["INBOX"] if r"\Deleted" in self.flags[uid]]:
            del self.folders["INBOX"][uid]
        return []


@contextmanager
def running() -> Iterator[ImapServer]:
    """A server on a free port of this machine, with the tests' self-signed certificate."""
    server = ImapServer()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)

    class Talk(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with (
                suppress(OSError),  # a client that does not trust us
                context.wrap_socket(self.request, server_side=True) as line,
                line.makefile("rwb", buffering=0) as words,
            ):
                words.write(b"* OK ready\r\n")
                while command := words.readline():
                    words.write(_answer(server, command.decode().rstrip("\r\n")))

    class Threads(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """A line that the client cut."""

    with Threads(("127.0.0.1", 0), Talk) as sockets:
        server.port = sockets.server_address[1]
        threading.Thread(target=sockets.serve_forever, daemon=True).start()
        yield server
        sockets.shutdown()


def _answer(server: ImapServer, line: str) -> bytes:
    tag, command, *rest = line.split(" ", 2)
    arguments = rest[0] if rest else ""
    if command == "UID":
        command, _, arguments = arguments.partition(" ")
        command = f"UID_{command}"
    if command == "CAPABILITY":
        untagged: list[bytes] | None = [b"CAPABILITY IMAP4rev1"]
    elif command == "LOGOUT":
        untagged = [b"BYE"]
    else:
        untagged = None if command == server.refuses else getattr(server, command.lower())(arguments)
    if untagged is None:
        return f"{tag} NO refused\r\n".encode()
    return b"".join(b"* " + one + b"\r\n" for one in untagged) + f"{tag} OK done\r\n".encode()
