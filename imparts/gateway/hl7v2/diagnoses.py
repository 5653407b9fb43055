"""Diagnoses: what a message's DG1 say somebody has; no code is guessed, none is translated."""

from dataclasses import dataclass
from datetime import date

from imparts.gateway.hl7v2.message import Message, Segment
from imparts.gateway.hl7v2.moments import Zone
from imparts.gateway.hl7v2.said import Unreadable, at_most

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
    where: str

    @property
    def key(self) -> str:
        """What makes two of them the same diagnosis: its code, or else its words."""
        return f"{self.system} {self.code}" if self.code else self.words.casefold()


def read_diagnoses(message: Message, *, zone: Zone) -> tuple[DiagnosisSaid, ...]:
    """Every DG1 that says something; one that only holds the order to delete says nothing here."""
    found = message.every("DG1")
    if len(found) > _MOST:
        raise Unreadable(f"There are more than {_MOST} diagnoses.", where="DG1")
    return tuple(
        _read(each, "DG1", zone)
        for each in found
        if each.text(3) or each.text(3, component=2) or each.text(4)
    )


def _read(dg1: Segment, where: str, zone: Zone) -> DiagnosisSaid:
    code = at_most(dg1.text(3).strip(" "), _CODE, where=f"{where}-3.1", what="The code")
    said = dg1.text(3, component=3).strip(" ") or dg1.text(2).strip(" ")
    system = at_most(said, _SYSTEM, where=f"{where}-3.3", what="The system of the code")
    if code and not system:
        raise Unreadable(
            "The code of a diagnosis names no system. Say which in DG1-3.3, such as I10 or SCT.",
            where=f"{where}-3.3",
        )
    words = dg1.text(4).strip(" ") or dg1.text(3, component=2).strip(" ") or code
    return DiagnosisSaid(
        system=_SYSTEMS.get(system.upper(), system),
        code=code,
        words=at_most(words, _WORDS, where=f"{where}-4", what="The words of a diagnosis"),
        diagnosed_on=zone.day(dg1.text(5).strip(" "), where=f"{where}-5"),
        is_taken_back=dg1.text(21).strip(" ").upper() == _TAKES_BACK,
        where=where,
    )
