"""Destination: one place that messages are owed to, and what it wants to hear of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

RECORD = "record"
RECORD_FHIR = "record_fhir"
RESULT, CORRECTION, WITHDRAWAL, DOCUMENT = "result", "correction", "withdrawal", "document"
ALERT = "alert"
"""The end of an alert that a server was told of by FHIR (pathways.actions.telling_record)."""

_RESULTS, _DOCUMENTS = frozenset({RESULT, CORRECTION, WITHDRAWAL}), frozenset({DOCUMENT})
_WANTS = {"oru": _RESULTS, "mdm": _DOCUMENTS, "fhir": _RESULTS | _DOCUMENTS}


@dataclass(frozen=True, slots=True)
class Destination:
    """One place, as its settings stand."""

    code: str
    name: str
    way: str
    """mllp or fhir."""
    sends: str
    """oru, mdm or fhir."""
    address: str
    """host:port, or the base of a FHIR server; empty while nobody has said where it is."""
    services: frozenset[int] = frozenset()
    """Whose messages it gets; none named means all."""
    mapping: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    connections: int = 1
    is_paused: bool = False
    refusal_blocks_patient: bool = False
    """Does a refused message hold back later ones of the same patient?"""
    grown_from_messages: int = 100
    grown_from_minutes: int = 15

    @property
    def can_be_sent_to(self) -> bool:
        """Is it known where it is, and does nobody hold it back?"""
        return bool(self.address) and not self.is_paused

    def wants(self, kind: str, *, service: int | None) -> bool:
        """Is a message of this kind, from this service, owed to it?"""
        is_ours = not self.services or service in self.services
        return is_ours and kind in _WANTS.get(self.sends, frozenset())
