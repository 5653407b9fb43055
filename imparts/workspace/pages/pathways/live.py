"""One pathway as a service follows it: the rule in words, earlier versions, capacities."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imparts.design.dates import day
from imparts.rules.pathways.options import Option

if TYPE_CHECKING:
    from imparts.authoring.queries.pathway_drafts import Live
    from imparts.pathways.queries.capacity import CapacityStated
    from imparts.workspace.pages.pathways.rule import LevelLines


@dataclass(frozen=True, slots=True)
class CapacityLine:
    """One option: what it says that it can take, and who may say it anew."""

    option: str
    name: str
    said: str
    may_state: bool
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LivePage:
    """Exactly what the page of a pathway may show."""

    title: str
    place: str
    stands: str
    service: int
    key: str
    rule: tuple["LevelLines", ...]
    sources: tuple[str, ...]
    draft: int
    draft_says: str
    may_edit: bool
    no_edit: str
    capacities: tuple[CapacityLine, ...]
    earlier: tuple[tuple[int, str], ...]
    may_go_back: bool
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


def stands_of(live: "Live", checked_by: str) -> str:
    """Which version, since when, and who has checked it."""
    said = f"Version {live.number} ({live.content.version}) since {day(live.since)}"
    if live.later is not None:
        said += f"; {live.later.content.version} follows on {day(live.later.from_on)}"
    return f"{said}; {checked_by}"


def earlier_of(live: "Live") -> tuple[tuple[int, str], ...]:
    """The versions that were followed before, the latest first."""
    return tuple((one.pk, one.version) for one in live.earlier)


def capacity_lines(
    codes: Iterable[str], options: Mapping[str, Option],
    stated: "Mapping[str, CapacityStated]", *, may_state: Callable[[str], bool],
    called: Callable[[str], str], typed: Mapping[str, str], wrong: Mapping[str, str],
    typed_for: str,
) -> tuple[CapacityLine, ...]:  # fmt: skip
    """Every option that the pathway offers."""
    return tuple(
        CapacityLine(
            option=code,
            name=options[code].name,
            said=_said(stated.get(code), called),
            may_state=may_state(code),
            typed=typed if code == typed_for else {},
            wrong=wrong if code == typed_for else {},
        )
        for code in dict.fromkeys(codes)
        if code in options
    )


def _said(stated: "CapacityStated | None", called: Callable[[str], str]) -> str:
    if stated is None:
        return "not stated"
    how_many = "no limit" if stated.a_week is None else f"{stated.a_week} a week"
    entered = f"entered by {called(stated.by)}, {day(stated.at)}"
    return f"{how_many}, stated by {stated.stated_by}; {entered}"
