"""The first page of a role that has no pages of its own yet: what it can do here, and what not."""

from collections.abc import Sequence
from dataclasses import dataclass

from imparts.access.roles import Role


@dataclass(frozen=True, slots=True)
class RoleInWords:
    """One role: what it is and what it may do."""

    name: str
    explains: str
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """A calm page instead of an empty one."""

    title: str
    roles: tuple[RoleInWords, ...]
    nothing: str

    @classmethod
    def of(cls, roles: Sequence[Role]) -> "Home":
        """Say it in the roles' own words."""
        in_words = tuple(
            RoleInWords(r.name, r.explains, tuple(sorted(str(what) for what in r.may)))
            for r in roles
        )
        return cls(
            title="Start",
            roles=in_words,
            nothing=""
            if roles
            else "You hold no role here today. An administrator can give you one.",
        )
