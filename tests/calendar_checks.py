"""Witnesses for calendar objects: libical judges them, khal and ical.js say what a person's calendar would show."""

import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

PROJECT = Path(__file__).parent.parent
PROGRAMS = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

KHAL_SETTINGS = """\
[calendars]
[[own]]
path = {folder}/calendar
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Europe/Helsinki
default_timezone = Europe/Helsinki
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
"""

READ_WITH_ICAL_JS = """\
const ICAL = require("ical.js");
const calendar = new ICAL.Component(ICAL.parse(require("fs").readFileSync(0, "utf8")));
calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
const seen = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    starts: event.startDate.toJSDate().toISOString(),
    ends: event.endDate.toJSDate().toISOString(),
    summary: event.summary,
    description: event.description ?? "",
    location: event.location ?? "",
    status: component.getFirstPropertyValue("status") ?? "",
  };
});
console.log(JSON.stringify(seen));
"""


@dataclass(frozen=True)
class Seen:
    """An event as a calendar program understood it; instants in UTC."""

    uid: str
    starts: datetime
    ends: datetime
    summary: str
    description: str
    location: str
    status: str


@cache
def require_libical() -> ctypes.CDLL:
    """libical, or a failure that says how to get it."""
    try:
        library = ctypes.CDLL("libical.so.3")
    except OSError:
        pytest.fail("libical is missing, which judges the calendars: apt-get install libical3")
    for name in ("icalparser_parse_string", "icalcomponent_as_ical_string"):
        getattr(library, name).restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    for name in ("icalrestriction_check", "icalcomponent_as_ical_string", "icalcomponent_free"):
        getattr(library, name).argtypes = [ctypes.c_void_p]
    library.icalerror_set_errors_are_fatal(0)
    return library


def libical_errors(ics: bytes) -> list[str]:
    """What libical finds against RFC 5545 and, for the calendar's METHOD, RFC 5546; nothing when all is well."""
    library = require_libical()
    component = library.icalparser_parse_string(ics)
    if not component:
        return ["libical cannot parse it"]
    try:
        accepted = library.icalrestriction_check(component)
        text = ctypes.string_at(library.icalcomponent_as_ical_string(component)).decode()
    finally:
        library.icalcomponent_free(component)
    errors = re.findall(r"^X-LIC-ERROR[^:]*:(.*)$", text.replace("\r\n ", ""), re.MULTILINE)
    return [error.strip() for error in errors] or ([] if accepted else ["libical refuses it without a reason"])


def byte_errors(ics: bytes) -> list[str]:
    """What is wrong with the lines themselves: their ends, their length in octets, their letters."""
    errors = []
    if re.search(rb"(?<!\r)\n|\r(?!\n)", ics) or not ics.endswith(b"\r\n"):
        errors.append("a line does not end with CRLF")
    errors += [f"longer than 75 octets: {line!r}" for line in ics.split(b"\r\n") if len(line) > 75]
    for line in ics.split(b"\r\n"):
        try:
            line.decode()
        except UnicodeDecodeError:
            errors.append(f"a letter is cut in two: {line!r}")
    return errors


def khal_events(*calendars: bytes) -> list[Seen]:
    """The events in a fresh khal after it has imported these calendars one after the other, by start."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "calendar").mkdir()
        (folder / "settings").write_text(KHAL_SETTINGS.format(folder=folder))
        for number, ics in enumerate(calendars):
            file = folder / f"{number}.ics"
            file.write_bytes(ics)
            _khal(folder, "import", "--batch", str(file))
        fields = ("uid", "title", "start-long-full", "end-long-full", "status", "location", "description")
        as_json = [argument for field in fields for argument in ("--json", field)]
        listed = _khal(folder, "list", "--once", *as_json, "2019-01-01", "8000d")
    days = [json.loads(line) for line in listed.splitlines() if line.startswith("[")]
    return [_seen_by_khal(event) for day in days for event in day]


def icaljs_events(ics: bytes) -> list[Seen]:
    """The events as ical.js reads them, in the order of the file."""
    if not (PROJECT / "node_modules" / "ical.js").is_dir():
        pytest.fail("ical.js is missing, which reads the calendars: make assets")
    read = _run([_program("node"), "--eval", READ_WITH_ICAL_JS], cwd=PROJECT, given=ics)
    return [
        Seen(**event | {moment: datetime.fromisoformat(event[moment]) for moment in ("starts", "ends")})
        for event in json.loads(read)
    ]


def _seen_by_khal(event: dict[str, str]) -> Seen:
    starts, ends = (
        datetime.fromisoformat(event[field]).replace(tzinfo=ZoneInfo("Europe/Helsinki")).astimezone(UTC)
        for field in ("start-long-full", "end-long-full")
    )
    texts = {field: event[field].strip() for field in ("uid", "description", "location", "status")}
    return Seen(starts=starts, ends=ends, summary=event["title"], **texts)


def _khal(folder: Path, *arguments: str) -> str:
    return _run([_program("khal"), "--config", str(folder / "settings"), *arguments], cwd=folder)


def _program(name: str) -> str:
    found = shutil.which(name, path=PROGRAMS)
    if not found:
        pytest.fail(f"{name} is missing, which reads the calendars")
    return found


def _run(command: list[str], *, cwd: Path, given: bytes = b"") -> str:
    home = {"HOME": str(cwd), "PATH": PROGRAMS, "LANG": "C.UTF-8", "TZ": "Europe/Helsinki"}
    done = subprocess.run(command, cwd=cwd, env=home, input=given, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()
