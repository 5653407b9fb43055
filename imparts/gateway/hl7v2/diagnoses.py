"""Diagnoses: what a message's DG1 say somebody has; no code is guessed, none is translated."""

from dataclasses import dataclass
from datetime import date

from imparts.gateway.hl7v2.message import Message, Segment
from imparts.gateway.hl7v2.moments import Zone
from imparts.gateway.hl7v2.said import Unreadable, at_most, trimmed

_CODE, _SYSTEM, _WORDS = 40, 60, 250
_MOST = 200
_TAKES_BACK = "D"
# How senders write the systems that are in use, and how we keep them.
_SYSTEMS = {"I10": "ICD-10", "ICD10": "ICD-10", "SCT": "SNOMED CT", "SNM": "SNOMED CT"}


@dataclass(frozen=True, slots=True)
class DiagnosisSaid:
    """One DG1."""

    system: str
    code: str
    words: str
    diagnosed_on: date | None
    is_taken_back: bool

    @property
    def key(self) -> str:
        """What makes two of them the same diagnosis."""
        return key_of(self.system, self.code, self.words)


def key_of(system: str, code: str, words: str) -> str:
    """By its code, or else by its words."""
    return f"{system} {code}" if code else words.casefold()


def read_diagnoses(message: Message, *, zone: Zone) -> tuple[DiagnosisSaid, ...]:
    """Every DG1 that says something; one that only holds the order to delete says nothing here."""
    found = message.every("DG1")
    if len(found) > _MOST:
        raise Unreadable(f"There are more than {_MOST} diagnoses.", where="DG1")
    return tuple(
        _read(each, zone)
        for each in found
        if each.text(3) or each.text(3, component=2) or each.text(4)
    )


def _read(dg1: Segment, zone: Zone) -> DiagnosisSaid:
    code = at_most(trimmed(dg1, 3), _CODE, where="DG1-3.1", what="The code")
    said = trimmed(dg1, 3, component=3) or trimmed(dg1, 2)
    system = at_most(said, _SYSTEM, where="DG1-3.3", what="The system of the code")
    if code and not system:
        raise Unreadable(
            "The code of a diagnosis names no system. Say which in DG1-3.3, such as I10 or SCT.",
            where="DG1-3.3",
        )
    words = trimmed(dg1, 4) or trimmed(dg1, 3, component=2) or code
    return DiagnosisSaid(
        system=_SYSTEMS.get(system.upper(), system),
        code=code,
        words=at_most(words, _WORDS, where="DG1-4", what="The words of a diagnosis"),
        diagnosed_on=zone.day(trimmed(dg1, 5), where="DG1-5"),
        is_taken_back=trimmed(dg1, 21).upper() == _TAKES_BACK,
    )
