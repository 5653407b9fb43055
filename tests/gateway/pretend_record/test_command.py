"""`imparts pretend-record` from a shell: what it sends, what it shows, how it ends."""

import argparse
from pathlib import Path

import pytest

from imparts.commands.exit_codes import DONE, SOME_REFUSED, CannotGoOn, UsedWrongly
from imparts.commands.pretend_record import arguments, run
from tests.gateway.conftest import RunningRecord


def told(*given: str) -> int:
    parser = argparse.ArgumentParser()
    arguments(parser)
    return run(parser.parse_args(given))


@pytest.fixture
def to(record: RunningRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A listener that takes results alone, and refuses the rest; and a folder of our own."""
    monkeypatch.setenv("IMPARTS_DATA", str(tmp_path))
    return f"--to=127.0.0.1:{record.address.port}"


def test_one_message_is_sent_and_its_answer_shown(
    to: str, record: RunningRecord, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told("--send", "R01", "--patient", "FH205118", to) == DONE
    said = capsys.readouterr().out
    assert said.endswith("ORU^R01 Measures taken: Tomasz Inkwell  ->  AA\n")
    assert "FH205118" in record.entries[0].text


def test_a_refusal_is_shown_and_counts(to: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert told("--send", "A08", to) == SOME_REFUSED
    assert "->  AR: This record takes results and documents only" in capsys.readouterr().out


def test_a_day_is_played(
    to: str, record: RunningRecord, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told("--play", to) == SOME_REFUSED
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(record.entries) == 24


def test_two_runs_share_no_control_id(to: str, record: RunningRecord) -> None:
    for _ in range(3):
        told("--send", "R01", to)
    assert len({each.control_id for each in record.entries}) == 3


def test_a_file_is_sent_as_it_is(to: str, tmp_path: Path, record: RunningRecord) -> None:
    (tmp_path / "m.hl7").write_text("MSH|^~\\&|A|B|||2026||ADT^A08|X1|P|2.5.1\nPID|1||7\n")
    assert told("--text", str(tmp_path / "m.hl7"), to) == SOME_REFUSED
    assert record.entries[0].control_id == "X1"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--send", "A99"], "cannot be sent; it is one of A28"),
        (["--send", "A08", "--patient", "FH000000"], "it knows FH204417"),
        (["--text", "/nowhere/at-all.hl7"], "The file of --text cannot be read"),
    ],
)
def test_what_cannot_be_sent_is_wrong_use(given: list[str], words: str, to: str) -> None:
    with pytest.raises(UsedWrongly, match=words):
        told(*given, to)


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:0", "127.0.0.1:http"])
def test_an_address_that_is_none_is_wrong_use(address: str) -> None:
    with pytest.raises(UsedWrongly, match="must look like"):
        told("--play", "--to", address)


def test_no_answer_says_what_to_look_at(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CannotGoOn, match="imparts listen"):
        told("--send", "A08", "--to", "127.0.0.1:1")
    assert "did not answer" in capsys.readouterr().out
