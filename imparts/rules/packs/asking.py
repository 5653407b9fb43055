"""Asking: every question that applies to one person now, in order, and which one is next.

Everything is worked out anew from the answers so far, so Back, a changed answer and coming back
after an hour all lead to the same place. A question that a condition or a skip rule takes away is
not in the list, so it can never count as missing.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.rules.forms.definition import Form
from imparts.rules.forms.values import FormAnswers, Value
from imparts.rules.instruments.branching import Context, items_to_ask
from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.instruments.who import reason_not_to_ask
from imparts.rules.packs.definition import Ask, Pack
from imparts.rules.packs.forms import FormToAsk, address_of

if TYPE_CHECKING:
    from imparts.rules.forms.screens import Screen


@dataclass(frozen=True, slots=True)
class Given:
    """What a person did with one question: answered it, or said "I would rather not answer".

    `value` is the option chosen in one of our instruments. `entered` is what was written there, or
    any answer to a form; empty when it was taken back.
    """

    value: int | None
    declined: bool = False
    entered: tuple[Value, ...] | None = None

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer; declining is none."""
        return self.value is not None or bool(self.entered)

    @property
    def is_settled(self) -> bool:
        """Whether the question need not be asked again."""
        return self.declined or self.is_answered


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it is put to one person.

    A question of a form has its `screen`; its `item` then holds its path and its words alone.
    """

    instrument: str
    item: Item
    stem: str
    part: str
    number: int  # counted inside the part
    of: int
    screen: "Screen | None" = None

    @property
    def key(self) -> tuple[str, str]:
        """The instrument and the item."""
        return self.instrument, self.item.id

    @property
    def address(self) -> tuple[str, str]:
        """The same for an address, in letters that any address may hold."""
        return self.instrument, address_of(self.item.id) if self.screen else self.item.id

    @property
    def asks_for_another(self) -> bool:
        """Whether it asks for another time of a form's group."""
        return self.screen is not None and self.screen.asks_for_another

    def is_settled_by(self, given: Given | None) -> bool:
        """Whether it need not be asked again; "another?" needs a clear "that is all"."""
        if given is None or not given.is_settled:
            return False
        return not self.asks_for_another or len(given.entered or ()) > 1


AllGiven = Mapping[str, Mapping[str, Given]]
Instruments = Mapping[str, Instrument]
Forms = Mapping[str, FormToAsk]
NO_FORMS: Forms = {}
NO_PLAIN_FORMS: Mapping[str, Form] = {}
NOTHING: Mapping[str, Given] = {}
NOT_SIGNED = "It may not be used here until a clinician has signed it."


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
    forms: Forms = NO_FORMS,
) -> tuple[Question, ...]:
    """Everything that applies now, in order.

    An instrument that was answered fewer than every_days ago is not asked again, nor is one that
    this person may not be asked (left_out says why), nor one whose condition is not met (yet).
    A pack names its parts in English; in another language each instrument brings its own name.
    """
    ago = answered_days_ago or {}
    by_part: dict[str, list[_Draft]] = {}
    for part, ask in pack.places():
        if not _is_due(ask, ago) or not _applies(ask, given):
            continue
        name, answers = part.name, given.get(ask.instrument, NOTHING)
        if (instrument := instruments.get(ask.instrument)) is not None:
            if reason_not_to_ask(instrument, age=age, by_proxy=by_proxy):
                continue
            name = instrument.part if own_part_names else name
            by_part.setdefault(name, []).extend(_of_instrument(instrument, answers, context))
        elif (form := forms.get(ask.instrument)) is not None:
            name = form.title if own_part_names else name
            by_part.setdefault(name, []).extend(_of_form(form, answers))
    return tuple(
        Question(key, item, stem, name, number, len(asked), screen)
        for name, asked in by_part.items()
        for number, (key, item, stem, screen) in enumerate(asked, start=1)
    )


_Draft = tuple[str, Item, str, "Screen | None"]


def _of_instrument(
    instrument: Instrument, given: Mapping[str, Given], context: Context
) -> Iterator[_Draft]:
    for item in items_to_ask(instrument, _values(given), context):
        yield instrument.id, item, _stem(instrument, item), None


def _of_form(asked: FormToAsk, given: Mapping[str, Given]) -> Iterator[_Draft]:
    from imparts.rules.forms.screens import screens  # heavy, and many sites ask no form

    answers = entered_in(given)
    for screen in screens(asked.form, answers, language=asked.language, told=asked.told):
        item = Item(screen.path, screen.text, (), scored=False, free_text=True)
        yield asked.form.key, item, "", screen


def entered_in(given: Mapping[str, Given]) -> FormAnswers:
    """The answers to a form among all that was done with its questions."""
    return {path: one.entered for path, one in given.items() if one.entered}


def first_unanswered(asked: tuple[Question, ...], given: AllGiven) -> Question | None:
    """Where someone who starts, or comes back, goes on; None when nothing is left."""
    return next((one for one in asked if not one.is_settled_by(_given_to(one, given))), None)


def question_after(asked: tuple[Question, ...], instrument: str, item: str) -> Question | None:
    """The question that follows another; None after the last one or an unknown one."""
    return _beside(asked, instrument, item, step=1)


def question_before(asked: tuple[Question, ...], instrument: str, item: str) -> Question | None:
    """The question that Back leads to; None from the first one or an unknown one."""
    return _beside(asked, instrument, item, step=-1)


def left_out(
    pack: Pack,
    instruments: Instruments,
    age: int | None,
    by_proxy: bool,
    forms: Collection[str] = (),
) -> tuple[tuple[str, str], ...]:
    """The instruments of a pack that this person is not asked, each with the reason."""
    found = []
    for ask in pack.asks:
        instrument = instruments.get(ask.instrument)
        if instrument is None:
            if ask.instrument not in forms:
                found.append((ask.instrument, NOT_SIGNED))
        elif reason := reason_not_to_ask(instrument, age=age, by_proxy=by_proxy):
            found.append((ask.instrument, reason))
    return tuple(found)


def fewest_and_most(
    pack: Pack, instruments: Instruments, forms: Mapping[str, Form] = NO_PLAIN_FORMS
) -> tuple[int, int]:
    """How many questions a pack may come to: without those that depend on answers, and with all.

    A group of a form that may be filled in again and again counts once.
    """
    always, all_of_them = 0, 0
    for ask in pack.asks:
        instrument = instruments.get(ask.instrument)
        if instrument is None:
            fewest, most = _in_form(forms.get(ask.instrument))
            always, all_of_them = always + (0 if ask.when else fewest), all_of_them + most
            continue
        skippable = {name for skip in instrument.scoring.skips for name in skip.skips}
        all_of_them += len(instrument.items)
        if ask.when is None:
            always += sum(
                item.show_if is None and item.id not in skippable for item in instrument.items
            )
    return always, all_of_them


def _in_form(form: Form | None) -> tuple[int, int]:
    if form is None:
        return 0, 0
    from imparts.rules.forms.screens import screens

    again = [item for item in form.all_items if item.type == "group" and item.repeats]
    asked = [item for item in form.all_items if item.may_be_asked]
    return len(screens(form, {})), len(asked) + len(again)


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


def _given_to(question: Question, given: AllGiven) -> Given | None:
    return given.get(question.instrument, NOTHING).get(question.item.id)


def _beside(
    asked: tuple[Question, ...], instrument: str, item: str, *, step: int
) -> Question | None:
    keys = [one.key for one in asked]
    if (instrument, item) not in keys:
        return None
    place = keys.index((instrument, item)) + step
    return asked[place] if 0 <= place < len(asked) else None
