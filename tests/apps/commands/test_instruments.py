"""`imparts instruments`: list, show and check, as someone at a terminal meets them."""

import argparse
from pathlib import Path

import pytest

from imparts.commands import instruments, shipped
from imparts.commands.exit_codes import DONE, SOME_REFUSED, CannotGoOn, UsedWrongly
from tests.rules.reference_instruments import SHIPPED, every, structures

Said = pytest.CaptureFixture[str]
PHQ9 = (SHIPPED / "phq9.toml").read_text("utf-8")


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    instruments.arguments(parser)
    return instruments.run(parser.parse_args(words))


def test_all_files_are_good_and_counted_apart(capsys: Said) -> None:
    assert run("check") == DONE
    lines = capsys.readouterr().out.splitlines()
    theirs = len(structures())
    ours = len(every()) - theirs
    assert lines[-1] == f"{ours} with wording, {theirs} structures: all good"
    assert len(lines) == ours + theirs + 1 >= 48


def test_a_bad_file_is_named_with_its_line_and_the_rest_is_read(
    tmp_path: Path, capsys: Said
) -> None:
    bad, good = tmp_path / "a.toml", tmp_path / "b.toml"
    bad.write_text(PHQ9.replace('direction = "higher_is_worse"', 'direction = "up"'), "utf-8")
    good.write_text((SHIPPED / "gad7.toml").read_text("utf-8"), "utf-8")
    assert run("check", str(bad), str(good)) == SOME_REFUSED
    lines = capsys.readouterr().out.splitlines()
    on = bad.read_text("utf-8").splitlines().index('direction = "up"') + 1
    assert lines[0].startswith(f"{bad}:{on}: phq9: direction is 'up'; it must be one of")
    assert lines[1:] == ["b.toml: good", "1 with wording, 0 structures good; 1 refused"]


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ("[rights]", "[rigths]", "there is no licence; say in [rights] who may use whose wording"),
        ("sources = [", "sauces = [", "no source is named"),
        ("checked_by =", "chequed_by =", "checked_by is missing"),
        ("[[examples]]", "[[exemples]]", "there are no worked examples"),
        ("score = 5\n", "score = 4\n", "phq9, examples 2: score is 5, not 4"),
    ],
)
def test_what_a_file_must_have_is_missed_in_words(
    was: str, becomes: str, sentence: str, tmp_path: Path, capsys: Said
) -> None:
    assert was in PHQ9
    file = tmp_path / "phq9.toml"
    file.write_text(PHQ9.replace(was, becomes), "utf-8")
    assert run("check", str(file)) == SOME_REFUSED
    assert sentence in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path, capsys: Said) -> None:
    picture = tmp_path / "picture.toml"
    picture.write_bytes(b"\x89PNG\xff\xfe")
    assert run("check", str(picture), str(tmp_path / "nowhere.toml")) == SOME_REFUSED
    said = capsys.readouterr().out
    assert "it is not text in UTF-8; save it as plain text" in said
    assert "it cannot be read (No such file or directory)" in said


def test_a_huge_file_is_not_even_read(tmp_path: Path, capsys: Said) -> None:
    huge = tmp_path / "huge.toml"
    with huge.open("wb") as file:
        file.truncate(3_000_000_000)
    assert run("check", str(huge)) == SOME_REFUSED
    assert "it is longer than 5000000 characters" in capsys.readouterr().out


def test_a_folder_is_checked_whole_and_an_id_stands_in_one_file(
    tmp_path: Path, capsys: Said
) -> None:
    for name in ("one.toml", "two.toml"):
        (tmp_path / name).write_text(PHQ9, "utf-8")
    assert run("check", str(tmp_path)) == SOME_REFUSED
    assert "another file is phq9 already" in capsys.readouterr().out


def test_the_list_says_which_ship_with_their_words(capsys: Said) -> None:
    assert run("list") == DONE
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(every())
    without = {line.split()[0] for line in lines if "structure, no wording" in line}
    assert without == set(structures())


@pytest.mark.parametrize("name", sorted(every()))
def test_each_can_be_shown(name: str, capsys: Said) -> None:
    assert run("show", name) == DONE
    said = capsys.readouterr().out
    assert every()[name].title in said
    assert "Score: " in said
    assert "Missing answers: " in said
    assert ("Not scored here: " in said) == bool(every()[name].scoring.needs)


def test_showing_says_bands_cuts_harm_items_and_what_is_not_verified(capsys: Said) -> None:
    run("show", "core10")
    said = capsys.readouterr().out
    assert "25 to 40: Severe" in said
    assert "Cut clinical: 11 (from general knowledge, not verified here)" in said
    assert "Asks about harm: q6 (plans to end one's life); alert from 1 up" in said
    assert "  Change: from general knowledge, not verified here" in said
    assert "q2: I have felt I have someone to turn to for support when needed (counts" in said


def test_what_is_not_there_is_wrong_use() -> None:
    with pytest.raises(UsedWrongly, match="There is no questionnaire phq99"):
        run("show", "phq99")


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [("PHQ9", "phq9"), ("phq-9", "phq9"), ("AUDIT-C", "auditc"), ("HAQ", "haq_di")],
)
def test_an_id_with_a_slip_is_answered_with_what_may_be_meant(wanted: str, meant: str) -> None:
    with pytest.raises(UsedWrongly, match=f"Is it .*{meant}.*instruments list` shows all"):
        run("show", wanted)


def test_a_name_like_no_other_is_answered_with_all_there_are() -> None:
    with pytest.raises(UsedWrongly, match="There are: assist_lite, audit, auditc, bipq"):
        run("show", "zzz")


def test_a_file_being_written_with_a_mistake_is_named_and_no_command_crashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "phq9.toml"
    bad.write_text(PHQ9.replace('direction = "higher_is_worse"', 'direction = "up"'), "utf-8")
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    with pytest.raises(CannotGoOn) as stopped:
        run("list")
    assert str(stopped.value).startswith(f"{bad}:")
    assert "direction is 'up'" in str(stopped.value)
    assert "imparts instruments check" in str(stopped.value)
