"""The Friends and Family Test over many answers, as the clinical reference works it out."""

from typing import Any

import pytest

from imparts.rules.scoring.friends_and_family import shares_of
from tests.rules.reference_instruments import every, reference

CASES = reference()["fft"]["aggregate_cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["counts"]))
def test_shares_come_out_as_published(case: dict[str, Any]) -> None:
    counts = dict(enumerate(case["counts"], start=1))
    found = shares_of(every()["fft"], counts)
    shown = [None if one is None else float(one) for one in (found.positive, found.negative)]
    assert shown == [case["percent_positive"], case["percent_negative"]]
    assert found.answers == sum(case["counts"])


def test_an_answer_that_nobody_gave_need_not_be_counted() -> None:
    assert shares_of(every()["fft"], {1: 3}).positive == 100
