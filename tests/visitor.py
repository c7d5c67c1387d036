"""A browser in a thread, over a real connection: for races and for benchmarks, where many act at once."""

import http.client
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
Result = TypeVar("Result")


@dataclass
class Answer:
    status: int
    location: str
    body: str


@dataclass
class Visitor:
    """Keeps its connection, its cookies and the hidden fields of the form it has opened."""

    server: str
    cookies: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(self.server).netloc, timeout=120)

    def open(self, path: str) -> Answer:
        """Fetch a page, and remember the hidden fields of its form."""
        answer = self._request("GET", path)
        fields = [dict(_ATTRIBUTE.findall(tag)) for tag in _HIDDEN.findall(answer.body)]
        self.hidden = {one["name"]: one.get("value", "") for one in fields}
        return answer

    def close(self) -> None:
        self._connection.close()

    def send(self, path: str, **fields: str) -> Answer:
        """Post the form that was opened; the redirect is not followed."""
        return self._request("POST", path, urlencode(self.hidden | fields))

    def _request(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, response.headers.get("Location", ""), content)


def at_once(deeds: Sequence[Callable[[], Result]]) -> list[Result]:
    """Do all of it at the same moment, each in a thread of its own; what one raises is raised here."""
    start = threading.Barrier(len(deeds))
    results: list[Result] = []
    failures: list[Exception] = []

    def act(deed: Callable[[], Result]) -> None:
        start.wait()
        try:
            results.append(deed())
        except (OSError, http.client.HTTPException, AssertionError) as failure:
            failures.append(failure)

    threads = [threading.Thread(target=act, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return results
