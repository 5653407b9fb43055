"""Front doors: each folder's first page says what it owns, asks and guards, and says it truly."""

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.apps import apps

from tests.house.reading import (
    OF_SEVERAL_APPS,
    PACKAGE,
    ROOT,
    File,
    is_of_several,
    nothing_wrong,
    program,
    storeys,
)

SAYS = ("Owns:", "Start reading:", "Asks:", "Asked by:", "Safety:")
# config is asked by nobody: it is where the addresses and settings of all are listed.
NO_FRONT_DOOR = ("__main__", "config")
ROOMS = (
    "informatics/clinics",
    "informatics/questionnaires",
    "informatics/results",
    "integrated_care/referrals",
    "gateway/inbound",
    "gateway/smart",
    "gateway/fhir_server",
)
HOUSES = tuple(f"imparts/{name}/__init__.py" for name in OF_SEVERAL_APPS)
_FILE = re.compile(r"[\w/]+\.(?:py|toml|jinja|md)\b")


@cache
def front_doors() -> tuple[File, ...]:
    """The first page of every folder on a storey, and of the rooms that are apps."""
    folders = [name for storey in storeys() for name in storey if name not in NO_FRONT_DOOR]
    folders += list(ROOMS)
    return tuple(
        File(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for name in folders
        if (path := PACKAGE / name / "__init__.py").exists()
    )


def said(file: File, what: str) -> str:
    """What stands behind one of the words, on its line and the indented ones after it."""
    doc = ast.get_docstring(file.tree) or ""
    found = re.search(rf"^{what}[ ]*(.*(?:\n[ ]{{8,}}.*)*)", doc, re.MULTILINE)
    return " ".join(found[1].split()) if found else ""


def unsaid(file: File) -> list[str]:
    """Words that a front door leaves out, or leaves empty."""
    return [
        f"{file.path}: says nothing after {what!r}; write 'nothing' or 'none' if that is so."
        for what in SAYS
        if not said(file, what)
    ]


def names_no_file(file: File, here: Path) -> list[str]:
    """Files to start reading that are not there."""
    named = _FILE.findall(said(file, "Start reading:"))
    return [
        f"{file.path}: 'Start reading' names {name}, which is not there."
        for name in named
        if not (here / name).exists()
    ]


def code_in(file: File) -> list[str]:
    """Anything in a folder's first page but its text, or names handed on from its own files."""
    own = Path(file.path).parent.as_posix().replace("/", ".")
    return [
        f"{file.path}:{node.lineno} code; a front door holds only its text"
        for node in file.tree.body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and not _hands_on(node, own)
    ]


def _hands_on(node: ast.stmt, own: str) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith(own + ".")
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def tables_not_owned(file: File, tables: frozenset[str]) -> list[str]:
    """Tables that live here and are not said to, or are said to and do not."""
    words = frozenset(re.findall(r"\b[A-Z]\w+", said(file, "Owns:")))
    return [f"{file.path}: 'Owns' leaves out {name}." for name in sorted(tables - words)]


def asked_unsaid(door: File, files: Iterable[File]) -> list[str]:
    """Folders that the files of one folder import and its front door does not name."""
    asks = said(door, "Asks:")
    named = set(re.findall(r"[a-z_]+", asks))
    if "every app" in asks:
        return []
    return [
        f"{door.path}: 'Asks' leaves out {other}, which {file.path} imports."
        for file in files
        for other in sorted(imported_by(file) - {_name_of(door)})
        if not set(other.split(".")) & named
    ]


def imported_by(file: File) -> set[str]:
    """The folders of ours that a file imports, rooms that are apps each for itself."""
    modules = {
        node.module
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("imparts.")
    }
    return {_folder_of(module) for module in modules if module}


def _folder_of(module: str) -> str:
    parts = tuple(module.split("."))
    return ".".join(parts[1 : 3 if is_of_several(parts[1:3]) else 2])


def _name_of(door: File) -> str:
    return door.app.removeprefix("imparts.")


def _tables_of(app: str) -> frozenset[str]:
    return frozenset(m.__name__ for m in apps.get_models() if m._meta.app_config.name == app)


def test_every_front_door_says_what_a_newcomer_asks() -> None:
    assert len(front_doors()) >= 15
    nothing_wrong(wrong for file in front_doors() for wrong in unsaid(file))


def test_every_file_to_start_reading_is_there() -> None:
    nothing_wrong(
        wrong
        for file in front_doors()
        for wrong in names_no_file(file, (ROOT / file.path).parent)
    )  # fmt: skip


def test_every_table_stands_on_its_front_door() -> None:
    asked = [file for file in front_doors() if file.path not in HOUSES]
    nothing_wrong(w for file in asked for w in tables_not_owned(file, _tables_of(file.app)))


def test_every_front_door_names_the_folders_it_asks() -> None:
    rooms = [door for door in front_doors() if door.path not in HOUSES]
    own = {door.path: [f for f in program() if f.app == door.app] for door in rooms}
    nothing_wrong(wrong for door in rooms for wrong in asked_unsaid(door, own[door.path]))


def test_no_folders_first_page_holds_code() -> None:
    pages = [file for file in program() if file.path.endswith("/__init__.py")]
    nothing_wrong(wrong for file in pages for wrong in code_in(file))


def test_every_app_has_a_front_door() -> None:
    doors = {file.path for file in front_doors()}
    here = {p.parent for p in PACKAGE.rglob("apps.py")} - {PACKAGE / "config"}
    missing = [p.name for p in here if f"{p.relative_to(ROOT)}/__init__.py" not in doors]
    assert sorted(missing) == [], "These apps have no __init__.py with a front door."


def test_a_front_door_that_leaves_something_out_is_found() -> None:
    whole = "\n".join(f"{what} nothing" for what in SAYS)
    assert not unsaid(File("x/__init__.py", f'"""X: y.\n\n{whole}\n"""'))
    assert unsaid(File("x/__init__.py", f'"""X: y.\n\n{whole.replace("Asks: nothing", "")}\n"""'))


def test_a_file_to_start_reading_that_is_not_there_is_found(tmp_path: Path) -> None:
    door = File("x/__init__.py", '"""X: y.\n\nStart reading: models.py\n"""')
    assert names_no_file(door, tmp_path)
    (tmp_path / "models.py").touch()
    assert not names_no_file(door, tmp_path)


def test_a_folder_asked_and_not_named_is_found() -> None:
    door = File("imparts/people/__init__.py", '"""X: y.\n\nAsks: audit, rules.scoring\n"""')
    files = [File("imparts/people/queries.py", "from imparts.access.roles import May")]
    assert asked_unsaid(door, files)
    files = [File("imparts/people/queries.py", "from imparts.rules.scoring import bands")]
    assert not asked_unsaid(door, files)


def test_code_in_a_first_page_is_found() -> None:
    assert code_in(File("imparts/people/__init__.py", '"""X."""\nNAMES = {}'))
    assert code_in(File("imparts/people/__init__.py", '"""X."""\nimport os'))
    handed_on = '"""X."""\nfrom imparts.people.actions.merging import merge'
    assert not code_in(File("imparts/people/actions/__init__.py", handed_on))


def test_a_table_left_out_of_the_front_door_is_found() -> None:
    door = File("imparts/people/__init__.py", '"""X: y.\n\nOwns: Patient\n"""')
    assert tables_not_owned(door, frozenset({"Patient", "Merge"}))
    assert not tables_not_owned(door, frozenset({"Patient"}))
