"""A mapping: how one destination wants the facts told, as data and never as code.

No two hospital records agree on codes, on the types of a patient's numbers or on their own names.
What they want is written as JSON for each destination, read once (mapping_reading.py, which refuses
every key and value that it does not know) and applied to the facts (applying.py). The writers of
HL7 v2 and FHIR then ask the mapping. Without any, a message says what INTERFACES of HL7 v2 out
describes (docs/guides/hl7v2-out.md).

    {
      "sender":      {"application": "IMPARTS", "facility": "RXX"},          MSH-3, MSH-4
      "receiver":    {"application": "TIE", "facility": "RXX"},              MSH-5, MSH-6
      "identifiers": {"chi": {"type": "NH", "authority": "CHI"}},            PID-3.5, PID-3.4
      "authorities": {"X001": {"authority": "RXX", "system": "https://..."}},
      "codes":       {"phq9": {"total": {"code": "MH1", "text": "PHQ-9", "system": "RXXLAB"}}},
      "substitute":  [{"field": "OBX-3", "from": {"code": "44261-6", "system": "LN"},
                       "to": {"code": "MH1", "text": "PHQ-9", "system": "RXXLAB"}}],
      "leave_out":   ["PID-7", "NTE", "items"],
      "preliminary": "in_words",
      "document_type": "CN"                                                  TXA-2
    }
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

_Value = TypeVar("_Value")

AS_PRELIMINARY = "as_preliminary"
"""An estimate is sent with its number and status P."""
IN_WORDS = "in_words"
"""An estimate is sent as words, for a record that overlooks OBX-11."""
WITHOUT_NUMBER = "without_number"
"""Only that there is an estimate is sent, and its notes."""
PRELIMINARY = (AS_PRELIMINARY, IN_WORDS, WITHOUT_NUMBER)

OURS, LOCAL = "ours", "local"
NUMBERS = (LOCAL, "nhs", "chi", "hcn", OURS)
# Parts of the facts, and kinds of FHIR resource, that a destination may do without.
PARTS_OF_FACTS = ("items", "bands", "parts", "notes")
RESOURCES = ("Flag", "DocumentReference", "Provenance")
SUBSTITUTED = ("OBR-4", "OBX-3")


def _none() -> Mapping[str, Any]:
    return MappingProxyType({})


class MappingRefused(ValueError):
    """Why a mapping cannot be used: its place and what to write there, in one sentence."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the destination's own; its `text` is ours where it gives none.

    `system` is the name of a coding system in HL7 v2, and a web address or urn in FHIR.
    """

    code: str
    system: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class CodesOfInstrument:
    """The destination's codes of one instrument: what it has none for keeps ours."""

    panel: Code | None = None
    total: Code | None = None
    band: Code | None = None
    bands: Mapping[str, Code] = field(default_factory=_none)
    """By the id of a band: OBX-5."""
    items: Mapping[str, Code] = field(default_factory=_none)
    parts: Mapping[str, Code] = field(default_factory=_none)


@dataclass(frozen=True, slots=True)
class Number:
    """How one kind of patient number is written; empty keeps what is usual."""

    type: str = ""
    authority: str = ""
    system: str = ""
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Substitution:
    """One code that is replaced wherever it stands in a field, whichever instrument it is of."""

    field: str
    code: str
    system: str
    to: Code


@dataclass(frozen=True, slots=True)
class Names:
    """Who sends, or who receives: an application and a facility."""

    application: str = ""
    facility: str = ""


@dataclass(frozen=True, slots=True)
class DestinationMapping:
    """Everything that one destination wants otherwise than it is told without a mapping."""

    sender: Names = Names()
    receiver: Names = Names()
    identifiers: Mapping[str, Number] = field(default_factory=_none)
    authorities: Mapping[str, Number] = field(default_factory=_none)
    """Hospitals' own numbers, by the code of the organisation that issues them."""
    codes: Mapping[str, CodesOfInstrument] = field(default_factory=_none)
    substitute: tuple[Substitution, ...] = ()
    leave_out: frozenset[str] = frozenset()
    preliminary: str = AS_PRELIMINARY
    document_type: str = ""

    def of(self, instrument: str) -> CodesOfInstrument:
        """The destination's codes of one instrument."""
        return self.codes.get(instrument, _NO_CODES)

    def number(self, scheme: str, issuer: str = "") -> Number:
        """How a number of this kind is written; a hospital's own first by who issues it."""
        kind = self.identifiers.get(scheme if scheme in NUMBERS else LOCAL, _USUAL)
        if scheme in NUMBERS and scheme != LOCAL:
            return kind
        issued = self.authorities.get(issuer, _USUAL)
        return Number(
            type=issued.type or kind.type,
            authority=issued.authority or kind.authority,
            system=issued.system or kind.system,
            is_left_out=issued.is_left_out or kind.is_left_out,
        )

    def leaves_out(self, name: str) -> bool:
        """Whether a field, a segment, a part of the facts or a kind of resource is left out."""
        return name in self.leave_out


_NO_CODES = CodesOfInstrument()
_USUAL = Number()
AS_IT_IS = DestinationMapping()
