"""`imparts instruments export`: FHIR R4 to the terminal or to files, or a sentence why not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gateway.fhir.checkers import problems
from tests.rules.reference_instruments import every


def _export(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "imparts", "instruments", "export", *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


def test_one_questionnaire_is_written_to_the_terminal() -> None:
    done = _export("phq9")
    assert done.returncode == 0
    resource = json.loads(done.stdout)
    assert resource["id"] == "phq9"
    assert problems(resource) == []


def test_one_questionnaire_is_written_to_a_file_under_the_sites_own_base(tmp_path: Path) -> None:
    file = tmp_path / "gad7.json"
    done = _export("gad7", "--out", str(file), "--base", "https://fhir.fernhollow.example/r4")
    assert (done.returncode, done.stdout) == (0, "")
    resource = json.loads(file.read_text(encoding="utf-8"))
    assert resource["url"] == "https://fhir.fernhollow.example/r4/Questionnaire/gad7"


def test_all_of_them_are_written_one_file_each(tmp_path: Path) -> None:
    done = _export("--all", "--out", str(tmp_path / "new" / "folder"))
    assert done.returncode == 0
    assert f"{len(every())} questionnaires" in done.stdout
    written = sorted((tmp_path / "new" / "folder").iterdir())
    assert len(written) == len(every()) >= 47
    assert all(json.loads(file.read_bytes())["id"] for file in written)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["phq99"], "There is no questionnaire phq99"),
        ([], "Say which questionnaire"),
        (["--all"], "--all --out FOLDER"),
        (["phq9", "--all", "--out", "here"], "and no id"),
        (["phq9", "--base", "fhir.example.org"], "write it like https://"),
        (["phq9", "--base", "https://fhir.example.org/"], "without a slash"),
    ],
)
def test_wrong_use_is_said_in_a_sentence(arguments: list[str], said: str) -> None:
    done = _export(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("mine", encoding="utf-8")
    for arguments in (["phq9", "--out", str(taken / "x.json")], ["--all", "--out", str(taken)]):
        done = _export(*arguments)
        assert done.returncode == 3
        assert str(taken) in done.stderr
        assert "Traceback" not in done.stderr
    assert taken.read_text(encoding="utf-8") == "mine"
