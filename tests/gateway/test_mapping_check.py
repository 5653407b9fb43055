"""A mapping that is typed names what the library has, or is refused by the place of the slip."""

from typing import Any

import pytest

from imparts.gateway.mapping_check import checked_mapping
from imparts.rules.record.mapping import MappingRefused
from tests.builders import a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]
CODE = {"code": "MH1", "system": "RXXLAB"}


def test_questions_bands_and_parts_of_the_shipped_files_may_be_named() -> None:
    a_service()
    codes = {
        "phq9": {"total": CODE, "items": {"q9": CODE}, "bands": {"moderate": CODE}},
        "hads": {"parts": {"anxiety": CODE}},
        "smoking_core": {"bands": {"daily": CODE}},
    }
    assert checked_mapping({"codes": codes}).of("phq9").items["q9"].code == "MH1"


@pytest.mark.parametrize(
    ("codes", "place"),
    [
        ({"phq-9": {"total": CODE}}, "codes.phq-9"),
        ({"phq9": {"items": {"item9": CODE}}}, "codes.phq9.items.item9"),
        ({"phq9": {"bands": {"Moderate": CODE}}}, "codes.phq9.bands.Moderate"),
        ({"hads": {"parts": {"fear": CODE}}}, "codes.hads.parts.fear"),
    ],
)
def test_a_slip_is_refused_by_its_place(codes: dict[str, object], place: str) -> None:
    a_service()
    with pytest.raises(MappingRefused, match=f"{place} is not"):
        checked_mapping({"codes": codes})


def test_without_codes_nothing_is_asked_of_the_library(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        checked_mapping({"leave_out": ["PID-7"]})
