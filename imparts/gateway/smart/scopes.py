"""Scopes: what a program may do with which resources, as SMART App Launch 2 writes them.

A scope narrows what a role allows and never widens it. `user/Observation.rs` lets an app read and
search the Observations that its user may see; a user who may see none still sees none.

    patient/Observation.rs     of the patient in context      c create  r read  u update
    user/*.cruds               of all that the user may see   d delete  s search, history of a type
    system/Patient.r           of all at a machine's services

SMART 1 wrote `.read`, `.write` and `.*`; these are understood. A scope with a condition
("?category=...") is not granted, because without its condition it would be wider.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LETTERS = "cruds"
LEVELS = ("patient", "user", "system")
_FIRST = {"read": "rs", "write": "cud", "*": LETTERS}
_SCOPE = re.compile(
    r"(?P<level>patient|user|system)/(?P<type>\*|[A-Z][A-Za-z]{1,40})\."
    r"(?P<does>read|write|\*|c?r?u?d?s?)"
)
# What else a program may ask for; each has a meaning of its own.
PLAIN = frozenset(
    {
        "openid", "fhirUser", "profile", "launch", "launch/patient", "launch/encounter",
        "online_access", "offline_access",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """One scope for resources: at which level, which type, which letters of "cruds"."""

    level: str
    type: str
    does: str

    def __str__(self) -> str:
        return f"{self.level}/{self.type}.{self.does}"

    def within(self, other: "Scope") -> "Scope | None":
        """The part of this scope that another one covers; None when there is none."""
        same = other.type == self.type or "*" in (other.type, self.type)
        if self.level != other.level or not same:
            return None
        type_ = other.type if self.type == "*" else self.type
        does = "".join(letter for letter in LETTERS if letter in self.does and letter in other.does)
        return Scope(self.level, type_, does) if does else None


def read_scope(text: str) -> Scope | None:
    """A scope for resources; None when the text is none, or has a condition."""
    found = _SCOPE.fullmatch(text)
    does = _FIRST.get(found["does"], found["does"]) if found else ""
    return Scope(found["level"], found["type"], does) if found and does else None


@dataclass(frozen=True, slots=True)
class Scopes:
    """The scopes of one token, or those that a program may ask for."""

    resources: tuple[Scope, ...] = ()
    plain: frozenset[str] = frozenset()

    @classmethod
    def read(cls, text: str) -> "Scopes":
        """The scopes of a text that are understood; the others are as if they were not there."""
        words = text.split()
        found = (read_scope(word) for word in words)
        return cls(
            tuple(dict.fromkeys(scope for scope in found if scope)),
            frozenset(word for word in words if word in PLAIN),
        )

    def allows(self, resource_type: str, interaction: str, *, level: str = "") -> bool:
        """Whether a letter of "cruds" may be done to a type, at one level or at any."""
        return any(
            interaction in scope.does
            and scope.type in ("*", resource_type)
            and level in ("", scope.level)
            for scope in self.resources
        )

    def at(self, levels: Iterable[str]) -> "Scopes":
        """The scopes of some levels only, and those without one."""
        kept = tuple(scope for scope in self.resources if scope.level in levels)
        return Scopes(kept, self.plain)

    def within(self, allowed: "Scopes") -> "Scopes":
        """The part of these that others allow. It is never wider than either."""
        parts = (mine.within(theirs) for mine in self.resources for theirs in allowed.resources)
        return Scopes(
            tuple(dict.fromkeys(part for part in parts if part)), self.plain & allowed.plain
        )

    @property
    def is_about_one_patient(self) -> bool:
        """Whether any of these is for the patient in context; then the whole token is."""
        return any(scope.level == "patient" for scope in self.resources)

    def __str__(self) -> str:
        return " ".join([*sorted(self.plain), *map(str, self.resources)])
