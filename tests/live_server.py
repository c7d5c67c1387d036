"""The service as it runs in production, in processes of its own: for races, for browsers, for being killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import config

READY_SECONDS = 60


class Process:
    """A command of the service in a process group of its own. Its output is kept for the failure message."""

    def __init__(self, arguments: Sequence[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as output:
            self._popen = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=config.ROOT,
                env=os.environ | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._popen.pid

    def poll(self) -> int | None:
        return self._popen.poll()

    def wait(self, seconds: float) -> int:
        return self._popen.wait(seconds)

    def kill(self) -> None:
        """SIGKILL to all of it: nothing is finished, flushed or told."""
        self._signal(signal.SIGKILL)
        self._popen.wait(10)

    def stop(self) -> None:
        self._signal(signal.SIGTERM)
        try:
            self._popen.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def _signal(self, number: signal.Signals) -> None:
        if self._popen.poll() is None:
            os.killpg(self._popen.pid, number)


def start_web(
    application: str = "wsgi:app", *, processes: int, environment: dict[str, str], log: Path, threads: int = 8
) -> tuple[Process, str]:
    """Granian with this many processes, and its address once /healthz answers."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    arguments = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    arguments += ["--workers", str(processes), "--blocking-threads", str(threads), "--no-access-log", application]
    process = Process(arguments, {"BASE_URL": url} | environment, log)
    _wait_until_it_answers(process, f"{url}/healthz")
    return process, url


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_it_answers(process: Process, url: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise AssertionError(f"the server did not start:\n{process.log.read_text()}")
