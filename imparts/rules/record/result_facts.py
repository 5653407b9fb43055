"""The facts of one response that the hospital record is owed, and their JSON.

`to_json` gives what outbox.actions.new_message(facts=...) stores; `from_json` reads it back. Names
and numbers of patients live here, so a refusal names the fact that is wrong and never its value.

Numbers with decimals travel as text ("3.3"), because JSON's own numbers are not exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from imparts.rules.record.json_facts import (
    FactsRefused,
    flag,
    many,
    moment,
    part,
    plain,
    read,
    text,
    texts,
)
from imparts.rules.record.mapping import AS_IT_IS, DestinationMapping
from imparts.rules.record.score_facts import PartFacts as PartFacts
from imparts.rules.record.score_facts import ScoreFacts as ScoreFacts
from imparts.rules.record.score_facts import read_score

# 1 until results had parts, 2 until one could be withdrawn; each is written as the least that says
# all of it, so that a program which knows less never takes a withdrawal for a result.
VERSION = 3
SCHEMES = ("local", "nhs", "chi", "hcn")
SEXES = ("female", "male", "indeterminate", "unknown")


@dataclass(frozen=True, slots=True)
class IdentifierFacts:
    """One number by which the patient is known. `scheme` is one of SCHEMES (others go as local).

    `authority` is the code of the organisation that issues a local number; national numbers need
    none. `verified` means traced with the national service, not merely a good check digit.
    """

    scheme: str
    value: str
    verified: bool = False
    authority: str = ""


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """Who answered. `id` is our own id, sent last, so that nobody is without any number.

    `sex` is one of SEXES; any other word is sent as unknown, because a result must not be lost
    over it.
    """

    id: str
    family: str
    given: str
    born_on: date | None
    sex: str
    identifiers: tuple[IdentifierFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A service or an organisation: its code and what people call it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class InstrumentFacts:
    """The instrument as it was asked, with the terminology codes of its file ("" where none).

    `is_form` marks a questionnaire that someone else wrote. It has no total: each number that it
    works out is an item with `number`.
    """

    id: str
    title: str
    short_title: str
    version: str
    loinc_panel: str = ""
    loinc_total: str = ""
    snomed_total: str = ""
    is_form: bool = False


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One item that applied to this patient, in the order of the instrument's file.

    `value` and `label` are the option chosen; `answer_code` its LOINC answer code ("" if none);
    `words` what was written in a free-text item; `number` with its `unit` what a form worked out.
    No value, words or number means unanswered: `declined` tells "chose not to answer" from "not
    reached".
    """

    id: str
    text: str
    value: int | None = None
    label: str = ""
    loinc: str = ""
    answer_code: str = ""
    words: str = ""
    number: Decimal | None = None
    unit: str = ""
    declined: bool = False
    flagged: bool = False

    @property
    def is_answered(self) -> bool:
        """Was an option chosen, something written, or a number worked out?"""
        return self.value is not None or bool(self.words) or self.number is not None


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """An alert that was open when the message was owed: `words` say what staff are to do."""

    id: str
    item: str
    words: str
    raised_at: datetime
    tier: str = "A"
    tier_words: str = ""
    closed_at: datetime | None = None
    """Only in the message that says so."""


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """Everything the record is told about one response. One response is one message.

    `is_correction` says that an earlier message about the same response is put right by this one;
    `is_withdrawn` that it was another person's. `mapping` is how one destination wants it told; it
    is applied when the message is written (applying.py) and never stored.
    """

    response_id: str
    instrument: InstrumentFacts
    score: ScoreFacts
    items: tuple[ItemFacts, ...]
    patient: PatientFacts
    service: PlaceFacts
    organisation: PlaceFacts
    completed_at: datetime
    appointment_id: str = ""
    who_helped: str = ""
    mode: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()
    is_correction: bool = False
    is_withdrawn: bool = False
    alerts: tuple[AlertFacts, ...] = ()
    mapping: DestinationMapping = field(default=AS_IT_IS, compare=False)

    def __post_init__(self) -> None:
        if self.completed_at.tzinfo is None:
            raise FactsRefused("completed_at has no time zone")

    def to_json(self) -> dict[str, Any]:
        """The facts as plain JSON values, for the outbox."""
        return {
            "version": self._version,
            "response_id": self.response_id,
            "is_correction": self.is_correction,
            **({"is_withdrawn": True} if self.is_withdrawn else {}),
            **({"alerts": [plain(one) for one in self.alerts]} if self.alerts else {}),
            "instrument": plain(self.instrument),
            "score": self.score.to_json(),
            "items": [plain(item) for item in self.items],
            "patient": patient_to_json(self.patient),
            "service": plain(self.service),
            "organisation": plain(self.organisation),
            "appointment_id": self.appointment_id,
            "completed_at": self.completed_at.isoformat(),
            "who_helped": self.who_helped,
            "mode": self.mode,
            "language": self.language,
            "notes": list(self.notes),
        }

    @property
    def _version(self) -> int:
        if self.is_withdrawn:
            return VERSION
        return 2 if self.score.needs_version_2 else 1

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "ResultFacts":
        """Read stored facts back; FactsRefused says which fact is missing or wrong."""
        if facts.get("version") not in range(1, VERSION + 1):
            raise FactsRefused(
                f"version is not one of those that this program reads, 1 to {VERSION}"
            )
        return cls(
            response_id=text(facts, "response_id"),
            is_correction=flag(facts, "is_correction"),
            is_withdrawn=flag(facts, "is_withdrawn"),
            alerts=tuple(_alert(each) for each in many(facts, "alerts")),
            instrument=read(InstrumentFacts, part(facts, "instrument")),
            score=read_score(part(facts, "score")),
            items=tuple(read(ItemFacts, each) for each in many(facts, "items")),
            patient=read_patient(part(facts, "patient")),
            service=read(PlaceFacts, part(facts, "service")),
            organisation=read(PlaceFacts, part(facts, "organisation")),
            appointment_id=text(facts, "appointment_id"),
            completed_at=moment(facts, "completed_at"),
            who_helped=text(facts, "who_helped"),
            mode=text(facts, "mode"),
            language=text(facts, "language"),
            notes=texts(facts, "notes"),
        )


def _alert(facts: Mapping[str, Any]) -> AlertFacts:
    closed_at = moment(facts, "closed_at") if facts.get("closed_at") else None
    return read(AlertFacts, facts, raised_at=moment(facts, "raised_at"), closed_at=closed_at)


def patient_to_json(patient: PatientFacts) -> dict[str, Any]:
    """Who it is about, as it is stored."""
    return plain(patient) | {"identifiers": [plain(each) for each in patient.identifiers]}


def read_patient(facts: Mapping[str, Any]) -> PatientFacts:
    """Who it is about, read back."""
    identifiers = tuple(read(IdentifierFacts, each) for each in many(facts, "identifiers"))
    return read(PatientFacts, facts, identifiers=identifiers)
