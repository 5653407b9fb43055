"""Asking: every question that applies to one person now, in order, and which one is next.

Everything is worked out anew from the answers so far, so Back, a changed answer and coming back
after an hour all lead to the same place. A question that a condition or a skip rule takes away is
not in the list, so it can never count as missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from imparts.rules.instruments.branching import Context, items_to_ask
from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.instruments.who import reason_not_to_ask
from imparts.rules.packs.definition import Ask, Pack


@dataclass(frozen=True, slots=True)
class Given:
    """What a person did with one question: answered it, or said "I would rather not answer"."""

    value: int | None
    declined: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether the question need not be asked again."""
        return self.declined or self.value is not None


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it is put to one person."""

    instrument: str
    item: Item
    stem: str
    part: str
    number: int  # counted inside the part
    of: int

    @property
    def key(self) -> tuple[str, str]:
        """The instrument and the item."""
        return self.instrument, self.item.id


AllGiven = Mapping[str, Mapping[str, Given]]
Instruments = Mapping[str, Instrument]
NOTHING: Mapping[str, Given] = {}


def questions(
    pack: Pack,
    instruments: Instruments,
    given: AllGiven,
    context: Context,
    *,
    age: int | None = None,
    by_proxy: bool = False,
    answered_days_ago: Mapping[str, int] | None = None,
    own_part_names: bool = False,
) -> tuple[Question, ...]:
    """Everything that applies now, in order.

    An instrument that was answered fewer than every_days ago is not asked again, nor is one that
    this person may not be asked (left_out says why), nor one whose condition is not met (yet).
    A pack names its parts in English; in another language each instrument brings its own name.
    """
    ago = answered_days_ago or {}
    by_part: dict[str, list[tuple[Instrument, Item]]] = {}
    for part, ask in pack.places():
        instrument = instruments.get(ask.instrument)
        if instrument is None or not _is_due(ask, ago) or not _applies(ask, given):
            continue
        if reason_not_to_ask(instrument, age=age, by_proxy=by_proxy):
            continue
        answers = _values(given.get(instrument.id, NOTHING))
        asked = by_part.setdefault(instrument.part if own_part_names else part.name, [])
        asked += [(instrument, item) for item in items_to_ask(instrument, answers, context)]
    return tuple(
        Question(instrument.id, item, _stem(instrument, item), part_name, number, len(asked))
        for part_name, asked in by_part.items()
        for number, (instrument, item) in enumerate(asked, start=1)
    )


def first_unanswered(asked: tuple[Question, ...], given: AllGiven) -> Question | None:
    """Where someone who starts, or comes back, goes on; None when nothing is left."""
    return next((one for one in asked if not _is_settled(one, given)), None)


def question_after(asked: tuple[Question, ...], instrument: str, item: str) -> Question | None:
    """The question that follows another; None after the last one or an unknown one."""
    return _beside(asked, instrument, item, step=1)


def question_before(asked: tuple[Question, ...], instrument: str, item: str) -> Question | None:
    """The question that Back leads to; None from the first one or an unknown one."""
    return _beside(asked, instrument, item, step=-1)


def left_out(
    pack: Pack, instruments: Instruments, age: int | None, by_proxy: bool
) -> tuple[tuple[str, str], ...]:
    """The instruments of a pack that this person is not asked, each with the reason."""
    found = []
    for ask in pack.asks:
        instrument = instruments.get(ask.instrument)
        if instrument is None:
            found.append(
                (ask.instrument, "It may not be used here until a clinician has signed it.")
            )
        elif reason := reason_not_to_ask(instrument, age=age, by_proxy=by_proxy):
            found.append((ask.instrument, reason))
    return tuple(found)


def fewest_and_most(pack: Pack, instruments: Instruments) -> tuple[int, int]:
    """How many questions a pack may come to: without those that depend on answers, and with all."""
    always, all_of_them = 0, 0
    for ask in pack.asks:
        instrument = instruments.get(ask.instrument)
        if instrument is None:
            continue
        skippable = {name for skip in instrument.scoring.skips for name in skip.skips}
        all_of_them += len(instrument.items)
        if ask.when is None:
            always += sum(
                item.show_if is None and item.id not in skippable for item in instrument.items
            )
    return always, all_of_them


def _stem(instrument: Instrument, item: Item) -> str:
    """The stem repeats over what it introduces; a question that is not scored stands alone.

    "How often have you been bothered by" over PHQ-9's difficulty question would be nonsense.
    """
    return instrument.stem if item.scored else ""


def _is_due(ask: Ask, answered_days_ago: Mapping[str, int]) -> bool:
    ago = answered_days_ago.get(ask.instrument)
    return ago is None or ago >= ask.every_days


def _applies(ask: Ask, given: AllGiven) -> bool:
    if ask.when is None:
        return True
    return ask.when.is_met(_values(given.get(ask.when.instrument or "", NOTHING))) is True


def _values(given: Mapping[str, Given]) -> dict[str, int | None]:
    return {item: one.value for item, one in given.items()}


def _is_settled(question: Question, given: AllGiven) -> bool:
    found = given.get(question.instrument, NOTHING).get(question.item.id)
    return found is not None and found.is_settled


def _beside(
    asked: tuple[Question, ...], instrument: str, item: str, *, step: int
) -> Question | None:
    keys = [one.key for one in asked]
    if (instrument, item) not in keys:
        return None
    place = keys.index((instrument, item)) + step
    return asked[place] if 0 <= place < len(asked) else None
