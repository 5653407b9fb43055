"""In whatever order messages of different times arrive, the same is known at the end."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import NOON
from tests.gateway.inbound.hospitals import two_hospitals
from tests.gateway.inbound.standing_in import received
from tests.gateway.inbound.what_is_known import all_known

_MORNING = datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
_NUMBERS = ["9990417202", "9990417210", "9990417203"]  # the last has a wrong check digit

# What one message says besides name and birth date; a field left out says nothing.
_OPTIONAL = {
    8: st.sampled_from(["", "F", "M", "U", "9", '""']),
    11: st.sampled_from(["", '""', "1 Mill Lane^^Fernhollow^^FH1 2AB", "^^^^FH3 4CD^^H"]),
    22: st.sampled_from(["", '""', "A", "Z"]),
    29: st.sampled_from(["", '""', "20261101", "20261102"]),
    30: st.sampled_from(["", "", "Y", "N"]),
    32: st.sampled_from(["", "NSTS01", "NSTS02"]),
}


@st.composite
def _messages(draw: st.DrawFn) -> list[bytes]:
    """Messages about one person, each said at a time of its own."""
    made = []
    for minute in range(draw(st.integers(2, 6))):
        fields = {number: draw(said) for number, said in _OPTIONAL.items()}
        national = draw(st.sampled_from(["", *_NUMBERS]))
        fields[3] = "H1^^^^MR" + (f"~{national}^^^NHS^NH" if national else "")
        nickname = draw(st.sampled_from(["", "~^Sandy^^^^^N"]))
        fields[5] = draw(st.sampled_from(["Moss^Ada", "Reed^Ada", "Moss^Adah"])) + nickname
        fields[7] = draw(st.sampled_from(["19610314", "19610315"]))
        event = draw(st.sampled_from(["A01", "A02", "A03", "A08", "A11", "A13", "A28", "A31"]))
        ward = draw(st.sampled_from(["Ashdown", "Birch", ""]))
        made.append(_written(event, fields, ward, _MORNING + timedelta(minutes=minute)))
    return made


def _written(event: str, fields: dict[int, str], ward: str, said_at: datetime) -> bytes:
    moment = f"{said_at:%Y%m%d%H%M%S}"
    pid = "|".join(fields.get(number, "") for number in range(1, 33))
    lines = (
        f"MSH|^~\\&|PAS|RXX|IMPARTS|IMPARTS|{moment}||ADT^{event}|M{moment}|P|2.5.1",
        f"EVN|{event}|{moment}",
        f"PID|{pid}",
        f"PV1||I|{ward}||||||||||||||||V1",
    )
    return "".join(f"{line}\r" for line in lines).encode()


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(messages=_messages(), data=st.data())
@pytest.mark.usefixtures("db")
def test_any_order_of_messages_ends_in_the_same_record(
    messages: list[bytes], data: st.DataObject, django_db_blocker: object
) -> None:
    in_order = _known_after(messages)
    shuffled = data.draw(st.permutations(messages))
    assert _known_after(shuffled) == in_order


def _known_after(messages: list[bytes]) -> list[str]:
    """What is known after these messages, beginning with nothing; then all of it is undone."""
    from django.db import transaction

    with transaction.atomic():
        two_hospitals()
        for number, raw in enumerate(messages):
            answer = received(raw, at=NOON + timedelta(seconds=number))
            assert answer.code == "AA", answer
        known = all_known()
        transaction.set_rollback(True)
    return known
