"""Test patients: nobody real, to try a clinic out; marked so on every page, counted nowhere."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from imparts.people.actions.patients import add_identifier, register
from imparts.people.models import Identifier, Patient
from imparts.rules.identifiers.check_digit import check_digit

# Families that nobody bears, each of which says what it is wherever the name alone is shown.
_FAMILIES = ("Testwick", "Testbridge", "Testcombe", "Testhurst", "Testmere", "Testford")
_GIVEN = ("Alma", "Basil", "Cleo", "Dexter", "Enid", "Felix", "Greta")
_BORN = (date(1961, 3, 14), date(1978, 11, 2), date(1949, 6, 30), date(1990, 1, 21))
_FIRST_NUMBER = 999_800_000  # nine digits; numbers that begin with 999 are never issued to anyone


def register_test_patient(*, by: str, at: datetime) -> Patient:
    """Invent someone with an NHS number of the test range, and register them as a test patient."""
    place = Patient.objects.filter(is_test=True).count()
    with transaction.atomic():
        made = register(
            family_name=_FAMILIES[place % len(_FAMILIES)], given_name=_GIVEN[place % len(_GIVEN)],
            born_on=_BORN[place % len(_BORN)], by=by, at=at, is_test=True,
        )  # fmt: skip
        taken = set(
            Identifier.objects.filter(value__startswith="999").values_list("value", flat=True)
        )
        number = next(each for each in _test_numbers() if each not in taken)
        add_identifier(patient=made, scheme=Identifier.Scheme.NHS, value=number, by=by, at=at)
    return made


def _test_numbers() -> Iterator[str]:
    for first_nine in range(_FIRST_NUMBER, 999_999_999):
        digit = check_digit(str(first_nine))
        if digit is not None:
            yield f"{first_nine}{digit}"
