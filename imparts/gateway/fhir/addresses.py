"""Addresses and codes: every system that we name in a FHIR resource, in one place.

Our own addresses begin with a base that each site may set. The shipped one is under "example",
which nobody can own, so that it never points at somebody else's server: a site that exchanges
questionnaires with others sets its own.
"""

from dataclasses import dataclass
from typing import Any

from imparts.rules.forms.reading import vocabulary as v
from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.published_codes import ON_ANOTHER_SCALE as ON_ANOTHER_SCALE
from imparts.rules.instruments.published_codes import PANEL_NAMES as PANEL_NAMES
from imparts.rules.instruments.published_codes import RESULT_NAMES as RESULT_NAMES
from imparts.rules.instruments.published_codes import published
from imparts.rules.instruments.unverified import is_unverified

Json = dict[str, Any]

SHIPPED_BASE = "https://imparts.example/fhir"

LOINC, SNOMED, UCUM = v.LOINC, v.SNOMED, v.UCUM
ABSENT_REASONS = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
KINDS_OF_OBSERVATION = "http://terminology.hl7.org/CodeSystem/observation-category"
ITEM_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"

SYSTEMS = {"loinc": LOINC, "snomed": SNOMED}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Our own addresses under one base."""

    base: str = SHIPPED_BASE

    def __post_init__(self) -> None:
        if not self.base.startswith(("https://", "http://", "urn:")) or self.base.endswith("/"):
            raise ValueError(
                f"The base address is {self.base!r}; write it like https://fhir.example.org/r4, "
                "without a slash at the end."
            )
        if any(sign.isspace() or sign == "|" for sign in self.base):
            raise ValueError("The base address holds a space or a bar; neither may stand in it.")

    def questionnaire(self, instrument: Instrument) -> str:
        """The canonical address of an instrument, the same for all of its versions."""
        return f"{self.base}/Questionnaire/{instrument.id}"

    def version(self, instrument: Instrument) -> str:
        """The canonical address of exactly this version."""
        return f"{self.questionnaire(instrument)}|{instrument.version}"

    def system(self, name: str) -> str:
        """One of our own code systems: instruments, items, scores, bands or flags."""
        return f"{self.base}/CodeSystem/{name}"

    def answers(self, instrument: Instrument, item_id: str) -> str:
        """The code system of one item's answers; its codes are the numbers in our file."""
        return self.system(f"answers-{instrument.id}-{item_id}")

    def numbers(self, name: str) -> str:
        """Which numbers an identifier of our own is one of, such as appointment/RF4."""
        return f"{self.base}/Id/{name}"

    def extension(self, name: str) -> str:
        """An extension of our own."""
        return f"{self.base}/StructureDefinition/{name}"

    def coding(self, system: str, code: str, display: str = "") -> Json:
        """A coding of one of our own systems."""
        return coding(self.system(system), code, display)


def coding(system: str, code: str, display: str = "") -> Json:
    """A coding; without words where the words of the system are not ours to alter."""
    made = {"system": system, "code": code}
    return made | {"display": display} if display else made


def published_codes(instrument: Instrument, names: tuple[str, ...]) -> list[Json]:
    """LOINC and SNOMED CT codes of an instrument, without those that nobody has verified."""
    return [coding(SYSTEMS[system], code) for system, code in published(instrument, names)]


def is_verified(status: str) -> bool:
    """Whether a source is named; a code from general knowledge could name something else."""
    return not is_unverified(status)


def result_codes(instrument: Instrument, addresses: Addresses) -> list[Json]:
    """The codes of the total or the result: published ones on our own scale, then our own."""
    published = published_codes(instrument, RESULT_NAMES)
    ours = addresses.coding("scores", f"{instrument.id}.total", f"{instrument.short_title} score")
    return [one for one in published if one["code"] not in ON_ANOTHER_SCALE] + [ours]
