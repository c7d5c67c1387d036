"""Puts uv into .uv with whatever this machine's Python has: venv, pip, or apt to get venv. Standard library only."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

UV = "uv==0.13.9"
FOLDER = Path(__file__).parent.parent / ".uv"


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - older ones must get the sentence, not a syntax error
        sys.exit(f"Kuntailmo needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}. Set PYTHON=….")
    if by_venv() or by_pip() or (apt_installs_venv() and by_venv()):
        return
    sys.exit("Kuntailmo needs uv from PyPI: install python3-venv or pip, check the network, try again.")


def by_venv() -> bool:
    shutil.rmtree(FOLDER, ignore_errors=True)
    return succeeds(sys.executable, "-m", "venv", str(FOLDER)) and succeeds(
        str(FOLDER / "bin" / "python"), "-m", "pip", "install", "--quiet", UV
    )


def by_pip() -> bool:
    """Into a folder of its own, which pip allows also where the system's packages are out of bounds."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    return succeeds(sys.executable, "-m", "pip", "install", "--quiet", "--target", str(FOLDER), UV)


def apt_installs_venv() -> bool:
    apt = shutil.which("apt-get")
    if not apt:
        return False
    become_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    return succeeds(*become_root, apt, "update", "-qq") and any(
        succeeds(*become_root, apt, "install", "-qq", "-y", name) for name in (package, "python3-venv")
    )


def succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    main()
