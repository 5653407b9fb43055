"""`imparts instruments load-wording`: what it says, and the exit code that scripts go by."""

import argparse
from datetime import date
from pathlib import Path

import pytest

from imparts.commands import instruments_wording
from imparts.commands.exit_codes import DONE, SOME_REFUSED, UsedWrongly
from imparts.library.models import ContentVersion
from tests.apps.library.invented import load_structure
from tests.builders import NOON, a_service, staff_with
from tests.rules.wording.invented import PACK, changed

AFTER_THE_LICENCE = NOON.replace(year=2028)


@pytest.fixture
def librarian(db, settings) -> str:
    """Someone of this site who brings files."""
    settings.IMPARTS_DEMO = False
    load_structure()
    return staff_with("nurse", a_service(with_content=False), username="librarian").username


def load(text: str, *, by: str, at=NOON) -> int:
    """Bring one text, as the command does once it has read the file."""
    return instruments_wording.load(text, by=by, at=at, name="kettle.json")


def test_a_wording_pack_is_brought_and_waits_for_a_second_person(librarian, capsys) -> None:
    assert load(PACK, by=librarian) == DONE
    assert capsys.readouterr().out.splitlines() == [
        "kettle, version 1, is in the library. Languages: British English, Welsh.",
        "Licence from The Kettle Institute (invented), number KI-0001: "
        "ends on 31 March 2027, in 134 days.",
        "Not offered yet. It may not be used here until a clinician has signed it. "
        "Someone other than librarian signs it.",
    ]
    content = ContentVersion.objects.get(kind="wording")
    assert (content.loaded_by, content.is_shipped) == ("librarian", False)
    assert (date(2027, 3, 31) - NOON.date()).days == 134


def test_the_same_file_twice_is_said_and_is_no_mistake(librarian, capsys) -> None:
    load(PACK, by=librarian)
    assert load(PACK, by=librarian) == DONE
    assert "this very file is in the library already" in capsys.readouterr().out
    assert ContentVersion.objects.filter(kind="wording").count() == 1


def test_a_slip_in_the_file_is_said_with_its_place(librarian, capsys) -> None:
    text = changed(lambda p: p["languages"]["cy"]["items"].pop("q2"))
    assert load(text, by=librarian) == SOME_REFUSED
    said = "kettle.json: kettle, languages, cy, items: q2 is missing\n"
    assert capsys.readouterr().out == said
    assert not ContentVersion.objects.filter(kind="wording").exists()


def test_a_licence_that_has_ended_is_said_at_once(librarian, capsys) -> None:
    assert load(PACK, by=librarian, at=AFTER_THE_LICENCE) == DONE
    said = capsys.readouterr().out
    assert "number KI-0001: ended on 31 March 2027." in said
    assert "Not offered yet. Its licence from The Kettle Institute (invented) ended" in said


def test_whoever_brings_it_must_be_somebody_here(librarian) -> None:
    with pytest.raises(UsedWrongly, match="nobody here with the user name stranger"):
        load(PACK, by="stranger")
    assert not ContentVersion.objects.filter(kind="wording").exists()


def test_a_file_that_cannot_be_read_is_said_before_any_database_is_asked(tmp_path: Path) -> None:
    letters, large = tmp_path / "letters.json", tmp_path / "large.json"
    letters.write_bytes(b"\xff\xfe")
    large.write_bytes(b" " * 20_000_001)
    for file, said in (
        (tmp_path / "gone.json", "cannot be read"),
        (letters, "not text in UTF-8"),
        (large, "too large"),
    ):
        with pytest.raises(UsedWrongly, match=said):
            instruments_wording.run(argparse.Namespace(file=file, by="librarian"))
