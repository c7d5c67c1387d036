"""A real calendar server (Radicale) in a thread, and a client (caldav) of it: what a phone would sync with."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import caldav
import radicale
import radicale.config
from icalendar import Calendar

MINUTE = timedelta(minutes=1)


class CalendarOnServer:
    """One person's calendar. METHOD belongs to mails and downloads; what is stored has none (RFC 4791, section 4.1)."""

    def __init__(self, client: caldav.DAVClient) -> None:
        self._client = client
        self._calendar = client.principal().make_calendar("own")

    def put(self, name: str, ics: bytes) -> int:
        """Store a resource; returns the status of the answer."""
        stored = ics.replace(b"METHOD:PUBLISH\r\n", b"").replace(b"METHOD:REQUEST\r\n", b"")
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        return int(self._client.put(f"{self._calendar.url}{name}.ics", stored.decode(), headers).status)

    def busy_in_the_minute_from(self, instant: datetime) -> set[str]:
        """The UIDs of what the server finds to be going on: it evaluates the time zones, not the client."""
        found = self._calendar.search(start=instant, end=instant + MINUTE, event=True)
        return {str(entry["UID"]) for event in found for entry in Calendar.from_ical(event.data).walk("VEVENT")}


@contextmanager
def running(folder: Path) -> Iterator[CalendarOnServer]:
    settings = radicale.config.load()
    own = {"storage": {"filesystem_folder": str(folder)}, "auth": {"type": "none"}, "logging": {"level": "critical"}}
    settings.update(own, "test", privileged=True)
    server = make_server("127.0.0.1", 0, radicale.Application(settings), handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/"
        with caldav.DAVClient(address, username="maria", password="any") as client:
            yield CalendarOnServer(client)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass
