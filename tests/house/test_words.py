"""Words: nothing is called after nothing, every file says what it is, every test is a sentence."""

import ast
import re
from pathlib import PurePosixPath

from tests.house.reading import File, files, functions, nothing_wrong, program, proofs, words

NAMELESS = words(
    """util utils utility utilities helper helpers common core base misc miscellaneous manager
    managers stuff things general generic shared tools"""
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def nameless(file: File) -> list[str]:
    """Folders, files and classes named after no subject."""
    path = PurePosixPath(file.path)
    found = [part for part in (*path.parts[:-1], path.stem) if _says_nothing(part)]
    if path.suffix == ".py":
        found += [
            node.name
            for node in ast.walk(file.tree)
            if isinstance(node, ast.ClassDef) and _says_nothing(node.name)
        ]
    return [
        f"{file.path}: '{name}' names no subject. Ask what the things in it are about; if that has "
        "no name yet, find one."
        for name in found
    ]


def _says_nothing(name: str) -> bool:
    return any(word.lower() in NAMELESS for word in _WORDS.findall(name))


def without_a_first_sentence(file: File) -> list[str]:
    """A file that does not begin by saying what it is."""
    said = ast.get_docstring(file.tree) or ""
    first = said.splitlines()[0] if said else ""
    if first[-1:] in (".", "?") and len(first.split()) >= 3:
        return []
    return [
        f"{file.path}: begin with a docstring whose first line is one whole plain sentence; "
        f"it begins with {first!r}."
    ]


def not_a_sentence(file: File) -> list[str]:
    """Tests whose name does not say what is true."""
    return [
        f"{file.path}:{f.lineno} {f.name}: say what is true, in words, "
        "as in test_a_missing_answer_is_not_zero."
        for f in functions(file.tree)
        if f.name.startswith("test_") and len(f.name.split("_")) < 4
    ]


def test_nothing_is_called_after_nothing() -> None:
    # Instruments are named by their authors, so content files are not asked.
    ours = (*program(), *proofs(), *files("imparts", ".jinja", ".css", ".js"))
    nothing_wrong(wrong for file in ours for wrong in nameless(file))


def test_every_file_begins_with_a_plain_sentence() -> None:
    ours = [file for file in (*program(), *proofs()) if file.text.strip()]
    nothing_wrong(wrong for file in ours for wrong in without_a_first_sentence(file))


def test_every_test_is_a_sentence() -> None:
    asked = [file for file in proofs() if "/test_" in file.path]
    nothing_wrong(wrong for file in asked for wrong in not_a_sentence(file))


def test_a_nameless_file_folder_or_class_is_found() -> None:
    assert nameless(File("imparts/people/utils.py", ""))
    assert nameless(File("imparts/common/names.py", ""))
    assert nameless(File("imparts/people/date_helpers.py", ""))
    assert nameless(File("imparts/people/names.py", "class BaseName:\n    pass"))
    assert not nameless(File("imparts/people/scoreboard.py", "class Database:\n    pass"))


def test_a_file_without_a_first_sentence_is_found() -> None:
    assert without_a_first_sentence(File("x.py", "import os"))
    assert without_a_first_sentence(File("x.py", '"""Names"""'))
    assert without_a_first_sentence(File("x.py", '"""Names of patients\n\nand more."""'))
    assert not without_a_first_sentence(File("x.py", '"""Names of patients as they are shown."""'))


def test_a_test_that_is_no_sentence_is_found() -> None:
    assert not_a_sentence(File("test_x.py", "def test_score(): ..."))
    assert not not_a_sentence(File("test_x.py", "def test_a_low_score_is_low(): ..."))
