"""Whatever the record calls somebody, our own message to it has the segments that it had."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imparts.gateway.hl7v2.escapes import escaped
from imparts.gateway.hl7v2.message import read_message
from imparts.gateway.hl7v2.result_message import write_result
from imparts.gateway.inbound.models import Became, Content
from imparts.informatics.questionnaires.actions import sending
from imparts.outbox.models import Message
from imparts.people.models import Patient
from imparts.rules.record.result_facts import ResultFacts
from tests.builders import NOON, a_hand_over, a_service, an_appointment, answer_everything
from tests.gateway.inbound.standing_in import a_known_sender, received

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

_MADE_AT = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
_HOSTILE = (
    "Moss|19000101|M",
    "Moss\\X0D\\OBX|1|NM|44261-6||27||||||F",
    "Moss~OBX|9",
    "Moss&Reed^Ada",
    "\u202eOBX|1",
    "<img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    '""',
    "Mo\\.br\\ss",
)
# Typed in an engine: anything at all, delimiters often; NUL and surrogates cannot be sent.
_TYPED = st.text(
    st.one_of(
        st.sampled_from('|^~\\&"\r\n\x0b\x1c\u2028\x85\x1d'),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    min_size=1, max_size=60,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _in_the_demonstration(settings: "SettingsWrapper") -> None:
    """Nothing shipped is signed by a clinician yet."""
    settings.IMPARTS_DEMO = True


def _registered(name: str, number: str) -> str:
    """What the record is answered that registers somebody of this name, escaped as it should be."""
    lines = (
        f"MSH|^~\\&|PAS|RXX|||20261117080000||ADT^A28|{number}|P|2.5.1||||||UNICODE UTF-8",
        "EVN|A28|20261117080000",
        f"PID|||{number}^^^^MR||{escaped(name)}^Ada^^^^^L||19610314|F",
    )
    return received("".join(f"{line}\r" for line in lines).encode(), at=NOON).code


@pytest.mark.django_db
@pytest.mark.parametrize("name", _HOSTILE)
def test_a_hostile_name_goes_out_as_one_value(name: str) -> None:
    a_known_sender()
    assert _registered(name, "H1") == "AA"
    patient = Patient.objects.get()
    assert patient.family_name == name, "stored exactly as it was meant"
    hand_over = a_hand_over(an_appointment(a_service(), patient))
    answer_everything(hand_over)
    sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)
    facts = [ResultFacts.from_json(each.facts) for each in Message.objects.filter(kind="result")]
    assert facts, "a result is owed"
    for each in facts:
        text = write_result(each, control_id="1", made_at=_MADE_AT)
        out = read_message(text)
        assert out.first("PID").text(5) == name
        assert text.count("\r") == len(out.segments) == len(text.splitlines())
        assert [s.name for s in out.segments].count("PID") == 1
        assert len([s for s in out.segments if s.name == "OBX"]) == _observations(each)


def _observations(facts: ResultFacts) -> int:
    """How many OBX the same facts have under a plain name."""
    from dataclasses import replace

    plain = replace(facts, patient=replace(facts.patient, family="Moss", given="Ada"))
    out = read_message(write_result(plain, control_id="1", made_at=_MADE_AT))
    return len(out.every("OBX"))


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(name=_TYPED)
@pytest.mark.usefixtures("db")
def test_any_name_is_stored_exactly_or_refused(name: str) -> None:
    from django.db import transaction

    with transaction.atomic():
        a_known_sender()
        answered = _registered(name, "H1")
        stored = Patient.objects.values_list("family_name", flat=True).first()
        said = list(Became.objects.values_list("words", "did"))
        assert Content.objects.count() == 1, "kept whatever became of it"
        transaction.set_rollback(True)
    if answered == "AA":
        assert stored == name.strip(" ")
    else:
        assert (answered, stored) == ("AR", None)
        assert all(words.endswith(".") and name not in words for words, _ in said if len(name) > 3)
