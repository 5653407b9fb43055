"""What the pretend record sends is HL7 that others read too, about people whom the demo knows."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import hl7
import pytest

from imparts.demo.story import EVERYONE_NAMED
from imparts.gateway.hl7v2.adt import read_admission
from imparts.gateway.hl7v2.message import Message, read_message
from imparts.gateway.hl7v2.oru_in import read_results
from imparts.gateway.hl7v2.siu import read_booking
from imparts.gateway.pretend_record.cast import CastRefused, read_cast
from imparts.gateway.pretend_record.day.messages import write
from imparts.gateway.pretend_record.day.script import KINDS, day, one
from imparts.gateway.pretend_record.ledger import Way
from imparts.gateway.pretend_record.run import Where
from imparts.rules.identifiers import nhs_number
from tests.gateway.conftest import RECEIVED_AT, RunningRecord
from tests.gateway.pretend_record.talking import asked, sent_form

CAST = read_cast()
Results = Callable[[str], bytes]


def read(kind: str) -> Message:
    step = one(kind, CAST.people[0], CAST, at=RECEIVED_AT)
    return read_message(write(step.said, control_id="P1"))


@pytest.fixture
def sending(record: RunningRecord, tmp_path: Path) -> Iterator[RunningRecord]:
    """A second record, which sends to the first: that one stands for imparts' listener."""
    where = Where(listener=f"127.0.0.1:{record.address.port}")
    running = RunningRecord(tmp_path / "sending", where)
    yield running
    running.stop()


def what_was_sent(record: RunningRecord, at_least: int) -> list[tuple[str, str, str]]:
    until = time.monotonic() + 20
    while len(found := record.parts.ledger.newest(Way.HL7_OUT)) < at_least:
        assert time.monotonic() < until
        time.sleep(0.02)
    return [(each.title, each.said, each.words) for each in reversed(found)]


def test_the_cast_is_the_demonstrations_named_people() -> None:
    told = {
        (p.number, p.nhs_number, p.family, p.given, p.born_on, p.sex)
        for p in CAST.people
        if p.organisation == "DEMO-FERN"
    }
    assert told == {
        (n.hospital_number, n.nhs_number, n.family_name, n.given_name, str(n.born_on), n.sex)
        for n in EVERYONE_NAMED
    }


def test_every_number_is_of_the_range_that_is_nobodys() -> None:
    numbers = [each.nhs_number for each in CAST.everyone if each.nhs_number]
    assert all(number.startswith("999") for number in numbers)
    assert [nhs_number.problem_with(each, allow_test_range=True) for each in numbers] == [
        None for _ in numbers
    ]


@pytest.mark.parametrize("kind", [each for each in KINDS if each.startswith("A")])
def test_our_own_reader_reads_every_admission(kind: str) -> None:
    told = read_admission(read(kind), came_at=RECEIVED_AT)
    assert told.event == kind
    assert told.person.numbers[0].value == "FH204417"
    assert told.person.numbers[0].issuer == "DEMO-FERN"
    assert told.person.born_on == date(1961, 3, 14)
    assert told.times.said_at == RECEIVED_AT
    assert bool(told.gone) is (kind == "A40")


@pytest.mark.parametrize("kind", [each for each in KINDS if each.startswith("S")])
def test_our_own_reader_reads_every_appointment(kind: str) -> None:
    told = read_booking(read(kind), came_at=RECEIVED_AT)
    assert told.event == kind
    assert "rheumatology" in told.clinics
    assert told.starts_at is not None
    assert told.starts_at > RECEIVED_AT


def test_our_own_reader_reads_the_measures() -> None:
    told = read_results(read("R01"), came_at=RECEIVED_AT)
    assert [str(each.value) for each in told.observations] == ["4.6", "71.5", "128", "79"]


@pytest.mark.parametrize("kind", KINDS)
def test_another_library_reads_the_same(kind: str) -> None:
    step = one(kind, CAST.people[0], CAST, at=RECEIVED_AT)
    theirs = hl7.parse(write(step.said, control_id="P1"))
    assert str(theirs.segment("MSH")[9]).startswith(step.kind)
    assert str(theirs.segment("MSH")[3]) == "PRETEND"
    assert str(theirs.segment("MSH")[4]) == "DEMO-FERN"
    assert str(theirs.segment("PID")(3)(1)(1)) == "FH204417"


def test_a_day_has_every_kind_in_order_a_repeat_and_a_late_one() -> None:
    steps = day(CAST, at=RECEIVED_AT)
    assert {step.said.event for step in steps} == set(KINDS)
    assert [step.turn for step in steps] == sorted(step.turn for step in steps)
    assert all(step.said.at <= RECEIVED_AT for step in steps)
    assert all(step.said.at > RECEIVED_AT - timedelta(hours=1, minutes=1) for step in steps)
    assert sum(step.is_repeat for step in steps) == 1
    assert sum(step.turn > step.said.at for step in steps) == 1


def test_a_repeat_is_the_very_same_bytes(record: RunningRecord, sending: RunningRecord) -> None:
    sending.run(sending.parts.desk.send_steps(day(CAST, at=RECEIVED_AT)))
    texts = [each.text for each in record.entries]
    repeats = [text for text, before in zip(texts[1:], texts, strict=False) if text == before]
    assert len(repeats) == 1
    ids = [each.control_id for each in record.entries]
    assert len(set(ids)) == len(ids) - 1


def test_one_message_is_sent_from_the_page_and_its_answer_shown(
    record: RunningRecord, sending: RunningRecord
) -> None:
    form = {"kind": "A08", "person": "DEMO-FERN FH205118"}
    assert sent_form(sending.page + "/play/one", form).status == 303
    ((title, said, words),) = what_was_sent(sending, 1)
    assert title == "ADT^A08 Details changed during the stay: Tomasz Inkwell"
    assert said == "AR"
    assert "results and documents only" in words
    page = asked(sending.page + "/play").text
    assert "Tomasz Inkwell" in page
    assert "results and documents only" in page
    number = re.findall(r"/message/(\d+)", page)[0]
    one_page = asked(f"{sending.page}/message/{number}").text
    assert "As it was sent" in one_page
    assert "MSA|AR|" in one_page
    assert "ADT^A08" in record.entries[0].text


def test_a_day_is_played_from_the_page(record: RunningRecord, sending: RunningRecord) -> None:
    sending.parts.desk.pause = 0.0
    assert sent_form(sending.page + "/play/day", {}).status == 303
    told = what_was_sent(sending, len(day(CAST, at=RECEIVED_AT)))
    assert len(told) == len(record.entries)


def test_any_text_is_sent_as_it_is(
    record: RunningRecord, sending: RunningRecord, a_result: Results
) -> None:
    text = a_result("T1").decode().replace("\r", "\r\n")
    assert sent_form(sending.page + "/play/text", {"text": text}).status == 303
    assert what_was_sent(sending, 1) == [("ORU^R01 As typed", "AA", "")]
    assert record.kept == ["T1"]


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("one", {"kind": "A99", "person": "DEMO-FERN FH205118"}, "Choose what"),
        ("one", {"kind": "A08", "person": "DEMO-FERN nobody"}, "Choose what"),
        ("one", {}, "Choose what"),
        ("text", {"text": "  "}, "no text"),
        ("text", {"text": "MSH\x0b|kept here"}, "kept here"),
    ],
)
def test_what_cannot_be_sent_is_said_and_kept_on_the_page(
    path: str, form: dict[str, str], words: str, sending: RunningRecord
) -> None:
    told = sent_form(f"{sending.page}/play/{path}", form)
    assert told.status == 422
    assert words in told.text
    assert what_was_sent(sending, 0) == []


def test_nobody_listening_is_said_in_words(tmp_path: Path) -> None:
    running = RunningRecord(tmp_path, Where(listener="127.0.0.1:1"))
    sent_form(running.page + "/play/one", {"kind": "A08", "person": "DEMO-FERN FH205118"})
    ((_, said, words),) = what_was_sent(running, 1)
    running.stop()
    assert said == ""
    assert "127.0.0.1:1 did not answer" in words


def test_a_site_may_bring_people_of_its_own(tmp_path: Path) -> None:
    assert read_cast(tmp_path) == CAST
    (tmp_path / "cast.json").write_text('{"people": []}')
    with pytest.raises(CastRefused, match="should look like"):
        read_cast(tmp_path)
