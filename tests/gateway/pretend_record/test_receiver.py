"""The pretend record is a careful one: it always answers, keeps each message once, remembers."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from imparts.gateway.hl7v2.sender import Sender
from imparts.gateway.outcomes import Outcome
from imparts.gateway.pretend_record.ledger import Ledger
from tests.gateway.conftest import RunningRecord

Results = Callable[[str], bytes]


def test_the_same_message_again_is_acknowledged_and_stored_once(
    record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    for _ in range(3):
        assert sender.send(a_result("M1"), control_id="M1").outcome is Outcome.TAKEN
    assert record.kept == ["M1"]
    assert [entry.is_repeat for entry in record.entries] == [False, True, True]


def test_a_control_id_with_another_content_is_refused_not_swallowed(
    record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    sender.send(a_result("M1"), control_id="M1")
    told = sender.send(a_result("M1").replace(b"Priya", b"Nadia"), control_id="M1")
    assert told.outcome is Outcome.REFUSED
    assert "another content" in told.words


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (lambda m: m.replace(b"ORU^R01", b"ADT^A01"), "results and documents only"),
        (lambda m: m.replace(b"\rPID|", b"\rZID|"), "names no patient"),
        (lambda m: b"\r".join(s for s in m.split(b"\r") if s[:3] != b"OBX"), "no observation"),
        (lambda m: m.replace(b"OBR|1||2f0c8f5e-6f65-4f2e-9d3e-1d2f6d4c7a10", b"OBR|1||"), "filler"),
        (lambda m: m.replace(b"Priya", b"Priy\xff"), "character set"),
        (lambda m: m.replace(b"\rPV1", b"\rnot a segment"), "segment 3"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_own_control_id(
    broken: Callable[[bytes], bytes],
    why: str,
    record: RunningRecord,
    sender: Sender,
    a_result: Results,
) -> None:
    told = sender.send(broken(a_result("M1")), control_id="M1")
    assert told.outcome is Outcome.REFUSED
    assert why in told.words
    assert record.kept == []


def test_the_ledger_outlives_the_process_and_a_line_cut_off_by_a_kill(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for name in ("M1", "M2"):
        ledger.add(
            at="2026-07-14T09:00:00+00:00", control_id=name, text=f"text\r{name}\u2028", said="AA",
            mood="normal", keeps=True, words="",
        )  # fmt: skip
    ledger.close()
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(path.read_bytes() + b'{"number": 3, "rec')
    again = Ledger(tmp_path)
    again.close()
    assert [entry.control_id for entry in again.newest()] == ["M2", "M1"]
    assert again.was_kept_before("M1", "text\rM1\u2028") is True
    assert again.was_kept_before("M1", "other") is False
    assert again.was_kept_before("M3", "text") is None
    assert [json.loads(line)["number"] for line in path.read_text().split("\n")[:-1]] == [1, 2]
