"""The map is true: it is what the folders say of themselves, and the front page names them all."""

import re
from pathlib import Path

from tests.house.map import MAP, draw
from tests.house.reading import PACKAGE, File, nothing_wrong, storeys, text


def unnamed(front_page: str, folders: set[str]) -> list[str]:
    """Folders that the package's front page leaves out."""
    named = set(re.findall(r"[a-z_]\w+", front_page))
    return [f"imparts/__init__.py says nothing of {name}." for name in sorted(folders - named)]


def test_the_map_is_drawn_from_the_folders_as_they_are() -> None:
    assert MAP.read_text(encoding="utf-8") == draw(), "The map is old. Run: make docs"


def test_the_front_page_names_every_folder() -> None:
    here = {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()}
    nothing_wrong(unnamed(text("imparts/__init__.py"), here))


def test_the_front_page_names_no_folder_that_is_not_there() -> None:
    listed = re.findall(r"^    ([a-z_]+(?:, [a-z_]+)*) {2,}", text("imparts/__init__.py"), re.M)
    named = {name for line in listed for name in line.split(", ")}
    assert {name for name in named if not (PACKAGE / name).is_dir()} == set()


def test_a_folder_with_other_first_words_changes_the_map(tmp_path: Path) -> None:
    lowest = storeys()[-1][0]
    (tmp_path / lowest).mkdir()
    door = tmp_path / lowest / "__init__.py"
    door.write_text('"""First words."""\n', encoding="utf-8")
    before = draw(tmp_path)
    door.write_text('"""Other words."""\n', encoding="utf-8")
    assert "First words." in before and draw(tmp_path) != before


def test_a_folder_left_out_of_the_front_page_is_found() -> None:
    page = File("imparts/__init__.py", "    people   patients")
    assert unnamed(page.text, {"people", "audit"}) == ["imparts/__init__.py says nothing of audit."]
