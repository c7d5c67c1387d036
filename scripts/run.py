"""Starts the service for development: web server, worker and mail catcher together. Ctrl-C stops all of them."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).parent.parent
CATCHER_PORT = 1025
GRACE_SECONDS = 10
TYPED_AGAIN = ("PORT", "DATABASE_URL")  # by whoever gives a command from another terminal

WELCOME = """
Kuntailmo is ready:  {url}/

  Caught mail:       {mail}
  Sign in:           {url}/staff/
    administrator    admin@kuntailmo.example
    organiser        jarjestaja@kuntailmo.example
    tutor            tutor@hyvinkaa.example
  The sign-in code arrives in the caught mail. Without waiting for it:
    {command} users sign-in-link admin@kuntailmo.example

Ctrl-C stops everything.
"""


class StopRequested(Exception):
    """Ctrl-C or SIGTERM."""


def write_settings() -> None:
    """Commands typed in another terminal must be about the same installation as what runs here."""
    settings = ROOT / ".env"
    if not settings.exists():
        settings.write_text("ENVIRONMENT=development\n")


def environment() -> dict[str, str]:
    """What .env says, what the environment says above it, and what development needs where neither says anything."""
    given = {name: value for name, value in dotenv_values(ROOT / ".env").items() if value} | dict(os.environ)
    port = given.setdefault("PORT", "8000")
    given.setdefault("ENVIRONMENT", "development")
    given.setdefault("HOST", "127.0.0.1")
    given.setdefault("BASE_URL", f"http://localhost:{port}")
    given["FLASK_APP"] = "wsgi"
    given.pop("PYTHONDONTWRITEBYTECODE", None)  # or every start compiles the service anew
    if not given.get("MAIL_SERVER"):
        given |= {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(_free_port(CATCHER_PORT)), "CATCH_MAIL": "1"}
    return given


def commands(given: dict[str, str]) -> list[list[str]]:
    web = ["granian", "--interface", "wsgi", "--host", given["HOST"], "--port", given["PORT"], "--no-ws"]
    web += ["--workers", given.get("WEB_PROCESSES", "1"), "--blocking-threads", given.get("WEB_THREADS", "4")]
    started = [[*web, "--log-level", "error", "wsgi:app"], ["flask", "worker"]]
    return [*started, ["app.dev.catcher"]] if "CATCH_MAIL" in given else started


def prepare(given: dict[str, str]) -> None:
    (ROOT / "var").mkdir(exist_ok=True)
    finished = subprocess.run([sys.executable, "-m", "scripts.prepare"], cwd=ROOT, env=given, check=False)
    if finished.returncode:
        sys.exit(finished.returncode)


def supervise(given: dict[str, str]) -> int:
    """Until one process ends, whose exit code is returned, or until the person has had enough.

    The web server takes as long to start as the database to be prepared, and needs it only when it is asked.
    """
    running: list[subprocess.Popen[bytes]] = []
    try:
        web, *others = commands(given)
        running.append(_started(web, given))
        prepare(given)
        running += [_started(command, given) for command in others]
        greeted = False
        while all(process.poll() is None for process in running):
            if not greeted and is_ready(given):
                greeted = True
                greet(given)
            time.sleep(0.1)
        return next(_exit_code(process) for process in running if process.poll() is not None)
    except StopRequested:
        return 0
    finally:
        stop(running)


def _started(command: list[str], given: dict[str, str]) -> subprocess.Popen[bytes]:
    """In a group of its own, so that Ctrl-C reaches it through us, in order."""
    return subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=given, start_new_session=True)


def is_ready(given: dict[str, str]) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{given['PORT']}/readyz", timeout=2):
            return True
    except OSError:
        return False


def greet(given: dict[str, str]) -> None:
    url = given["BASE_URL"]
    mail = f"{url}/dev/mail/" if "CATCH_MAIL" in given else f"none: MAIL_SERVER is {given['MAIL_SERVER']}"
    settings = [f"{name}={shlex.quote(given[name])} " for name in TYPED_AGAIN if os.environ.get(name)]
    command = "".join([*settings, ".venv/bin/flask"])
    print(WELCOME.format(url=url, mail=mail, command=command), flush=True)


def stop(running: list[subprocess.Popen[bytes]]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    _signal(running, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and any(process.poll() is None for process in running):
        time.sleep(0.05)
    _signal(running, signal.SIGKILL)


def _signal(running: list[subprocess.Popen[bytes]], number: signal.Signals) -> None:
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, number)


def _exit_code(process: subprocess.Popen[bytes]) -> int:
    code = process.returncode
    return 128 - code if code < 0 else code or 1


def _free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(listener.getsockname()[1])
    raise SystemExit("no port is free for the mail catcher")


def _refuse_a_taken_port(given: dict[str, str]) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((given["HOST"], int(given["PORT"])))
        except OSError as error:
            sys.exit(f"Port {given['PORT']} cannot be used ({error.strerror}); choose another: make run PORT=8001")


def _ask_to_stop(_number: int, _frame: object) -> None:
    raise StopRequested


if __name__ == "__main__":
    write_settings()
    given = environment()
    _refuse_a_taken_port(given)
    signal.signal(signal.SIGINT, _ask_to_stop)
    signal.signal(signal.SIGTERM, _ask_to_stop)
    sys.exit(supervise(given))
