"""Every connection on one page: what waits and how long, in words; trouble first; no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from imparts.design.dates import brief_moment, clock, local, short_day
from imparts.design.words import capital, counted
from imparts.workspace.connection_facts import ConnectionFacts, MissingHere, RefusedFacts, State
from imparts.workspace.pages.connections.bars import Bars
from imparts.workspace.pages.connections.spans import span

_FIRST = {State.TROUBLE: 0, State.WELL: 1, State.QUIET: 2}


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """One connection in the table."""

    code: str
    name: str
    how: str
    mark: str
    needs_someone: bool
    words: str
    more: str
    last_in: str
    last_out: str
    waiting: str
    oldest: str
    refused: str
    has_refused: bool
    bars: Bars | None
    opens: str
    can_be_tried: bool


@dataclass(frozen=True, slots=True)
class RefusedShown:
    """One message that the other side will not take: their words, then ours."""

    id: int
    head: str
    what: str
    control_id: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class MissingShown:
    """One message that a destination has and we have not."""

    control_id: str
    about: str
    to: str
    sent: str


@dataclass(frozen=True, slots=True)
class Connections:
    """The page where trust IT begins."""

    title: str
    updated: str
    waits: str
    """The first sentence, bold: what waits and how long. Empty when nothing does."""
    rest: str
    bars_from: str
    rows: tuple[ConnectionRow, ...]
    refused: tuple[RefusedShown, ...]
    refused_in_all: int
    missing: tuple[MissingShown, ...]
    missing_in_all: int

    @classmethod
    def of(
        cls,
        connections: Sequence[ConnectionFacts],
        *,
        refused: Sequence[RefusedFacts],
        refused_in_all: int,
        missing: Sequence[MissingHere] = (),
        missing_in_all: int = 0,
        now: datetime,
    ) -> "Connections":
        """Put all of it into words; whatever needs somebody stands first."""
        ordered = sorted(connections, key=lambda each: _FIRST[each.state])
        return cls(
            title=_title(connections),
            updated=f"{local(now):%H:%M:%S}",
            waits=_waits(connections, now),
            rest=_rest(connections, refused_in_all),
            bars_from=f"{clock(now - timedelta(days=1))} yesterday",
            rows=tuple(_row(each, now) for each in ordered),
            refused=tuple(_refused(each, now) for each in refused),
            refused_in_all=refused_in_all,
            missing=tuple(
                MissingShown(
                    each.control_id, each.about, each.destination_name, brief_moment(each.sent_at)
                )
                for each in missing
            ),
            missing_in_all=missing_in_all,
        )


def _title(connections: Sequence[ConnectionFacts]) -> str:
    trouble = sum(each.state is State.TROUBLE for each in connections)
    if not trouble:
        return f"Connections: all {len(connections)} well"
    need = "needs somebody" if trouble == 1 else "need somebody"
    return f"Connections: {len(connections) - trouble} of {len(connections)} well, {trouble} {need}"


def _waits(connections: Sequence[ConnectionFacts], now: datetime) -> str:
    said = [
        f"{each.name}: {each.waiting:,} {'waits' if each.waiting == 1 else 'wait'}, "
        f"the oldest {span(now - each.oldest_at)}."
        for each in connections
        if each.waiting and each.oldest_at
    ]
    return " ".join(said)


def _rest(connections: Sequence[ConnectionFacts], refused: int) -> str:
    came = sum(sum(each.bars) for each in connections if each.last_in)
    went = sum(sum(each.bars) for each in connections if each.last_out)
    waiting = any(each.waiting for each in connections)
    first = "" if waiting else "Nothing waits to be sent. "
    last = f"{counted(refused, 'message')} refused." if refused else "Nothing is refused."
    return f"{first}{came:,} messages in and {went:,} out in the last 24 hours. {last}"


def _row(facts: ConnectionFacts, now: datetime) -> ConnectionRow:
    return ConnectionRow(
        code=facts.code,
        name=facts.name,
        how=facts.how,
        mark=facts.state.value,
        needs_someone=facts.state is State.TROUBLE,
        words=capital(facts.words),
        more=facts.more,
        last_in=_last(facts.last_in, now),
        last_out=_last(facts.last_out, now),
        waiting="" if facts.waiting is None else f"{facts.waiting:,}",
        oldest=span(now - facts.oldest_at) if facts.oldest_at else "",
        refused="" if facts.refused is None else f"{facts.refused:,}",
        has_refused=bool(facts.refused),
        bars=Bars.of(facts.bars, holes=facts.holes) if facts.bars else None,
        opens=facts.opens,
        can_be_tried=facts.can_be_tried,
    )


def _last(moment: datetime | None, now: datetime) -> str:
    """10:18:41 today, 16 Nov before."""
    if moment is None:
        return ""
    is_today = local(moment).date() == local(now).date()
    return f"{local(moment):%H:%M:%S}" if is_today else short_day(moment)


def _refused(facts: RefusedFacts, now: datetime) -> RefusedShown:
    return RefusedShown(
        id=facts.id,
        head=f"{facts.destination_name}, {_last(facts.refused_at, now)}.",
        what=f"{capital(facts.kind)} {facts.about}, message",
        control_id=facts.control_id,
        theirs=facts.words,
        ours=facts.ours,
    )
