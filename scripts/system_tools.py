"""Installs through apt what the tests need and PyPI does not have: Chromium, and libical to check calendar files."""

import ctypes.util
import os
import shutil
import subprocess
import sys

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The path of the browser, or None."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def missing_packages() -> list[str]:
    missing = [] if chromium() else ["chromium"]
    if not ctypes.util.find_library("ical"):
        missing.append("libical3")
    return missing


def install(packages: list[str]) -> None:
    become_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *packages]):
        try:
            subprocess.run([*become_root, "apt-get", *command], check=False, stdout=subprocess.DEVNULL)
        except FileNotFoundError:
            return


if __name__ == "__main__":
    if wanted := missing_packages():
        print(f"Installing {' and '.join(wanted)} …", flush=True)
        install(wanted)
    if still := missing_packages():
        sys.exit(f"The tests need {' and '.join(still)}: install them with `apt-get install {' '.join(still)}`.")
