"""The banner: who a page is about, written the same way on every page (hazard H2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from imparts.design.dates import age_on, record_day
from imparts.rules.identifiers import scheme

if TYPE_CHECKING:
    from imparts.people.models import Identifier, Patient

_LABELS = {
    "nhs": "NHS No.", "chi": "CHI No.", "hcn": "H&C No.", "hospital": "Hospital No.",
    "doubtful": "Sent as NHS No.",
}  # fmt: skip
_ORDER = ("nhs", "chi", "hcn", "hospital", "doubtful")


@dataclass(frozen=True, slots=True)
class Number:
    """A number by which someone is known."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """One person: SURNAME, First, birth date with age, sex and numbers."""

    family_name: str
    given_name: str
    born: str
    age: str
    sex: str
    numbers: tuple[Number, ...]
    died: str = ""
    is_test: bool = False

    @classmethod
    def of(cls, patient: "Patient", identifiers: Iterable["Identifier"], *, on: date) -> "Banner":
        """Put one person into the banner; the age of someone who has died stops at that day."""
        last_day = patient.died_on or on
        known = sorted(identifiers, key=lambda each: _ORDER.index(each.scheme))
        return cls(
            family_name=patient.family_name.upper(),
            given_name=patient.given_name,
            born=record_day(patient.born_on),
            age=f"{age_on(patient.born_on, last_day)}y",
            sex="" if patient.sex == "not_known" else patient.get_sex_display(),
            numbers=tuple(_number(each) for each in known),
            died=f"Died {record_day(patient.died_on)}" if patient.died_on else "",
            is_test=patient.is_test,
        )


def _number(identifier: "Identifier") -> Number:
    if identifier.scheme == "hospital":
        return Number(_LABELS["hospital"], identifier.value)
    if identifier.scheme == "doubtful":
        return Number(
            _LABELS["doubtful"], identifier.value, "not an NHS number: ask for the right one"
        )
    shown = scheme.shown(identifier.scheme, identifier.value)
    return Number(
        _LABELS[identifier.scheme], shown, "" if identifier.verified_at else "not verified"
    )
