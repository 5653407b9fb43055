"""The run: what live and draft would have done over the last months, with dots on one scale.

It is kept as it was worked out, so that opening the page again does not work it out again.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from imparts.design.words import counted
from imparts.rules.pathways.comparison import Comparison, Moved, OptionLine
from imparts.rules.pathways.run_words import per_cent

WIDTH, PAD = 208, 4
SAME, NO_LIMIT, NOT_STATED = "same", "no limit", "not stated"


@dataclass(frozen=True, slots=True)
class Dots:
    """Live as an open dot, draft as a solid one, the capacity as a bar; one scale for all."""

    live: float
    draft: float
    bar: float | None
    described: str


@dataclass(frozen=True, slots=True)
class RunLine:
    """One option."""

    name: str
    live: str
    draft: str
    change: str
    dots: Dots
    a_week_before: str
    """Empty when nothing changes."""
    a_week: str
    can_take: str
    verdict: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Shares:
    """Who is moved to or from one option, as shares beside all who were asked."""

    heading: str
    words: str
    groups: tuple[str, ...]
    moved: tuple[str, ...]
    asked: tuple[str, ...]
    moved_head: str
    asked_head: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """Everything that the page shows of a run."""

    heading: str
    lines: tuple[RunLine, ...]
    said: tuple[tuple[str, bool], ...]
    """Sentences about who is moved; the first stands in bold."""
    shares: tuple[Shares, ...]
    never_asked: str
    too_few: str
    as_of: str
    replayed: str = ""
    """Whether live, run over the past, gives what was suggested then; empty where none was."""

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "RunPage":
        """As it was kept."""
        return cls(
            heading=kept["heading"],
            lines=tuple(RunLine(**{**one, "dots": Dots(**one["dots"])}) for one in kept["lines"]),
            said=tuple((words, strong) for words, strong in kept["said"]),
            shares=tuple(
                Shares(
                    **{**one, **{name: tuple(one[name]) for name in ("groups", "moved", "asked")}}
                )
                for one in kept["shares"]
            ),
            never_asked=kept["never_asked"],
            too_few=kept["too_few"],
            as_of=kept["as_of"],
            replayed=kept.get("replayed", ""),
        )


def run_page(found: Comparison, *, as_of: str, replayed: str) -> RunPage:
    """The page of a comparison."""
    weeks = Decimal((found.until - found.since).days + 1) / 7
    return RunPage(
        heading=found.heading,
        lines=(*(_line(one, weeks) for one in found.lines), _item9(found)),
        said=tuple((one.words, number == 0) for number, one in enumerate(found.moved)),
        shares=_each_once(found),
        never_asked=found.never_asked_words,
        too_few=found.too_few,
        as_of=as_of,
        replayed=replayed,
    )


def replayed_words(live: str, *, visits: int, different: int) -> str:
    """Whether a run can be trusted: live over the past beside what was suggested at the time."""
    if not visits:
        return ""
    if not different:
        return f"{live} replayed equals what happened at {counted(visits, 'visit')}."
    return (
        f"{live} replayed differs from what happened at {different:,} of "
        f"{counted(visits, 'visit')}: something that it rests on was corrected or came later."
    )


def _each_once(found: Comparison) -> tuple[Shares, ...]:
    """The same people who go from one option to another are shown once."""
    shown = [_shares(one, found.people) for one in found.moved if one.shares]
    once = {(one.moved_head, one.moved): one for one in reversed(shown)}
    return tuple(reversed(once.values()))


def _line(one: OptionLine, weeks: Decimal) -> RunLine:
    changes = one.change != SAME
    limit = one.capacity * weeks if one.capacity is not None else None
    return RunLine(
        name=one.name,
        live=f"{one.live:,}",
        draft=f"{one.draft:,}",
        change=one.change,
        dots=_dots(one.live, one.draft, limit, one.highest),
        a_week_before=f"{one.a_week_live}" if changes else "",
        a_week=f"{one.a_week_draft}",
        can_take=one.capacity_words,
        verdict=one.verdict,
        is_over=one.verdict.endswith("over"),
    )


def _item9(found: Comparison) -> RunLine:
    most = max((one.highest for one in found.lines), default=max(found.item9_draft, 1))
    weeks = Decimal((found.until - found.since).days + 1) / 7
    a_week = (found.item9_draft / weeks).quantize(Decimal("0.1"))
    return RunLine(
        name="Item 9 conversations",
        live=f"{found.item9_live:,}",
        draft=f"{found.item9_draft:,}",
        change=SAME if found.item9_live == found.item9_draft else "changed",
        dots=_dots(found.item9_live, found.item9_draft, None, most),
        a_week_before="",
        a_week=f"{a_week}",
        can_take="",
        verdict=found.item9_words,
        is_over=False,
    )


def _dots(live: int, draft: int, limit: Decimal | None, highest: int) -> Dots:
    bar = _x(float(limit), highest) if limit is not None and limit <= highest else None
    said = f"live {live}, draft {draft}"
    if limit is not None:
        said += f", can take {limit.quantize(Decimal(1))}"
    return Dots(_x(live, highest), _x(draft, highest), bar, said)


def _x(value: float, highest: int) -> float:
    share = min(value / highest, 1.0) if highest else 0.0
    return round(PAD + share * (WIDTH - 2 * PAD), 1)


def _shares(one: Moved, asked: int) -> Shares:
    return Shares(
        heading=one.shares_words,
        words=one.name,
        groups=tuple(group.name for group in one.shares),
        moved=tuple(per_cent(group.moved) for group in one.shares),
        asked=tuple(per_cent(group.asked) for group in one.shares),
        moved_head=f"Moved ({one.people:,})",
        asked_head=f"All who were asked ({asked:,})",
    )
