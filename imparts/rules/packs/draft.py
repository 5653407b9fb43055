"""A draft: the working copy of a pack that somebody composes, and the steps that change it.

Each step gives a new draft; nothing is changed in place. The core (mood, worry, smoking) can be
moved but neither removed nor made to depend on an answer, and an instrument is taken whole:
hazard H1. What a draft may still get wrong is refused by reader.py when it becomes a pack.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from imparts.rules.content import NOT_CHECKED, ContentRefused, Table
from imparts.rules.forms.definition import Form
from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.asking import NO_PLAIN_FORMS
from imparts.rules.packs.burden import minutes_for
from imparts.rules.packs.definition import Ask, Pack, Part
from imparts.rules.packs.reader import CORE, CORE_KEYS, ask_in

MOST_ASKS = 40


class NotPossible(ValueError):
    """A step that the rules of packs do not allow; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has put together so far."""

    name: str = ""
    illness_words: str = ""
    asks_who_helps: bool = True
    sources: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Everything that is asked, in order."""
        return tuple(ask for part in self.parts for ask in part.asks)

    def has(self, key: str) -> bool:
        """Whether an instrument is in it."""
        return any(ask.instrument == key for ask in self.asks)


@dataclass(frozen=True, slots=True)
class Made:
    """Who made a pack of a draft, when, and under which name."""

    id: str
    version: str
    authored_by: str
    on: date
    next_review: date
    kind: str = "outpatient"


CORE_PARTS = (
    Part("Smoking", (Ask("smoking_core"),)),
    Part("Mood", (Ask("phq9"),)),
    Part("Worry", (Ask("gad7"),)),
)


def new_draft(name: str) -> Draft:
    """The core in its usual order, and nothing else."""
    return Draft(name=name, parts=CORE_PARTS)


def draft_of(pack: Pack, *, name: str) -> Draft:
    """A working copy of a pack, which says where it comes from."""
    copied = f"Copied from {pack.name}, version {pack.version}."
    sources = tuple(one for one in pack.sources if not one.startswith("Copied from "))
    return Draft(name, pack.illness_words, pack.asks_who_helps, (*sources, copied), pack.parts)


def as_pack(
    draft: Draft,
    made: Made,
    instruments: Mapping[str, Instrument],
    forms: Mapping[str, Form] = NO_PLAIN_FORMS,
) -> Pack:
    """The pack that this draft would be; reader.py says whether it may be one."""
    pack = Pack(
        id=made.id,
        name=draft.name,
        version=made.version,
        kind=made.kind,
        illness_words=draft.illness_words,
        parts=draft.parts,
        asks_who_helps=draft.asks_who_helps,
        minutes=1,
        authored_by=made.authored_by,
        checked_by=NOT_CHECKED,
        reviewed_on=made.on,
        next_review=made.next_review,
        sources=draft.sources,
    )
    return replace(pack, minutes=minutes_for(pack, instruments, forms))


def is_core(key: str) -> bool:
    """Whether an instrument is of the block that every pack asks."""
    return key in CORE_KEYS


def with_instrument(draft: Draft, key: str, *, part: str) -> Draft:
    """Put an instrument in: at the end of the part of its name, else before the core.

    What the body does is asked first.
    """
    if draft.has(key):
        raise NotPossible("This is in the pack already. An instrument is asked once.")
    if is_core(key) and any(key in choices and _any(draft, choices) for choices in CORE):
        raise NotPossible("PHQ-8 is a part of PHQ-9, so a pack asks one of the two.")
    if len(draft.asks) >= MOST_ASKS:
        raise NotPossible(f"A pack asks at most {MOST_ASKS} instruments.")
    names = [one.name for one in draft.parts]
    parts = list(draft.parts)
    if part in names:
        place = names.index(part)
        parts[place] = replace(parts[place], asks=(*parts[place].asks, Ask(key)))
    else:
        parts.insert(_before_core(draft), Part(part, (Ask(key),)))
    return replace(draft, parts=tuple(parts))


def without_instrument(draft: Draft, key: str) -> Draft:
    """Take an instrument out, whole."""
    if is_core(key):
        raise NotPossible("Mood, worry and smoking are asked in every pack. They cannot go.")
    parts = (
        replace(part, asks=tuple(a for a in part.asks if a.instrument != key))
        for part in draft.parts
    )
    return replace(draft, parts=tuple(part for part in parts if part.asks))


def with_mood(draft: Draft, key: str) -> Draft:
    """Ask PHQ-9 or, where nobody watches alerts, PHQ-8 in its place."""
    choices = CORE[0]
    if key not in choices:
        raise NotPossible("Mood is asked with PHQ-9 or with PHQ-8.")
    return _each(draft, lambda a: replace(a, instrument=key) if a.instrument in choices else a)


def with_every_days(draft: Draft, key: str, days: int) -> Draft:
    """How many days must have passed before an instrument is asked again."""
    return _each(draft, lambda a: replace(a, every_days=days) if a.instrument == key else a)


def with_condition(draft: Draft, key: str, condition: Condition | None) -> Draft:
    """Ask an instrument only when an answer before it was so; None asks it always."""
    if condition is not None and is_core(key):
        raise NotPossible("Mood, worry and smoking are asked of everybody, so without condition.")
    return _each(draft, lambda a: replace(a, when=condition) if a.instrument == key else a)


def with_part_names(draft: Draft, names: Sequence[str]) -> Draft:
    """Name the parts anew, in order; parts beside each other with one name become one."""
    if len(names) != len(draft.parts):
        raise NotPossible("The pack has changed meanwhile. Look at it again and name its parts.")
    joined: list[Part] = []
    for name, part in zip(names, draft.parts, strict=True):
        if joined and joined[-1].name == name:
            joined[-1] = replace(joined[-1], asks=(*joined[-1].asks, *part.asks))
        else:
            joined.append(replace(part, name=name))
    return replace(draft, parts=tuple(joined))


def moved(draft: Draft, key: str, *, down: bool) -> Draft:
    """Move an instrument inside its part; at the edge of its part, the whole part moves."""
    parts = list(draft.parts)
    place = next((n for n, p in enumerate(parts) if key in [a.instrument for a in p.asks]), None)
    if place is None:
        raise NotPossible("This is not in the pack any more.")
    asks = list(parts[place].asks)
    inside = [a.instrument for a in asks].index(key)
    if _swap(asks, inside, down=down):
        parts[place] = replace(parts[place], asks=tuple(asks))
    else:
        _swap(parts, place, down=down)
    return replace(draft, parts=tuple(parts))


def parts_as_json(parts: tuple[Part, ...]) -> list[dict[str, Any]]:
    """The parts as they are stored and as a pack file writes them."""
    return [{"name": p.name, "asks": [_ask_as_json(a) for a in p.asks]} for p in parts]


def parts_from_json(stored: list[dict[str, Any]]) -> tuple[Part, ...]:
    """The parts of a stored draft."""
    table = Table({"parts": stored}, "This draft")
    return tuple(
        Part(one.words("name"), tuple(ask_in(ask) for ask in one.tables("asks")))
        for one in table.tables("parts")
    )


def place_of(refused: ContentRefused, draft: Draft) -> str:
    """The instrument that a refusal speaks of; empty when it is about the whole pack."""
    words = str(refused).replace(",", " ").replace(":", " ").split()
    return next((word for word in words if draft.has(word)), "")


def _ask_as_json(ask: Ask) -> dict[str, Any]:
    found: dict[str, Any] = {"instrument": ask.instrument}
    if ask.every_days:
        found["every_days"] = ask.every_days
    if ask.when:
        found["when"] = {"instrument": ask.when.instrument, "any_of": list(ask.when.items)}
        if ask.when.at_least is not None:
            found["when"]["is_at_least"] = ask.when.at_least
        else:
            found["when"]["is_one_of"] = list(ask.when.one_of)
    return found


def _each(draft: Draft, change: Callable[[Ask], Ask]) -> Draft:
    parts = (replace(part, asks=tuple(change(a) for a in part.asks)) for part in draft.parts)
    return replace(draft, parts=tuple(parts))


def _any(draft: Draft, keys: tuple[str, ...]) -> bool:
    return any(draft.has(key) for key in keys)


def _before_core(draft: Draft) -> int:
    """The place of the first part of the core."""
    return next(
        (n for n, one in enumerate(draft.parts) if any(is_core(a.instrument) for a in one.asks)),
        len(draft.parts),
    )


def _swap(found: list[Any], place: int, *, down: bool) -> bool:
    other = place + 1 if down else place - 1
    if not 0 <= other < len(found):
        return False
    found[place], found[other] = found[other], found[place]
    return True
