"""Comparing two runs: live and draft side by side, as the page of a pathway shows them.

Every number is a whole count or has one decimal, and every sentence is made here, so that the page
and the command say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from imparts.rules.pathways.options import Option, code_in_words
from imparts.rules.pathways.shares import FEWEST_SHOWN, Groups, GroupShare, shares_of
from imparts.rules.pathways.simulation import Run

# Local choice: of fewer people than this, one more or less changes the picture.
FEWEST_PEOPLE = 50
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option: how many people each version would have sent there."""

    option: str  # the code
    name: str
    live: int
    draft: int
    change: str  # "+61", with a real minus sign below nought, or "same"
    a_week_live: Decimal  # one decimal
    a_week_draft: Decimal
    a_week_change: str  # "1.2 more a week", "1.2 fewer a week" or ""
    capacity: Decimal | None  # None: no limit, or nobody has said; capacity_words says which
    capacity_words: str  # "4.0", "no limit" or "not stated"
    capacity_people: Decimal | None  # what it can take in the whole window, on the same scale
    verdict: str  # "0.1 a week over" or ""
    highest: int  # the end of the common scale of all lines


@dataclass(frozen=True, slots=True)
class Moved:
    """The people whom the draft sends to an option and live does not, or the other way round."""

    option: str
    name: str
    is_gain: bool
    people: int
    already_known: int | None  # None: too few to say
    words: str  # "Of the 61 more sent to liaison psychiatry, 40 are already known to it."
    shares: tuple[GroupShare, ...]
    shares_words: str  # "Who the 61 are", or why no shares are shown


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the page of a pathway shows of a run."""

    responses: int
    people: int
    since: date
    until: date
    heading: str  # "Run over the last 12 months: 1,146 responses of 912 people"
    lines: tuple[OptionLine, ...]
    item9_live: int
    item9_draft: int
    item9_words: str  # "unchanged"
    item9_a_week: Decimal
    moved: tuple[Moved, ...]
    never_asked: int
    never_asked_words: str
    too_few: str  # a sentence when there are too few data to go by, else empty


Capacities = Mapping[str, Decimal | None]  # by option; None: no limit; not there: nobody has said
Known = Mapping[str, Mapping[UUID, date]]  # by option: who is known to it, and since when


def compare(
    live: Run,
    draft: Run,
    *,
    since: date,
    until: date,
    options: Mapping[str, Option],
    capacity: Capacities,
    known: Known,
    groups: Mapping[UUID, Groups],
    never_asked: int,
) -> Comparison:
    """Live and draft side by side; `since` and `until` are both days of the window."""
    days = (until - since).days + 1
    codes = _options_of(live, draft)
    lines = _lines(codes, live, draft, days, options, capacity)
    moved = tuple(
        one
        for code in codes
        for is_gain in (True, False)
        if (one := _moved(code, live, draft, is_gain, options, known, groups)) is not None
    )
    return Comparison(
        responses=live.responses,
        people=len(live.people),
        since=since,
        until=until,
        heading=_heading(live, days),
        lines=lines,
        item9_live=live.talks,
        item9_draft=draft.talks,
        item9_words=_signed(draft.talks - live.talks) if live.talks != draft.talks else "unchanged",
        item9_a_week=_a_week(draft.talks, days),
        moved=_said_together(moved, live, draft),
        never_asked=never_asked,
        never_asked_words=_never_asked(never_asked),
        too_few=_too_few(live),
    )


def _options_of(live: Run, draft: Run) -> list[str]:
    """Every option that either sends people to first, in the order of the pathway."""
    steps = (*draft.pathway.steps, *live.pathway.steps)
    return list(dict.fromkeys(step.options[0] for step in steps if step.options))


def _lines(
    codes: list[str],
    live: Run,
    draft: Run,
    days: int,
    options: Mapping[str, Option],
    capacity: Capacities,
) -> tuple[OptionLine, ...]:
    made = []
    for code in codes:
        before, after = len(live.sent.get(code, ())), len(draft.sent.get(code, ()))
        limit = capacity.get(code)
        made.append(
            OptionLine(
                option=code,
                name=options[code].name if code in options else code_in_words(code),
                live=before,
                draft=after,
                change=_signed(after - before),
                a_week_live=_a_week(before, days),
                a_week_draft=_a_week(after, days),
                a_week_change=_more_a_week(after - before, days),
                capacity=limit,
                capacity_words=_capacity_words(code, capacity),
                capacity_people=None if limit is None else limit * days / 7,
                verdict=_verdict(_a_week(after, days), limit),
                highest=0,
            )
        )
    ends = [max(one.live, one.draft, int(one.capacity_people or 0) + 1) for one in made]
    return tuple(replace(one, highest=max(ends)) for one in made)


def _moved(
    code: str,
    live: Run,
    draft: Run,
    is_gain: bool,
    options: Mapping[str, Option],
    known: Known,
    groups: Mapping[UUID, Groups],
) -> Moved | None:
    """Who is sent to an option by one of the two alone; None when nobody is."""
    by, other = (draft, live) if is_gain else (live, draft)
    people = _sent_by_one(by, other, code)
    if not people:
        return None
    first = by.sent[code]
    already = sum(
        1 for one in people if (since := known.get(code, {}).get(one)) and since < first[one]
    )
    name = options[code].in_words if code in options else code_in_words(code)
    shares = shares_of(people, live.people, groups)
    return Moved(
        option=code,
        name=name,
        is_gain=is_gain,
        people=len(people),
        already_known=already if _may_be_said(already, len(people)) else None,
        words=_moved_words(len(people), already, name, is_gain),
        shares=shares,
        shares_words=_shares_words(len(people), bool(shares)),
    )


def _sent_by_one(by: Run, other: Run, code: str) -> set[UUID]:
    """Who is sent to an option by one of the two alone."""
    return set(by.sent.get(code, ())) - set(other.sent.get(code, ()))


def _moved_words(people: int, already: int, name: str, is_gain: bool) -> str:
    if not is_gain:
        return f"{people:,} {_are(people)} no longer sent to {name}."
    if not _may_be_said(already, people):
        return f"Of the {people:,} more sent to {name}, too few are already known to it to say."
    said = f"{already:,} {_are(already)}" if already else "none is"
    return f"Of the {people:,} more sent to {name}, {said} already known to it."


def _may_be_said(already: int, people: int) -> bool:
    """Nobody can be picked out by a number that is nought or all, or not small on either side."""
    return already in (0, people) or FEWEST_SHOWN <= already <= people - FEWEST_SHOWN


def _said_together(moved: tuple[Moved, ...], live: Run, draft: Run) -> tuple[Moved, ...]:
    """Where those who lose one option are those who gain another, it is said so."""
    gained = [_sent_by_one(draft, live, one.option) for one in moved if one.is_gain]
    found = []
    for one in moved:
        lost = _sent_by_one(live, draft, one.option)
        if not one.is_gain and lost in gained:
            said = f"The same {one.people:,} {_are(one.people)} no longer sent to {one.name}."
            one = replace(one, words=said)
        found.append(one)
    return tuple(sorted(found, key=lambda one: not one.is_gain))


def _shares_words(people: int, are_shown: bool) -> str:
    if are_shown:
        return f"Who the {people:,} are"
    return f"Fewer than {FEWEST_SHOWN} people are moved, so nothing is said of who they are."


def _heading(run: Run, days: int) -> str:
    months = round(days * 12 / 365)
    when = f"the last {months} months" if months > 1 else f"the last {days} days"
    answered = f"{run.responses:,} response{_s(run.responses)}"
    people = f"{len(run.people):,} {'person' if len(run.people) == 1 else 'people'}"
    return f"Run over {when}: {answered} of {people}"


def _never_asked(number: int) -> str:
    if not number:
        return ""
    if number == 1:
        return "1 person who attended was never asked, so is in no column."
    return f"{number:,} people who attended were never asked, so they are in no column."


def _too_few(run: Run) -> str:
    if len(run.people) >= FEWEST_PEOPLE:
        return ""
    return (
        f"Fewer than {FEWEST_PEOPLE} people answered in this time. That is too few to go by: one "
        "person more or less would change these numbers."
    )


def _a_week(people: int, days: int) -> Decimal:
    return (Decimal(7 * people) / days).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _more_a_week(change: int, days: int) -> str:
    if not change:
        return ""
    return f"{_a_week(abs(change), days)} {'more' if change > 0 else 'fewer'} a week"


def _capacity_words(code: str, capacity: Capacities) -> str:
    if code not in capacity:
        return "not stated"
    limit = capacity[code]
    return "no limit" if limit is None else f"{limit:.1f}"


def _verdict(a_week: Decimal, limit: Decimal | None) -> str:
    """From the numbers as they are shown, so that the page adds up."""
    over = a_week - limit.quantize(Decimal("0.1"), ROUND_HALF_UP) if limit is not None else 0
    return f"{over} a week over" if over > 0 else ""


def _signed(number: int) -> str:
    if not number:
        return "same"
    return f"{'+' if number > 0 else MINUS}{abs(number):,}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _s(number: int) -> str:
    return "" if number == 1 else "s"
