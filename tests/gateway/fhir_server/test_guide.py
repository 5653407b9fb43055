"""The guide for integrators names every type with its parameters, and no other."""

import re

import pytest

from imparts.gateway.fhir_server.registry import kinds_of, parameters_of, types
from tests.house.reading import ROOT

GUIDE = ROOT / "docs" / "guides" / "for-integrators-fhir.md"


def rows() -> dict[str, tuple[str, str]]:
    """Each type of the section "Resources": what it is searched by, and written by."""
    section = GUIDE.read_text().partition("## Resources")[2].partition("\n## ")[0]
    table = section.partition("|---|---|---|---|")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")]
    return {line[0]: (line[2], line[3]) for line in cells if len(line) == 4}


def test_every_type_is_in_the_guide_and_no_other() -> None:
    assert set(rows()) == set(types())


@pytest.mark.parametrize("type_name", types())
def test_its_parameters_and_verbs_are_those_of_the_server(type_name) -> None:
    searched, written = rows()[type_name]
    assert set(re.findall(r"`([^`]+)`", searched)) == set(parameters_of(type_name))
    verbs = [
        verb
        for verb, way in (("POST", "create"), ("PUT", "update"))
        if any(getattr(kind, way) for kind in kinds_of(type_name))
    ]
    assert written.split() == verbs
