"""`python -m bench`: registrations, pages and exports, on SQLite and PostgreSQL, as one JSON object."""

import gzip
import io
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from sqlalchemy import event as listening

from app.database import db
from app.events.models import Attendance
from bench import clients, forms, mailing, visitors
from bench.forms import Form
from bench.growth import growth
from bench.servers import Server, database, prepared, serving, tend
from scripts import postgres
from tests import builders

ROUNDS = 3
VISITORS = 8
EACH = 40
LISTED = 5_000
KINDS = ("sqlite", "postgresql")
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def main() -> None:
    with postgres.server() as server_url:
        result = {
            "registering": {kind: registering(kind, server_url, forms.plain) for kind in KINDS},
            "registering_with_eight_questions_and_a_quota": {
                kind: registering(kind, server_url, forms.of_eight_questions) for kind in KINDS
            },
            "growth": {kind: growth(kind, server_url) for kind in KINDS},
            "statements_a_registration": statements_a_registration(),
            "pages": pages(),
            "reminders": {kind: mailing.reminders(kind, server_url) for kind in KINDS},
            "setup": {"processes": 2, "threads": 8, "visitors": VISITORS, "registrations": VISITORS * EACH * ROUNDS},
            "versions": {"python": sys.version.split()[0], "sqlite": sqlite3.sqlite_version},
        }
    json.dump(result, sys.stdout, indent=2)
    sys.stdout.write("\n")


def registering(kind: str, server_url: str, make: Callable[[], Form]) -> dict[str, Any]:
    """Rounds of ours and the bare app in turn, so that a machine that slows down slows both.

    `make` makes the event, and says where its form is and how a person fills it in.
    """
    with database(kind, server_url) as our_url, database(kind, server_url) as bare_url:
        with prepared(our_url):
            form = make()
        subprocess.run([sys.executable, "-m", "bench.bare"], env=os.environ | {"DATABASE_URL": bare_url}, check=True)
        rounds = []
        for _ in range(ROUNDS):
            with serving("wsgi:app", our_url) as ours:
                our_figures = _measure(ours, form)
            with serving("bench.bare:app", bare_url) as bare:
                bare_figures = _measure(bare, Form("/register", form.person))
            for url in (our_url, bare_url):
                tend(url)
            rounds.append((our_figures, bare_figures))
    ours_median, bare_median = (_medians([round_[side] for round_ in rounds]) for side in (0, 1))
    return {
        "kuntailmo": ours_median,
        "bare": bare_median,
        "share_of_bare_rate": round(
            statistics.median(ours["per_second"] / bare["per_second"] for ours, bare in rounds), 3
        ),
    }


def _measure(server: Server, form: Form) -> dict[str, float]:
    visitors.register(server.url, form.path, visitors=VISITORS, each=3, person=form.person)
    cpu_before = server.cpu_seconds()
    seconds = visitors.register(server.url, form.path, visitors=VISITORS, each=EACH, person=form.person)
    made = VISITORS * EACH
    return {"per_second": made / seconds, "cpu_ms_each": 1000 * (server.cpu_seconds() - cpu_before) / made}


def _medians(figures: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(one[name] for one in figures), 2) for name in figures[0]}


def statements_a_registration() -> int:
    """SQL statements of one sent registration form, transaction control left out."""
    with database("sqlite", None) as url, prepared(url):
        slug = builders.event().slug
        client = clients.client()
        form = client.get(f"/fi/events/{slug}/register")
        statements: list[str] = []
        listening.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
        answer = client.submit(
            form, given_name="Åsa", family_name="Östberg", email="asa@espoo.fi", municipality="049", language="fi"
        )
        assert answer.history, "the form was not accepted"
        posting = next(
            at
            for at, statement in enumerate(statements)
            if "registration_attempt" in statement and "INSERT" in statement
        )
        return sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in statements[: posting + 1])


def pages() -> dict[str, Any]:
    """The event page, and the organiser's list and its XLSX at 5,000 registrations."""
    with database("sqlite", None) as url:
        with prepared(url):
            event = builders.event(attendance=Attendance.HYBRID)
            slug, event_id = event.slug, event.id
            builders.many_registrations(event, LISTED)
            client = clients.client()
            builders.signed_in(client)
            listed = f"/staff/events/{event_id}/registrations"
            page = client.get(listed)
            list_figures = {
                "registrations": LISTED,
                "page_ms": _milliseconds(lambda: client.get(listed, check_html=False), 15),
                "page_bytes": len(page.data),
                "xlsx_ms": _milliseconds(lambda: client.get(f"/staff/events/{event_id}/municipalities.xlsx"), 3),
            }
        with serving("wsgi:app", url) as server:
            return {"event_page": _event_page(f"{server.url}/fi/events/{slug}"), "list": list_figures}


def _event_page(address: str) -> dict[str, Any]:
    html, bytes_html = _fetch(address)
    origin = address.split("/fi/")[0]
    assets = {asset: _fetch(origin + asset)[1] for asset in sorted(set(ASSET.findall(html.decode())))}
    began, count = time.perf_counter(), 200
    for _ in range(count):
        _fetch(address)
    return {
        "first_visit_bytes": bytes_html + sum(assets.values()),
        "html_bytes": bytes_html,
        "per_second_one_visitor": round(count / (time.perf_counter() - began), 1),
    }


def _fetch(address: str) -> tuple[bytes, int]:
    """A page's content and how many bytes came over the line."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as response:
        sent = response.read()
        packed = response.headers.get("Content-Encoding") == "gzip"
    return (gzip.GzipFile(fileobj=io.BytesIO(sent)).read() if packed else sent), len(sent)


def _milliseconds(work: Callable[[], Any], times: int) -> float:
    """The median of some runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return round(statistics.median(taken), 1)


if __name__ == "__main__":
    main()
