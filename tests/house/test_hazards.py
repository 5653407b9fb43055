"""Hazards: SAFETY.md, the front doors and the tests name the same hazards, and the proofs exist."""

import re

from tests.house.reading import ROOT, File, nothing_wrong, program, proofs, text

_HAZARD = re.compile(r"\bH([1-9]\d?)\b")
_HEADING = re.compile(r"^## (H\d+) ", re.MULTILINE)
_PROOF = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
# Above this line SAFETY.md says what is controlled; below it, what no test can show.
HOUSE = "tests/house/"


def named_in(files: list[File]) -> dict[str, list[str]]:
    """The hazards named in some files, with where; H1 to H5 names all five."""
    found: dict[str, list[str]] = {}
    for file in files:
        ranges = re.findall(r"\bH(\d+) to H(\d+)\b", file.text)
        numbers = [n for a, b in ranges for n in range(int(a), int(b) + 1)]
        numbers += [int(n) for n in _HAZARD.findall(file.text)]
        for number in dict.fromkeys(numbers):
            found.setdefault(f"H{number}", []).append(file.path)
    return found


def parts_of(safety: str) -> dict[str, str]:
    """What SAFETY.md says about each hazard."""
    pieces = _HEADING.split(safety)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def proofs_not_there(safety: str) -> list[str]:
    """Tests that SAFETY.md names and nobody has written."""
    return [
        f"SAFETY.md names {path}{'::' + name if name else ''}, which is not there."
        for path, name in _PROOF.findall(safety)
        if not (ROOT / path).exists() or (name and f"def {name}(" not in text(path))
    ]


def without_a_proof(safety: str) -> list[str]:
    """Hazards for which SAFETY.md names no test."""
    return [
        f"SAFETY.md: {hazard} names no test that proves its controls."
        for hazard, said in parts_of(safety).items()
        if not _PROOF.search(said)
    ]


def _doors() -> list[File]:
    return [file for file in program() if file.path.endswith("/__init__.py")]


def test_every_hazard_in_the_code_is_in_safety() -> None:
    known = parts_of(text("SAFETY.md"))
    stray = {h: w for h, w in named_in([*program(), *proofs()]).items() if h not in known}
    stray = {h: [p for p in w if not p.startswith(HOUSE)] for h, w in stray.items()}
    assert {h: w for h, w in stray.items() if w} == {}


def test_every_hazard_stands_on_a_front_door() -> None:
    assert set(parts_of(text("SAFETY.md"))) <= set(named_in(_doors()))


def test_every_hazard_is_named_in_a_test() -> None:
    tests = [file for file in proofs() if not file.path.startswith(HOUSE)]
    assert sorted(set(parts_of(text("SAFETY.md"))) - set(named_in(tests))) == []


def test_every_hazard_names_a_test_that_exists() -> None:
    nothing_wrong([*without_a_proof(text("SAFETY.md")), *proofs_not_there(text("SAFETY.md"))])


def test_hazards_are_numbered_without_gaps() -> None:
    numbers = [int(hazard[1:]) for hazard in parts_of(text("SAFETY.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_proof_that_is_not_there_is_found() -> None:
    assert proofs_not_there("`tests/house/test_hazards.py::test_nobody_wrote_this`")
    assert proofs_not_there("`tests/house/test_nothing.py`")
    assert not proofs_not_there(
        "`tests/house/test_hazards.py::test_a_proof_that_is_not_there_is_found`"
    )


def test_a_hazard_without_a_proof_is_found() -> None:
    assert without_a_proof("## H1 Something\n\nControls only.\n")
    assert not without_a_proof("## H1 Something\n\n`tests/house/test_hazards.py`\n")


def test_a_range_of_hazards_names_them_all() -> None:
    assert set(named_in([File("x", "hazards H1 to H3 and H7")])) == {"H1", "H2", "H3", "H7"}
