"""Stylesheets and scripts, gathered once into the data folder, compressed and named by content."""

import fcntl
import hashlib
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from imparts.commands.database import data_folder
from imparts.commands.exit_codes import CannotGoOn

_PACKAGES = ("django", "django-allauth", "whitenoise", "nhsuk-frontend-jinja")


def collect() -> None:
    """Gather them unless those gathered last are the same; safe to run several times at once."""
    folder = data_folder()
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    stamp = folder / "static.stamp"
    with (folder / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = _stamp()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        _collect()
        stamp.write_text(wanted)


def _collect() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "-v", "0"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "imparts.config.settings"},
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise CannotGoOn(f"Stylesheets could not be gathered into {data_folder()}: {said[-1]}")


def _stamp() -> str:
    """Changes whenever a static file of ours or a package that brings some changes."""
    package = Path(__file__).parent.parent
    seen = hashlib.sha256(" ".join(version(name) for name in _PACKAGES).encode())
    for file in sorted(package.glob("**/static/**/*")):
        if file.is_file():
            seen.update(f"{file}{file.stat().st_size}{file.stat().st_mtime_ns}".encode())
    return seen.hexdigest()
