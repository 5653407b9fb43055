"""Every case of the folder cases: what was sent, what it was answered, what is known afterwards."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.gateway.inbound.reading_cases import Case, every_case, written

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

_CASES = every_case()
_ROWS = (29, 30, 31, 32, 33, 34)


@pytest.mark.parametrize("case", _CASES, ids=[case.name for case in _CASES])
@pytest.mark.usefixtures("db")
def test_the_record_is_answered_and_believed_as_the_case_says(
    case: Case, settings: "SettingsWrapper"
) -> None:
    from tests.builders import NOON
    from tests.gateway.inbound.hospitals import two_hospitals
    from tests.gateway.inbound.standing_in import received
    from tests.gateway.inbound.what_is_known import all_known

    settings.IMPARTS_DEMO = case.is_demo  # numbers that begin with 999 are nobody's elsewhere
    two_hospitals()
    for number, sent in enumerate(case.sent):
        answer = received(written(sent, number), at=NOON + timedelta(seconds=number))
        said = (answer.code, answer.where, answer.words)
        assert (answer.code, answer.where) == (sent.code, sent.where), f"message {number}: {said}"
        assert sent.words.casefold() in answer.words.casefold(), f"message {number}: {said}"
        assert answer.code == "AA" or answer.words.endswith("."), "a refusal is a sentence"
    assert all_known() == sorted(case.known)


def test_there_are_enough_cases_and_some_for_every_row() -> None:
    assert len(_CASES) >= 140
    assert len({case.name for case in _CASES}) == len(_CASES), "two cases have one name"
    for row in _ROWS:
        assert any(row in case.rows for case in _CASES), row
