"""The words of a document, line by line: the same in text, in the PDF and in FHIR."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from imparts.rules.record.document_facts import TITLE, DocumentFacts, SectionFacts
from imparts.rules.record.result_facts import IdentifierFacts, PatientFacts

_CLOCKS = ZoneInfo("Europe/London")
_NUMBERS = {"nhs": "NHS number", "chi": "CHI number", "hcn": "H&C number"}
WITHDRAWN = SectionFacts(
    "Filed to the wrong person",
    "The answers in the earlier document were another person's.",
    (
        "They were never this patient's, and nothing about this patient follows from them.",
        "The earlier document is kept, and is out of use.",
    ),
)


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """Everything that a document says."""

    title: str
    name: str
    born: str
    numbers: tuple[str, ...]
    place: str
    on: str
    sections: tuple[SectionFacts, ...]
    foot: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The document as text."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self.title
        yield ", ".join([self.name, self.born, *self.numbers])
        yield f"{self.place}. {self.on}."
        for one in self.sections:
            yield " "
            yield f"{one.heading}: {one.result}" if one.result else one.heading
            yield from one.lines
        yield " "
        yield self.foot

    def for_pdf(self) -> dict[str, Any]:
        """What document.typ draws."""
        return {
            "title": self.title,
            "name": self.name,
            "born": self.born,
            "numbers": list(self.numbers),
            "place": self.place,
            "on": self.on,
            "sections": [
                {"heading": one.heading, "result": one.result, "lines": list(one.lines)}
                for one in self.sections
            ],
            "foot": self.foot,
        }


def words_of(facts: DocumentFacts) -> DocumentWords:
    """A document in words."""
    patient, at = facts.patient, facts.completed_at.astimezone(_CLOCKS)
    sections = facts.sections
    if facts.mapping.leaves_out("items"):
        sections = tuple(SectionFacts(one.heading, one.result) for one in sections)
    return DocumentWords(
        title=TITLE,
        name=f"{patient.family.upper()}, {patient.given}",
        born=f"born {_day(patient)}",
        numbers=tuple(_number(one) for one in patient.identifiers),
        place=f"{facts.service.name}, {facts.organisation.name}",
        on=f"{at.day} {at:%B %Y} at {at:%H:%M}",
        sections=(WITHDRAWN,) if facts.is_withdrawn else sections,
        foot=f"Written by imparts from the patient's own answers. Document {facts.document_id}"
        + (f", in place of {facts.replaces}." if facts.replaces else "."),
    )


def _day(patient: PatientFacts) -> str:
    born = patient.born_on
    return f"{born.day} {born:%B %Y}" if born else "on a day that is not known"


def _number(each: IdentifierFacts) -> str:
    return f"{_NUMBERS.get(each.scheme, 'Hospital number')} {each.value}"
