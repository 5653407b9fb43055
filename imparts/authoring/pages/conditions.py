"""When an instrument is asked at all: after which answers to which question before it."""

from collections.abc import Mapping
from dataclasses import dataclass

from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.packs.differences import name_of, only_when
from imparts.rules.packs.draft import Draft

MOST_WORDS = 90


@dataclass(frozen=True, slots=True)
class QuestionBefore:
    """One question that is asked before."""

    value: str
    said: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one instrument that is asked before."""

    name: str
    questions: tuple[QuestionBefore, ...]


@dataclass(frozen=True, slots=True)
class AnswerTick:
    """One answer that may be ticked."""

    value: str
    said: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class OnlyWhenPage:
    """First a question, then its answers."""

    title: str
    draft: int
    key: str
    name: str
    now: str
    groups: tuple[Group, ...]
    question: str
    question_words: str
    answers: tuple[AnswerTick, ...]
    wrong: Mapping[str, str]


def questions_before(
    draft: Draft, key: str, instruments: Mapping[str, Instrument]
) -> dict[str, tuple[Instrument, Item]]:
    """Every question that is asked before an instrument, by "instrument.item"."""
    found: dict[str, tuple[Instrument, Item]] = {}
    for ask in draft.asks:
        if ask.instrument == key:
            break
        instrument = instruments.get(ask.instrument)
        for item in instrument.items if instrument else ():
            found[f"{ask.instrument}.{item.id}"] = (instrument, item)
    return found


def only_when_page(
    draft_id: int, draft: Draft, key: str, instruments: Mapping[str, Instrument], *,
    question: str, ticked: frozenset[str], wrong: Mapping[str, str],
) -> OnlyWhenPage:  # fmt: skip
    """Put the questions before it on a page, and the answers of the one that is chosen."""
    before = questions_before(draft, key, instruments)
    condition = next((ask.when for ask in draft.asks if ask.instrument == key), None)
    chosen = before.get(question)
    item = chosen[1] if chosen else None
    return OnlyWhenPage(
        title=f"When is {name_of(key, instruments)} asked?",
        draft=draft_id,
        key=key,
        name=name_of(key, instruments),
        now=only_when(condition, instruments),
        groups=_groups(before, question),
        question=question if chosen else "",
        question_words=_words(item) if item else "",
        answers=_answers(item, ticked or _kept(condition, question)) if item else (),
        wrong=wrong,
    )


def _kept(condition: Condition | None, question: str) -> frozenset[str]:
    """The answers that are ticked already, when it is the question of the present condition."""
    if condition is None or f"{condition.instrument}.{condition.items[0]}" != question:
        return frozenset()
    if condition.at_least is None:
        return frozenset(str(value) for value in condition.one_of)
    return frozenset(str(value) for value in range(condition.at_least, condition.at_least + 100))


def _groups(before: dict[str, tuple[Instrument, Item]], chosen: str) -> tuple[Group, ...]:
    by_name: dict[str, list[QuestionBefore]] = {}
    for value, (instrument, item) in before.items():
        rows = by_name.setdefault(instrument.short_title, [])
        rows.append(QuestionBefore(value, f"{len(rows) + 1}. {_words(item)}", value == chosen))
    return tuple(Group(name, tuple(rows)) for name, rows in by_name.items())


def _words(item: Item) -> str:
    words = item.text or item.topic or item.id
    return words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS].rstrip()}…"


def _answers(item: Item, ticked: frozenset[str]) -> tuple[AnswerTick, ...]:
    return tuple(
        AnswerTick(str(option.value), item.label(option.value), str(option.value) in ticked)
        for option in item.options
    )
