"""Entry: what a question shows that is not answered by tapping one of its answers.

Several of many, own words, numbers, days and times, texts; and whether there is another one to add.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from imparts.design.spoken import say, to_say
from imparts.informatics.questionnaires.pages.said import say_answer
from imparts.rules.forms import typed_in as ways
from imparts.rules.forms.definition import FormItem
from imparts.rules.forms.values import Coding

OWN_FREE_TEXT = "free_text"
_PLAIN = "text"
NAMES = {
    ways.WORDS: to_say("Your answer"),
    ways.NUMBERS: to_say("Number"),
    ways.UNITS: to_say("Unit"),
    ways.DAYS: to_say("Day"),
    ways.MONTHS: to_say("Month"),
    ways.YEARS: to_say("Year"),
    ways.HOURS: to_say("Hour"),
    ways.MINUTES: to_say("Minute"),
}
_KEYPADS = {ways.NUMBERS: "decimal", **dict.fromkeys(
    (ways.DAYS, ways.MONTHS, ways.YEARS, ways.HOURS, ways.MINUTES), "numeric")}  # fmt: skip
_SIZES = {ways.YEARS: "four", ways.NUMBERS: "ten", **dict.fromkeys(
    (ways.DAYS, ways.MONTHS, ways.HOURS, ways.MINUTES), "two")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field to type into."""

    name: str
    id: str
    label: str
    value: str
    size: str  # two, four, ten or wide
    keypad: str = ""  # inputmode
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Choosable:
    """One of several answers that may be chosen, or one of the units of a number."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one answer; a question that repeats has several."""

    label: str  # "Answer 2"; empty when there is only one
    fields: tuple[Field, ...]
    units: tuple[Choosable, ...] = ()
    unit: str = ""  # the only unit there is, in words beside the number


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that is chosen or typed on one page."""

    way: str
    choices: tuple[Choosable, ...] = ()
    own: Field | None = None
    rows: tuple[Row, ...] = ()
    hints: tuple[str, ...] = ()
    may_add: bool = False

    @property
    def first_id(self) -> str:
        """Where the error message leads."""
        if self.choices:
            return f"a-{self.choices[0].value}"
        return self.rows[0].fields[0].id


def entry_of(
    item: FormItem, typed: Mapping[str, Sequence[str]], *, language: str, rows: int = 1
) -> Entry:
    """How one question of a form is entered, with what was typed so far."""
    way, hints = ways.way_of(item), tuple(_hints(item, language))
    if way in (ways.ONE, ways.MANY):
        own = _field(ways.WORDS, _first(typed, ways.WORDS)) if ways.takes_own_words(item) else None
        return Entry(way, tuple(_choices(item, typed, language)), own, (), hints)
    given = ways.rows_of(item, lambda name: typed.get(name, ()))
    drawn = max(rows, len(given), 1)
    most = item.max_occurs or 50
    return Entry(
        way,
        rows=tuple(_row(item, given, at, drawn) for at in range(drawn)),
        hints=hints,
        may_add=item.repeats and drawn < most,
    )


def free_text_entry(text: str) -> Entry:
    """The text field of one of our own instruments."""
    return Entry(OWN_FREE_TEXT, rows=(Row("", (_field(ways.WORDS, text, is_long=True),)),))


def _choices(
    item: FormItem, typed: Mapping[str, Sequence[str]], language: str
) -> Iterator[Choosable]:
    chosen = typed.get(ways.CHOSEN, ())
    for name, value in ways.choices_of(item):
        yield Choosable(name, say_answer(item, value, language), name in chosen)
    if ways.takes_own_words(item):
        yield Choosable(ways.OWN, say("Something else"), ways.OWN in chosen)


def _row(item: FormItem, given: Sequence[Mapping[str, str]], at: int, drawn: int) -> Row:
    held = given[at] if at < len(given) else {}
    way = ways.way_of(item)
    label = say("Answer {number}", number=at + 1) if drawn > 1 else ""
    is_long, is_address = way == ways.LONG, way == ways.ADDRESS
    fields = [
        _field(name, held.get(name, ""), at=at, is_long=is_long, is_address=is_address)
        for name in ways.fields_of(item)
        if name != ways.UNITS
    ]
    if label and [field.name for field in fields] == [ways.WORDS]:
        fields, label = [replace(fields[0], label=label)], ""
    units = tuple(_units(item, held.get(ways.UNITS, "")))
    if way == ways.QUANTITY and not units and not item.unit:
        fields.append(_field(ways.UNITS, held.get(ways.UNITS, ""), at=at))
    return Row(
        label=label,
        fields=tuple(fields),
        units=units if len(units) > 1 else (),
        unit=_only_unit(item),
    )


def _field(
    name: str, value: str, *, at: int = 0, is_long: bool = False, is_address: bool = False
) -> Field:
    keypad = "url" if is_address else _KEYPADS.get(name, "")
    return Field(
        name, f"{name}-{at + 1}", say(NAMES[name]), value, _SIZES.get(name, "wide"), keypad, is_long
    )


def _units(item: FormItem, chosen: str) -> Iterator[Choosable]:
    for place, unit in enumerate(item.units):
        yield Choosable(str(place), _unit(unit), chosen == str(place))


def _only_unit(item: FormItem) -> str:
    if len(item.units) == 1:
        return _unit(item.units[0])
    return _unit(item.unit) if item.unit and not item.units else ""


def _unit(unit: Coding) -> str:
    return unit.display or unit.code


def _first(typed: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(typed.get(name, ())), "")


def _hints(item: FormItem, language: str) -> Iterator[str]:
    """What may be answered, said before it is wrong."""
    way = ways.way_of(item)
    if way == ways.MANY:
        yield say("You can choose more than one.")
    if way in (ways.NUMBER, ways.QUANTITY, ways.DAY, ways.MOMENT):
        yield from _bounds(item, language)
    if way in (ways.DAY, ways.MOMENT) and item.min is None and item.max is None:
        yield say("For example, 31 1 2026.")
    if item.entry_format:
        yield item.entry_format
    if item.max_length and way in (ways.TEXT, ways.LONG):
        yield say("At most {longest} characters.", longest=item.max_length)
    if item.required:
        yield say("Your answers are complete only with this one.")


def _bounds(item: FormItem, language: str) -> Iterator[str]:
    least = None if item.min is None else say_answer(item, item.min, language)
    most = None if item.max is None else say_answer(item, item.max, language)
    if least and most:
        yield say("From {least} to {most}.", least=least, most=most)
    elif least:
        yield say("From {least} on.", least=least)
    elif most:
        yield say("Up to {most}.", most=most)
