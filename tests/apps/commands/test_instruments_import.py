"""`imparts instruments import`: what it says, and the exit code that scripts go by."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from imparts.commands import instruments_import
from imparts.commands.exit_codes import DONE, SOME_REFUSED, UsedWrongly
from imparts.library.models import ContentVersion
from imparts.rules.forms.reader import read_form
from tests.builders import NOON, a_service, staff_with
from tests.rules.forms.published import form_of, nlm_phq9, question


def check(file: Path, **more: Any) -> int:
    """Only read a file."""
    given = {"file": file, "report": None, "check": True, "by": ""} | more
    return instruments_import.run(argparse.Namespace(**given))


def written(folder: Path, held: object) -> Path:
    """A file with some JSON in it."""
    file = folder / "form.json"
    file.write_text(held if isinstance(held, str) else json.dumps(held), encoding="utf-8")
    return file


def bring(held: dict[str, Any], *, by: str = "") -> int:
    """Bring a form into the library, as the command does once it has read the file."""
    text = json.dumps(held)
    return instruments_import.load(text, read_form(text)[0], by=by, at=NOON)


def test_a_file_is_only_read_and_everything_is_said(tmp_path: Path, capsys) -> None:
    report = tmp_path / "report.txt"
    assert check(written(tmp_path, nlm_phq9()), report=report) == DONE
    said = capsys.readouterr().out
    assert "PHQ-9 quick depression assessment panel" in said
    assert "Items: 10, of which 9 may be asked here." in said
    assert "  /44260-8: Thoughts that you would be better off dead" in said
    assert "A named person decides about each before the form can be asked." in said
    assert "the form, language: it names no language" in said
    assert report.read_text(encoding="utf-8") == said


def test_what_cannot_be_honoured_stands_in_the_report_item_by_item(tmp_path, capsys) -> None:
    items = [question("q1"), question("f", "attachment"), question("r", "reference")]
    assert check(written(tmp_path, form_of(item=items))) == DONE
    said = capsys.readouterr().out.splitlines()
    start = said.index("Not done as the file asks")
    assert said[start + 1 : start + 3] == [
        "  f, type attachment: no files are taken; it is not asked",
        "  r, type reference: nothing is looked up; it is not asked",
    ]


def test_a_file_that_is_no_questionnaire_is_refused(tmp_path, capsys) -> None:
    assert check(written(tmp_path, '{"resourceType": "Patient"}')) == SOME_REFUSED
    assert capsys.readouterr().out == (
        "form.json: the file holds a Patient, not a Questionnaire\n"
    )  # fmt: skip


def test_a_file_that_cannot_be_read_or_written_is_wrong_use(tmp_path: Path) -> None:
    letters = tmp_path / "letters.json"
    letters.write_bytes(b"\xff\xff\x00")
    good = written(tmp_path, form_of())
    for file, report, said in (
        (tmp_path / "gone.json", None, "cannot be read"),
        (letters, None, "not text in UTF-8"),
        (good, tmp_path / "gone" / "report.txt", "cannot be written"),
    ):
        with pytest.raises(UsedWrongly, match=said):
            check(file, report=report)


@pytest.mark.django_db
def test_a_form_comes_to_the_library_and_is_not_offered_yet(capsys) -> None:
    librarian = staff_with("nurse", a_service(with_content=False), username="librarian").username
    assert bring(nlm_phq9(), by=librarian) == DONE
    said = capsys.readouterr().out
    assert "is in the library." in said
    assert "Not offered yet." in said
    content = ContentVersion.objects.get(kind="form")
    assert (content.loaded_by, content.is_shipped) == ("librarian", False)


@pytest.mark.django_db
def test_the_same_file_twice_is_said_and_is_no_mistake(capsys) -> None:
    bring(form_of())
    assert bring(form_of()) == DONE
    assert "already, with this very text" in capsys.readouterr().out
    assert ContentVersion.objects.filter(kind="form").count() == 1


@pytest.mark.django_db
def test_other_text_under_the_same_version_is_refused(capsys) -> None:
    bring(form_of())
    assert bring(form_of(title="Other")) == SOME_REFUSED
    assert "Not brought into the library" in capsys.readouterr().out


@pytest.mark.django_db
def test_whoever_brings_a_form_must_be_somebody_here() -> None:
    with pytest.raises(UsedWrongly, match="nobody here with the user name stranger"):
        bring(form_of(), by="stranger")
    assert not ContentVersion.objects.filter(kind="form").exists()
