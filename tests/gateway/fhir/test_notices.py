"""Notices: what is sent and what stands in the repository say the same."""

from pathlib import Path

from imparts.gateway.fhir.notices import LOINC_NOTICE, SNOMED_NOTICE

NOTICE = (Path(__file__).parents[3] / "NOTICE.md").read_text(encoding="utf-8")


def test_the_notices_that_leave_are_those_of_the_repository() -> None:
    assert LOINC_NOTICE in NOTICE
    assert SNOMED_NOTICE in NOTICE
