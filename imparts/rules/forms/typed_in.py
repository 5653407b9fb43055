"""Typed in: from the fields of a page to the answers that a question takes, and back into fields.

One question has one way of being answered. What cannot be read is refused with a sentence for the
person who typed it; whether the answer fits the question is checked afterwards (entries.py).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, tzinfo
from decimal import Decimal

from imparts.rules.forms.definition import FormItem
from imparts.rules.forms.entries import EntryRefused
from imparts.rules.forms.values import Coding, Quantity, Value, measured

Fields = Callable[[str], Sequence[str]]  # the texts of all fields with one name, in order
Typed = dict[str, list[str]]

ONE, MANY = "one", "many"
TEXT, LONG, ADDRESS = "text", "long", "address"
NUMBER, QUANTITY, DAY, MOMENT, TIME = "number", "quantity", "day", "moment", "time"
_WAYS = {
    "string": TEXT, "open-choice": TEXT, "text": LONG, "url": ADDRESS, "integer": NUMBER,
    "decimal": NUMBER, "quantity": QUANTITY, "date": DAY, "dateTime": MOMENT, "time": TIME,
}  # fmt: skip
# The names of the fields on the page: the answers to choose from, then what may be typed.
CHOSEN, WORDS, NUMBERS, UNITS = "a", "words", "number", "unit"
DAYS, MONTHS, YEARS, HOURS, MINUTES = "day", "month", "year", "hour", "minute"
OWN = "own"  # "something else, in my own words"
MOST_STEPS = 21
LONGEST_FIELD = 100_000
_FIELDS = {
    TEXT: (WORDS,), LONG: (WORDS,), ADDRESS: (WORDS,), NUMBER: (NUMBERS,),
    QUANTITY: (NUMBERS, UNITS), DAY: (DAYS, MONTHS, YEARS),
    MOMENT: (DAYS, MONTHS, YEARS, HOURS, MINUTES), TIME: (HOURS, MINUTES),
}  # fmt: skip
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)\Z", re.ASCII)
_WHOLE = re.compile(r"\d{1,4}\Z", re.ASCII)


def way_of(item: FormItem) -> str:
    """How a question is answered: by choosing one or many, or by typing."""
    if item.options:
        return MANY if item.repeats else ONE
    if item.type == "boolean" or steps_of(item):
        return ONE
    return _WAYS[item.type]


def takes_own_words(item: FormItem) -> bool:
    """Whether somebody may write what is not among the answers offered."""
    return item.type == "open-choice" and bool(item.options)


def steps_of(item: FormItem) -> range:
    """The numbers of a short scale, which are tapped and not typed; none otherwise."""
    least, most, step = item.min, item.max, item.slider_step or 1
    if item.type != "integer" or item.control != "slider" or item.repeats:
        return range(0)
    if type(least) is not int or type(most) is not int or step < 1:
        return range(0)
    found = range(least, most + 1, step)
    return found if 1 < len(found) <= MOST_STEPS else range(0)


def choices_of(item: FormItem) -> tuple[tuple[str, Value], ...]:
    """What may be chosen, each with the short name that the page gives it."""
    if item.options:
        return tuple((str(place), option.value) for place, option in enumerate(item.options))
    if item.type == "boolean":
        return (("yes", True), ("no", False))
    return tuple((str(step), step) for step in steps_of(item))


def fields_of(item: FormItem) -> tuple[str, ...]:
    """The fields that one answer is typed into."""
    return _FIELDS.get(way_of(item), ())


def read_typed(item: FormItem, fields: Fields, *, zone: tzinfo) -> tuple[Value, ...]:
    """The answers on a page; none when nothing was chosen or typed."""
    if way_of(item) in (ONE, MANY):
        return tuple(_chosen(item, fields))
    return tuple(
        _READERS[way_of(item)](item, row, zone)
        for row in rows_of(item, fields)
        if any(row.values())
    )


def rows_of(item: FormItem, fields: Fields) -> list[dict[str, str]]:
    """What was typed, one answer a row; a question that repeats has several."""
    columns = {name: [_tidied(one) for one in fields(name)] for name in fields_of(item)}
    longest = max((len(column) for column in columns.values()), default=0)
    rows = [
        {name: column[at] if at < len(column) else "" for name, column in columns.items()}
        for at in range(min(longest, 200))
    ]
    if way_of(item) != QUANTITY:
        return rows
    return [row if row[NUMBERS] or not _has_units(item) else dict.fromkeys(row, "") for row in rows]


def as_typed(item: FormItem, values: Sequence[Value]) -> Typed:
    """The fields of a page that already has answers."""
    if way_of(item) in (ONE, MANY):
        return _as_chosen(item, values)
    typed: Typed = {name: [] for name in fields_of(item)}
    for value in values:
        for name, text in _as_fields(item, value).items():
            typed[name].append(text)
    return typed


def _has_units(item: FormItem) -> bool:
    return bool(item.units or item.unit)


def _tidied(text: str) -> str:
    return text[:LONGEST_FIELD].replace("\r\n", "\n").strip()


def _chosen(item: FormItem, fields: Fields) -> Iterator[Value]:
    offered = dict(choices_of(item))
    chosen = list(dict.fromkeys(fields(CHOSEN)))
    own = [_tidied(one) for one in fields(WORDS) if one.strip()] if takes_own_words(item) else []
    for name in chosen:
        if name not in offered and not (name == OWN and takes_own_words(item)):
            raise EntryRefused("Choose one of the answers on this page.")
    if own and not item.repeats and chosen not in ([], [OWN]):
        raise EntryRefused("Choose one of the answers, or write your own.")
    if OWN in chosen and not own:
        raise EntryRefused("Write your own answer, or choose another one.")
    yield from (offered[name] for name in chosen if name != OWN)
    yield from own


def _text(item: FormItem, row: dict[str, str], zone: tzinfo) -> Value:
    return row[WORDS]


def _number(item: FormItem, row: dict[str, str], zone: tzinfo) -> Value:
    text = row[NUMBERS].replace(" ", "")
    if not _NUMBER.match(text) or len(text) > 60:
        said = "Give a whole number, such as 3." if item.type == "integer" else ""
        raise EntryRefused(said or "Give a number, such as 3.5.")
    exact = Decimal(text)
    if item.type != "integer":
        return exact
    if exact != exact.to_integral_value():
        raise EntryRefused("Give a whole number, such as 3.")
    return int(exact)


def _quantity(item: FormItem, row: dict[str, str], zone: tzinfo) -> Value:
    number = _number(item, row, zone)
    assert isinstance(number, Decimal)
    unit = _unit_named(item, row[UNITS])
    if unit is None:
        return Quantity(number, row[UNITS])
    return measured(number, unit)


def _unit_named(item: FormItem, name: str) -> Coding | None:
    if not item.units:
        return item.unit
    if len(item.units) == 1:
        return item.units[0]
    if not name.isdecimal() or int(name) >= len(item.units):
        raise EntryRefused("Choose the unit of your number.")
    return item.units[int(name)]


def _day(item: FormItem, row: dict[str, str], zone: tzinfo) -> date:
    parts = [row[name] for name in (YEARS, MONTHS, DAYS)]
    try:
        if not all(_WHOLE.match(part) for part in parts) or len(parts[0]) != 4:
            raise ValueError
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        raise EntryRefused("Give a day, such as 31 1 2026.") from None


def _time(item: FormItem, row: dict[str, str], zone: tzinfo) -> time:
    try:
        if not all(_WHOLE.match(row[name]) for name in (HOURS, MINUTES)):
            raise ValueError
        return time(int(row[HOURS]), int(row[MINUTES]))
    except ValueError:
        raise EntryRefused("Give a time, such as 14:30.") from None


def _moment(item: FormItem, row: dict[str, str], zone: tzinfo) -> Value:
    day = _day(item, row, zone)
    if not row[HOURS] and not row[MINUTES]:
        return day
    return datetime.combine(day, _time(item, row, zone), tzinfo=zone)


_READERS: dict[str, Callable[[FormItem, dict[str, str], tzinfo], Value]] = {
    TEXT: _text, LONG: _text, ADDRESS: _text, NUMBER: _number, QUANTITY: _quantity, DAY: _day,
    MOMENT: _moment, TIME: _time,
}  # fmt: skip


def _as_chosen(item: FormItem, values: Sequence[Value]) -> Typed:
    typed: Typed = {CHOSEN: [], WORDS: []}
    for value in values:
        option = item.option(value)
        wanted = option.value if option else value
        name = next((n for n, one in choices_of(item) if _is(one, wanted)), None)
        if name is not None:
            typed[CHOSEN].append(name)
        else:
            typed[CHOSEN].append(OWN)
            typed[WORDS].append(str(value))
    return typed


def _is(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other


def _as_fields(item: FormItem, value: Value) -> dict[str, str]:
    if isinstance(value, Quantity):
        names = [unit.name for unit in item.units]
        unit = value.measure
        at = str(names.index(unit)) if unit in names else unit
        return {NUMBERS: format(value.value, "f"), UNITS: at}
    if isinstance(value, time):
        return {HOURS: str(value.hour), MINUTES: f"{value.minute:02}"}
    if isinstance(value, date):
        parts = {DAYS: str(value.day), MONTHS: str(value.month), YEARS: str(value.year)}
        if isinstance(value, datetime):
            parts |= {HOURS: str(value.hour), MINUTES: f"{value.minute:02}"}
        return {name: parts.get(name, "") for name in fields_of(item)}
    if isinstance(value, Decimal):
        return {NUMBERS: format(value, "f")}
    return {fields_of(item)[0]: str(value)}
