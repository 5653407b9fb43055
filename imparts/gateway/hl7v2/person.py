"""Person: who a message is about, as its PID (and MRG) says it; nothing is decided here.

Every fact is Said: a value, the order to delete, or nothing. Names of which PID-5 repeats several
are told apart by their type; numbers keep their issuer and type, so that whoever matches can tell
a hospital's own number from everyone else's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from imparts.gateway.hl7v2.message import Message, Repetition, Segment
from imparts.gateway.hl7v2.moments import Zone
from imparts.gateway.hl7v2.said import (
    DELETED,
    Said,
    Unreadable,
    at_most,
    is_order_to_delete,
    part,
    trimmed,
    words_of,
)

_NAME, _NUMBER, _SHORT = 120, 250, 80
_CALLED = ("L", "", "D", "U", "C", "I")  # types of the name by which someone goes, the best first
_NICKNAME = "N"
_SEXES = {
    "F": "female", "2": "female", "M": "male", "1": "male", "A": "indeterminate",
    "I": "indeterminate", "9": "indeterminate", "U": "not_known", "0": "not_known",
}  # fmt: skip
_HOMES = ("H", "", "P", "L", "M")  # types of address: home, unsaid, permanent, legal, mailing
_YES, _NO = ("Y", "1"), ("N", "0")
_VERIFIED = ("NSTS01", "01")
_MOST_REPEATS = 50


@dataclass(frozen=True, slots=True)
class Number:
    """One number of PID-3 or MRG-1."""

    value: str
    issuer: str  # PID-3.4.1
    type: str  # PID-3.5


@dataclass(frozen=True, slots=True)
class Name:
    """One name of PID-5."""

    family: str
    given: str


@dataclass(frozen=True, slots=True)
class Person:
    """What a message says of a patient."""

    numbers: tuple[Number, ...]
    name: Said[Name] = None
    known_as: Said[str] = None
    born_on: Said[date] = None
    is_born_inexactly: bool = False  # PID-7 gives a year or a month alone
    sex: Said[str] = None
    is_sex_unread: bool = False  # PID-8 holds a code that is in no table here
    postcode: Said[str] = None
    ethnicity: Said[str] = None
    died_on: Said[date] = None
    is_dead: bool | None = None
    is_nhs_number_verified: bool = False


def read_person(message: Message, *, zone: Zone) -> Person:
    """PID; Unreadable when there is none, or a field of it cannot be read."""
    pid = message.first("PID")
    if pid is None:
        raise Unreadable("The message has no PID: it does not say whom it is about.", where="PID")
    born_on, sex = _day(pid, 7, zone), _sex(pid)
    return Person(
        numbers=read_numbers(pid, 3, where="PID-3"),
        name=_name(pid),
        known_as=_known_as(pid),
        born_on=born_on,
        is_born_inexactly=bool(pid.text(7)) and born_on is None,
        sex=sex,
        is_sex_unread=isinstance(words_of(pid, 8), str) and sex is None,
        postcode=_postcode(pid),
        ethnicity=words_of(pid, 22),
        died_on=_day(pid, 29, zone),
        is_dead=_is_dead(pid),
        is_nhs_number_verified=any(part(each, 1).upper() in _VERIFIED for each in pid.field(32)),
    )


def read_numbers(segment: Segment, field: int, *, where: str) -> tuple[Number, ...]:
    """Every number of a field; each once, in order."""
    repeats = segment.field(field)
    if len(repeats) > _MOST_REPEATS:
        raise Unreadable(f"There are more than {_MOST_REPEATS} numbers here.", where=where)
    found: dict[Number, None] = {}
    for each in repeats:
        value = part(each, 1)
        if value:
            kept = at_most(value, _NUMBER, where=f"{where}.1", what="A number")
            issuer = at_most(part(each, 4), _SHORT, where=f"{where}.4", what="An issuer")
            found[Number(kept, issuer, part(each, 5).upper()[:10])] = None
    return tuple(found)


def _name(pid: Segment) -> Said[Name]:
    if pid.is_deleted(5):
        return DELETED
    found = _best(pid.field(5), _CALLED)
    if found is None:
        return None
    family, given = part(found, 1), part(found, 2)
    if not family and not given:
        return None
    return Name(
        at_most(family, _NAME, where="PID-5.1", what="The family name"),
        at_most(given, _NAME, where="PID-5.2", what="The given name"),
    )


def _best(repeats: Iterable[Repetition], types: tuple[str, ...]) -> Repetition | None:
    """The first of the best type that is there: component 7, of names and addresses alike."""
    by_type: dict[str, Repetition] = {}
    for each in repeats:
        by_type.setdefault(part(each, 7).upper(), each)
    return next((by_type[type_] for type_ in types if type_ in by_type), None)


def _known_as(pid: Segment) -> Said[str]:
    for each in pid.field(5):
        if part(each, 7).upper() == _NICKNAME:
            said = part(each, 2) or part(each, 1)
            return at_most(said, _NAME, where="PID-5.2", what="The name known as") or None
    return None


def _day(pid: Segment, number: int, zone: Zone) -> Said[date]:
    if pid.is_deleted(number):
        return DELETED
    return zone.day(trimmed(pid, number), where=f"PID-{number}")


def _sex(pid: Segment) -> Said[str]:
    said = words_of(pid, 8)
    return _SEXES.get(said.upper()) if isinstance(said, str) else said


def _postcode(pid: Segment) -> Said[str]:
    if pid.is_deleted(11):
        return DELETED
    home = _best([each for each in pid.field(11) if not is_order_to_delete(each)], _HOMES)
    return (part(home, 5).upper() or None) if home else None


def _is_dead(pid: Segment) -> bool | None:
    if pid.is_deleted(30):
        return False
    said = trimmed(pid, 30).upper()
    if said in (*_YES, *_NO):
        return said in _YES
    # A year or a month of death, and nothing else, still says that somebody has died.
    return True if pid.text(29) else None
