"""Contracts: the import directions hold, and a planted import breaks each of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.reading import PACKAGE, ROOT, settings_of_the_house, storeys

# One forbidden import a contract: the file that gets it, and the import that is added.
PLANTED = {
    "storeys": ("people/queries.py", "import imparts.informatics.clinics.queries"),
    "plain-rules": ("rules/scoring/bands.py", "import django.utils.timezone"),
    "plain-bulk": ("bulk/frames.py", "import django.conf"),
    "polars": ("rules/scoring/score.py", "import polars"),
    "plain-postgres": ("postgres/server.py", "import django.conf"),
    "plain-wire": ("gateway/hl7v2/message.py", "from django.db import models"),
    "plain-listener": ("gateway/hl7v2/listener.py", "from django.db import connection"),
    "two-wires": ("gateway/fhir/paths.py", "import imparts.gateway.hl7v2.escapes"),
    "rooms": ("people/queries.py", "import imparts.people.actions"),
    "tables": ("workspace/visits.py", "import imparts.people.models"),
    "clinic-visit": (
        "informatics/results/queries.py",
        "import imparts.informatics.questionnaires.queries.days",
    ),
    "content-is-data": ("pathways/queries/entries.py", "import imparts.content"),
}


def _contracts() -> dict[str, str]:
    """The name of each contract by its id."""
    linter = settings_of_the_house()["tool"]["importlinter"]
    return {contract["id"]: contract["name"] for contract in linter["contracts"]}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, to plant things in."""
    copy = tmp_path_factory.mktemp("house")
    kept_out = shutil.ignore_patterns("__pycache__", "static", "templates", "*.toml", "*.json")
    shutil.copytree(PACKAGE, copy / "imparts", ignore=kept_out)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def _lint(house: Path) -> str:
    """What lint-imports says about the copy."""
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", linter], cwd=house, capture_output=True, text=True,
        check=False, env={**os.environ, "PYTHONPATH": str(house), "COLUMNS": "400"},
    )  # fmt: skip
    return done.stdout + done.stderr


def test_every_contract_holds(house: Path) -> None:
    said = _lint(house)
    assert f"{len(_contracts())} kept, 0 broken" in said, said


def test_every_contract_has_a_planted_violation() -> None:
    assert sorted(PLANTED) == sorted(_contracts())


@pytest.mark.parametrize("contract", sorted(PLANTED))
def test_a_planted_import_breaks_its_contract(house: Path, contract: str) -> None:
    name, planted = PLANTED[contract]
    file = house / "imparts" / name
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\n\n{planted}\n", encoding="utf-8")
    try:
        said = _lint(house)
    finally:
        file.write_text(before, encoding="utf-8")
    assert f"{_contracts()[contract]} BROKEN" in said, said


def test_a_folder_on_no_storey_is_refused(house: Path) -> None:
    folder = house / "imparts" / "leftovers"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""Somewhere to put it."""\n', encoding="utf-8")
    try:
        said = _lint(house)
    finally:
        shutil.rmtree(folder)
    assert f"{_contracts()['storeys']} BROKEN" in said and "leftovers" in said, said


def test_every_folder_of_the_house_stands_on_a_storey() -> None:
    placed = {name for storey in storeys() for name in storey}
    here = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert here <= placed, f"Not placed in pyproject.toml: {sorted(here - placed)}."
