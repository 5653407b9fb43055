"""Reading a mapping: JSON to a DestinationMapping, every key and value checked.

A slip in a mapping could send a result to the wrong person or lose it, so nothing is passed over: a
key that is not known is refused by its place, with the keys that are known.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from imparts.rules.record.mapping import (
    AS_PRELIMINARY,
    LOCAL,
    NUMBERS,
    PARTS_OF_FACTS,
    PRELIMINARY,
    RESOURCES,
    SUBSTITUTED,
    Code,
    CodesOfInstrument,
    DestinationMapping,
    MappingRefused,
    Names,
    Number,
    Substitution,
)

_Read = TypeVar("_Read")
LONGEST = 200
_FIELD = re.compile(r"[A-Z][A-Z0-9]{2}(-[1-9][0-9]?)?")
# Without these nobody knows whose result it is, which one, or whether it is final.
_NEEDED = {
    "PID": (0, 3), "OBR": (0, 3, 4, 25), "OBX": (0, 1, 2, 3, 5, 11), "EVN": (0, 1, 2),
    "TXA": (0, 1, 2, 12, 13, 17, 19),
}  # fmt: skip
_KEYS = (
    "sender", "receiver", "identifiers", "authorities", "codes", "substitute", "leave_out",
    "preliminary", "document_type",
)  # fmt: skip
_OF_INSTRUMENT = ("panel", "total", "band", "bands", "items", "parts")


@dataclass(frozen=True, slots=True)
class _Place:
    """A value and where it stands."""

    path: str
    value: Any

    def wrong(self, words: str) -> MappingRefused:
        """What is wrong here."""
        return MappingRefused(f"{self.path or 'The mapping'} {words}.")

    def group(self, keys: Collection[str]) -> Mapping[str, "_Place"]:
        """Its parts; one that is not among `keys` is refused."""
        found = self.by_name()
        for name, part in found.items():
            if name not in keys:
                raise part.wrong(f"is not known here; known are {', '.join(keys)}")
        return found

    def by_name(self) -> Mapping[str, "_Place"]:
        """Its parts, under any names."""
        if not isinstance(self.value, dict):
            raise self.wrong("is not a group; write it in braces")
        before = f"{self.path}." if self.path else ""
        return {name: _Place(f"{before}{name}", one) for name, one in self.value.items()}

    def many(self) -> list["_Place"]:
        """Its entries."""
        if not isinstance(self.value, list):
            raise self.wrong("is not a list; write it in square brackets")
        return [_Place(f"{self.path}[{n}]", one) for n, one in enumerate(self.value)]

    def text(self) -> str:
        """A text that can stand in a message."""
        said = self.value
        if not isinstance(said, str):
            raise self.wrong("is not a text; write it in quotes")
        if not said.strip():
            raise self.wrong("is empty; leave the key out instead")
        if len(said) > LONGEST or not said.isprintable():
            raise self.wrong(f"is too long or holds signs that cannot be seen; at most {LONGEST}")
        return said

    def one_of(self, known: Collection[str]) -> str:
        """A text out of several."""
        if self.value not in known:
            raise self.wrong(f"is not one of {', '.join(known)}")
        return str(self.value)

    def yes_or_no(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong("is neither true nor false")
        return self.value


def read_mapping(given: Any) -> DestinationMapping:
    """A mapping from its JSON; MappingRefused says which place is wrong and what may stand there.

    Nothing at all is no mapping: messages are written as the guide describes them.
    """
    found = _Place("", given).group(_KEYS)
    return DestinationMapping(
        sender=_if_there(found, "sender", _names, Names()),
        receiver=_if_there(found, "receiver", _names, Names()),
        identifiers=_if_there(found, "identifiers", _numbers, MappingProxyType({})),
        authorities=_if_there(found, "authorities", _authorities, MappingProxyType({})),
        codes=_if_there(found, "codes", _codes, MappingProxyType({})),
        substitute=_if_there(found, "substitute", _substitutions, ()),
        leave_out=_if_there(found, "leave_out", _left_out, frozenset()),
        preliminary=_if_there(found, "preliminary", _preliminary, AS_PRELIMINARY),
        document_type=_said(found, "document_type"),
    )


def _if_there(
    found: Mapping[str, _Place], name: str, reader: Callable[[_Place], _Read], otherwise: _Read
) -> _Read:
    return reader(found[name]) if name in found else otherwise


def _said(found: Mapping[str, _Place], name: str) -> str:
    return found[name].text() if name in found else ""


def _names(place: _Place) -> Names:
    found = place.group(("application", "facility"))
    return Names(_said(found, "application"), _said(found, "facility"))


def _numbers(place: _Place) -> Mapping[str, Number]:
    kinds = place.group(NUMBERS)
    found = {key: _number(one) for key, one in kinds.items()}
    if LOCAL in found and found[LOCAL].is_left_out:
        raise kinds[LOCAL].wrong(
            "cannot be left out: by the hospital's own number alone a record knows its patients"
        )
    return MappingProxyType(found)


def _authorities(place: _Place) -> Mapping[str, Number]:
    return MappingProxyType({key: _number(one) for key, one in place.by_name().items()})


def _number(place: _Place) -> Number:
    found = place.group(("type", "authority", "system", "leave_out"))
    system = _said(found, "system")
    if system and not re.match(r"(https?://|urn:)\S+$", system):
        raise found["system"].wrong("is not an address; write it like https://... or urn:oid:...")
    left_out = "leave_out" in found and found["leave_out"].yes_or_no()
    return Number(_said(found, "type"), _said(found, "authority"), system, left_out)


def _codes(place: _Place) -> Mapping[str, CodesOfInstrument]:
    return MappingProxyType({key: _of_instrument(one) for key, one in place.by_name().items()})


def _of_instrument(place: _Place) -> CodesOfInstrument:
    found = place.group(_OF_INSTRUMENT)
    codes: dict[str, Any] = {
        name: MappingProxyType({key: _code(one) for key, one in found[name].by_name().items()})
        for name in ("bands", "items", "parts")
        if name in found
    }
    codes |= {name: _code(found[name]) for name in ("panel", "total", "band") if name in found}
    return CodesOfInstrument(**codes)


def _code(place: _Place) -> Code:
    found = place.group(("code", "text", "system"))
    for needed in ("code", "system"):
        if needed not in found:
            raise place.wrong(f"has no {needed}; write both a code and its system")
    return Code(found["code"].text(), found["system"].text(), _said(found, "text"))


def _substitutions(place: _Place) -> tuple[Substitution, ...]:
    return tuple(_substitution(one) for one in place.many())


def _substitution(place: _Place) -> Substitution:
    found = place.group(("field", "from", "to"))
    for needed in ("field", "from", "to"):
        if needed not in found:
            raise place.wrong(f"has no {needed}")
    before = _code(found["from"])
    return Substitution(
        found["field"].one_of(SUBSTITUTED), before.code, before.system, _code(found["to"])
    )


def _left_out(place: _Place) -> frozenset[str]:
    return frozenset(_one_left_out(one) for one in place.many())


def _one_left_out(place: _Place) -> str:
    name = place.text()
    if name in (*PARTS_OF_FACTS, *RESOURCES):
        return name
    if not _FIELD.fullmatch(name):
        raise place.wrong(
            f"is not a field such as PID-7, a segment such as NTE, nor one of "
            f"{', '.join((*PARTS_OF_FACTS, *RESOURCES))}"
        )
    segment, _, number = name.partition("-")
    if segment == "MSH" or int(number or 0) in _NEEDED.get(segment, ()):
        raise place.wrong(
            "cannot be left out: without it a record cannot tell whose or which result it is, "
            "or whether it is final"
        )
    return name


def _preliminary(place: _Place) -> str:
    return place.one_of(PRELIMINARY)
