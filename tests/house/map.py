"""The map: docs/map.md drawn from the first line of every folder and file; run it to redraw."""

import ast
import sys
from pathlib import Path

from tests.house.reading import PACKAGE, ROOT, storeys

MAP = ROOT / "docs" / "map.md"
HEAD = """# The map

Every folder and file in its own first words. `make docs` draws it; a test fails when it is old.
The folders stand in storeys, from the top of the house down. A folder may use what is below it,
never what is above or beside it. `pyproject.toml` says so, and `make check` proves it.

"""
LEFT_OUT = {"migrations", "static", "__pycache__", "apps.py", "__init__.py"}


def draw(package: Path = PACKAGE) -> str:
    """The whole map as text."""
    lines = [HEAD + _storeys(package)]
    for name in (name for storey in storeys() for name in storey):
        if (package / name / "__init__.py").exists():
            lines += ["", f"## {name}", "", first_words(package / name / "__init__.py"), ""]
            lines += _inside(package / name, depth=0)
    return "\n".join(lines) + "\n"


def _storeys(package: Path) -> str:
    rows = [[n for n in storey if _is_there(package, n)] for storey in storeys()]
    drawn = [" | ".join(row) for row in rows if row]
    return "```\n" + "\n".join(drawn) + "\n```"


def _is_there(package: Path, name: str) -> bool:
    return (package / name).is_dir() or (package / f"{name}.py").exists()


def _inside(folder: Path, *, depth: int) -> list[str]:
    lines, data = [], []
    for path in sorted(folder.iterdir(), key=lambda p: (p.is_dir(), p.name)):
        if path.name in LEFT_OUT or path.name.startswith("."):
            continue
        if path.is_dir():
            lines += _folder(path, depth=depth)
        elif path.suffix == ".py":
            lines.append(f"{'  ' * depth}- `{path.name}`: {first_words(path)}")
        elif path.suffix in (".toml", ".jinja", ".md"):
            data.append(path.name)
    listed = [f"{'  ' * depth}- {', '.join(data)}"] if data else []
    return listed + lines


def _folder(folder: Path, *, depth: int) -> list[str]:
    """A folder with its own words, or one of data files; one that holds neither is left out."""
    door = folder / "__init__.py"
    inner = _inside(folder, depth=depth + 1)
    if not door.exists() and not inner:
        return []
    said = f": {first_words(door)}" if door.exists() else ""
    return [f"{'  ' * depth}- **{folder.name}/**{said}", *inner]


def first_words(path: Path) -> str:
    """The first line of a file's docstring."""
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return said.splitlines()[0] if said else ""


if __name__ == "__main__":
    MAP.write_text(draw(), encoding="utf-8")
    sys.stdout.write(f"{MAP.relative_to(ROOT)} is drawn anew.\n")
