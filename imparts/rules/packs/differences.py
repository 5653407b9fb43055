"""Differences: what is new in a pack, said in words, so that a signature knows what it is for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from imparts.rules.forms.definition import Form
from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.definition import Ask, Pack
from imparts.rules.packs.draft import is_core

Instruments = Mapping[str, Instrument | Form]
_MONTHS = {28: "4 weeks", 91: "3 months", 182: "6 months", 365: "a year", 366: "a year"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changes: added, removed or changed, and what it was and is."""

    kind: str
    what: str
    before: str = ""
    after: str = ""


def differences(
    before: Pack | None, after: Pack, instruments: Instruments
) -> tuple[Difference, ...]:
    """Everything in which two packs differ for a patient; all of it is new without one before."""
    if before is None:
        return tuple(_added(after, ask, instruments) for ask in after.asks)
    return (*_asks(before, after, instruments), *_order(before, after, instruments),
            *_facts(before, after))  # fmt: skip


def how_often(days: int) -> str:
    """How often something is asked, in words."""
    if days == 0:
        return "at every visit"
    in_words = _MONTHS.get(days, "")
    about = f" ({in_words})" if in_words else ""
    return f"not again within {days} day{'' if days == 1 else 's'}{about}"


def only_when(condition: Condition | None, instruments: Instruments) -> str:
    """When something is asked, in words."""
    if condition is None:
        return "always"
    instrument = instruments.get(condition.instrument or "")
    if not isinstance(instrument, Instrument):
        return f"only after an answer to {condition.instrument}"
    items = " or ".join(_item(instrument, item) for item in condition.items)
    return f"only when {instrument.short_title}, {items}, is {_values(condition, instrument)}"


def name_of(key: str, instruments: Instruments) -> str:
    """What staff call an instrument, or a form that was brought in."""
    found = instruments.get(key)
    if isinstance(found, Form):
        return found.title
    return found.short_title if found else key


def _item(instrument: Instrument, item: str) -> str:
    numbers = {one.id: number for number, one in enumerate(instrument.items, start=1)}
    return f"question {numbers[item]}" if item in numbers else item


def _values(condition: Condition, instrument: Instrument) -> str:
    item = instrument.by_id.get(condition.items[0])
    if condition.at_least is not None:
        said = item.label(condition.at_least) if item else str(condition.at_least)
        return f"\u201c{said}\u201d or above"
    said_all = [item.label(value) if item else str(value) for value in condition.one_of]
    return " or ".join(f"\u201c{said}\u201d" for said in said_all)


def _asks(before: Pack, after: Pack, instruments: Instruments) -> Iterator[Difference]:
    was = {ask.instrument: (part.name, ask) for part, ask in before.places()}
    now = {ask.instrument: (part.name, ask) for part, ask in after.places()}
    for key, (_, ask) in now.items():
        if key not in was:
            yield _added(after, ask, instruments)
    for key, (part, _) in was.items():
        if key not in now:
            yield Difference("removed", name_of(key, instruments), before=f"in the part {part}")
    for key in (key for key in now if key in was):
        yield from _changed(name_of(key, instruments), was[key], now[key], instruments)


def _added(pack: Pack, ask: Ask, instruments: Instruments) -> Difference:
    part = next(part.name for part, one in pack.places() if one.instrument == ask.instrument)
    said = [f"in the part {part}", how_often(ask.every_days)]
    if ask.when:
        said.append(only_when(ask.when, instruments))
    core = " (every pack asks it)" if is_core(ask.instrument) else ""
    name = name_of(ask.instrument, instruments)
    return Difference("added", f"{name}{core}", after=", ".join(said))


def _changed(
    name: str, was: tuple[str, Ask], now: tuple[str, Ask], instruments: Instruments
) -> Iterator[Difference]:
    facts: tuple[tuple[str, Callable[[tuple[str, Ask]], str]], ...] = (
        ("part", lambda one: one[0]),
        ("how often", lambda one: how_often(one[1].every_days)),
        ("when", lambda one: only_when(one[1].when, instruments)),
    )
    for what, say in facts:
        if say(was) != say(now):
            yield Difference("changed", f"{name}: {what}", say(was), say(now))


def _order(before: Pack, after: Pack, instruments: Instruments) -> Iterator[Difference]:
    kept = {a.instrument for a in before.asks} & {a.instrument for a in after.asks}
    was, now = (
        [name_of(a.instrument, instruments) for a in pack.asks if a.instrument in kept]
        for pack in (before, after)
    )
    if was != now:
        yield Difference("changed", "Order", ", ".join(was), ", ".join(now))


def _facts(before: Pack, after: Pack) -> Iterator[Difference]:
    facts: tuple[tuple[str, Callable[[Pack], str]], ...] = (
        ("Name", lambda pack: pack.name),
        ("What the illness is called", lambda pack: pack.illness_words),
        ("Asks who helps", lambda pack: "yes" if pack.asks_who_helps else "no"),
        ("Minutes that patients are told", lambda pack: str(pack.minutes)),
    )
    for what, say in facts:
        if say(before) != say(after):
            yield Difference("changed", what, say(before), say(after))
