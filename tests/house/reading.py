"""What the house tests look at: the files of this repository, read once, never run."""

import ast
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "imparts"
# Not ours to judge: made by Django, or somebody else's work kept as it came.
NOT_OURS = ("migrations", "vendor")


# Folders of which each room is an app of its own.
OF_SEVERAL_APPS = ("informatics", "integrated_care")
# Rooms that are apps of their own in a folder that is an app itself.
APPS_IN_THE_GATEWAY = ("inbound", "smart", "fhir_server")


def is_of_several(names: Sequence[str]) -> bool:
    """Whether a folder and a name in it stand for an app inside that folder."""
    if names[:1] == ("gateway",):
        return names[1:2] != () and names[1] in APPS_IN_THE_GATEWAY
    return bool(names) and names[0] in OF_SEVERAL_APPS


@dataclass(frozen=True, slots=True)
class File:
    """One file: where it is, counted from the top of the repository, and what is in it."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The file as Python sees it."""
        return ast.parse(self.text)

    @property
    def app(self) -> str:
        """The app it belongs to, as a dotted name: imparts.informatics.results."""
        parts = Path(self.path).parts
        return ".".join(parts[: 3 if is_of_several(parts[1:3]) else 2])

    @property
    def room(self) -> str:
        """The room of the app: views for both views.py and views/alerts.py."""
        inner = Path(self.path).parts[len(self.app.split(".")) :]
        return Path(inner[0]).stem if inner else ""


@cache
def files(folder: str, *endings: str) -> tuple[File, ...]:
    """Our own files under a folder, in order; empty when the folder is not there yet."""
    return tuple(
        File(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in endings and not set(path.parts) & set(NOT_OURS)
    )


def program() -> tuple[File, ...]:
    """Every Python file of the program."""
    return files("imparts", ".py")


def rooms(*names: str) -> tuple[File, ...]:
    """The files of these rooms, whichever app they are in."""
    return tuple(file for file in program() if file.room in names)


def proofs() -> tuple[File, ...]:
    """Every Python file of the tests."""
    return files("tests", ".py")


def text(path: str) -> str:
    """One file, named from the top of the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tracked() -> tuple[File, ...]:
    """Every text file that would be handed on: what git holds, or will hold when it is added."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = listed.stdout.splitlines() if listed.returncode == 0 else _without_git()
    return tuple(file for name in sorted(set(names)) if (file := _as_text(name)))


def _without_git() -> Iterator[str]:
    # An unpacked archive has no git; what starts with a dot, and what is built, is not handed on.
    skipped = {"var", "build", "__pycache__", "imparts.egg-info"}
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not skipped & set(parts) and not parts[0].startswith(".v"):
            yield path.relative_to(ROOT).as_posix()


def _as_text(name: str) -> File | None:
    path = ROOT / name
    if not path.is_file():
        return None
    try:
        return File(name, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return None


@cache
def settings_of_the_house() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads(text("pyproject.toml"))


def storeys() -> tuple[tuple[str, ...], ...]:
    """The folders of the house from the top down; those on one storey stand side by side."""
    for contract in settings_of_the_house()["tool"]["importlinter"]["contracts"]:
        if contract["id"] == "storeys":
            return tuple(
                tuple(name.strip(" ()") for name in layer.split("|"))
                for layer in contract["layers"]
            )
    raise LookupError("pyproject.toml has no contract with the id storeys")


def nothing_wrong(found: Iterable[str]) -> None:
    """Fail with every sentence found, so that all of it can be mended in one go."""
    sentences = list(found)
    assert not sentences, "\n" + "\n".join(sentences)


def words(listed: str) -> frozenset[str]:
    """A list of words, written as one reads it."""
    return frozenset(listed.split())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def dotted(node: ast.AST) -> str:
    """A chain of names as written, calls left out: Alert.objects.filter().delete -> with dots."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Name):
        return node.id
    return ""
