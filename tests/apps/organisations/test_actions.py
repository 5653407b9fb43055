"""Organisations merge and close: data, not constants."""

from datetime import date

import pytest

from imparts.organisations.actions import merge_organisations
from imparts.organisations.queries import open_on, successor_of
from tests.builders import an_organisation

pytestmark = pytest.mark.django_db


def test_a_merged_organisation_closes_and_names_its_successor() -> None:
    old, new = an_organisation("North Sedge"), an_organisation("Sedge and Marrow")
    merge_organisations(closing=[old], into=new, on=date(2026, 4, 1), because="merger")
    assert old not in open_on(date(2026, 4, 1))
    assert old in open_on(date(2026, 3, 31))
    assert successor_of(old, on=date(2026, 4, 1)) == new
    assert successor_of(old, on=date(2026, 3, 31)) == old


def test_an_organisation_is_not_merged_into_itself() -> None:
    old = an_organisation()
    with pytest.raises(ValueError, match="itself"):
        merge_organisations(closing=[old], into=old, on=date(2026, 4, 1), because="mistake")


def test_successors_are_followed_through_two_mergers() -> None:
    a, b, c = (an_organisation(name) for name in "ABC")
    merge_organisations(closing=[a], into=b, on=date(2025, 4, 1), because="merger")
    merge_organisations(closing=[b], into=c, on=date(2026, 4, 1), because="merger")
    assert successor_of(a, on=date(2026, 4, 1)) == c
