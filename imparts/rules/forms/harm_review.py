"""Which questions of a form ask about harm, as a named person confirmed it, and when to alert.

No rule, no asking: every question that the import listed must be looked at, and each that asks
about harm to self or others must say which answers raise an alert (hazard H1). A rule that could
never be met is refused, since nobody would be told. Declining such a question alerts by itself.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from imparts.rules.content import ContentRefused
from imparts.rules.forms.answer_names import answer_name, is_named, read_number, read_quantity
from imparts.rules.forms.definition import Form, FormItem, FormOption
from imparts.rules.forms.entries import LARGEST_INTEGER, EntryRefused, check_entry
from imparts.rules.forms.values import Quantity, Value, number_in

KEYS = frozenset({"item", "asks_about_harm", "positive", "short_words", "words"})
_NUMBERS = ("integer", "decimal", "quantity")
_OWN_WORDS = ("string", "text", "url", "open-choice")
_MOMENTS: Mapping[str, Callable[[str], Value]] = {
    "date": date.fromisoformat, "dateTime": datetime.fromisoformat, "time": time.fromisoformat,
}  # fmt: skip


class HarmNotConfirmed(ContentRefused):
    """A confirmation leaves something open; the message says what, in one sentence."""


def check_review(form: Form, suspects: Iterable[str], items: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a confirmation that leaves out a question or a rule, or that could never alert."""
    named = [_checked_name(form, one) for one in items]
    for name in suspects:
        if name not in named:
            raise HarmNotConfirmed(f"{name} may ask about harm; say whether it does.")
    for name in named:
        if named.count(name) > 1:
            raise HarmNotConfirmed(f"{name} is there twice.")
    for one in items:
        if one["asks_about_harm"]:
            _check_words(one)
            _check_rule(form.by_id[one["item"]], one.get("positive"))


def is_positive(item: FormItem, positive: Mapping[str, Any], values: Iterable[Value]) -> bool:
    """Whether any of the answers given is one that must be heard of.

    What someone wrote in their own words, where answers were offered, always is: nobody could say
    beforehand what it means.
    """
    return any(_is_positive(item, positive, value) for value in values)


def _is_positive(item: FormItem, positive: Mapping[str, Any], value: Value) -> bool:
    if "is_answered" in positive:
        return True
    if item.options and item.option(value) is None and _is_unforeseen(item, positive, value):
        return True
    if "is_one_of" in positive:
        return any(is_named(one, value) for one in positive["is_one_of"])
    number = _number(item, value)
    return number is not None and number >= Decimal(str(positive["is_at_least"]))


def _is_unforeseen(item: FormItem, positive: Mapping[str, Any], value: Value) -> bool:
    """An answer beside those offered; only a number can still be held against a number."""
    return "is_one_of" in positive or _number(item, value) is None or item.type == "open-choice"


def _checked_name(form: Form, one: Mapping[str, Any]) -> str:
    name = one.get("item")
    if not isinstance(name, str) or name not in form.by_id or not form.by_id[name].is_question:
        raise HarmNotConfirmed(f"{str(name)[:40]} is not a question of {form.title}.")
    if unknown := sorted(str(key) for key in set(one) - KEYS):
        raise HarmNotConfirmed(f"{name}: {unknown[0][:40]} is not understood.")
    if not isinstance(one.get("asks_about_harm"), bool):
        raise HarmNotConfirmed(f"{name}: say whether it asks about harm, yes or no.")
    return name


def _check_words(one: Mapping[str, Any]) -> None:
    for key in ("short_words", "words"):
        if not isinstance(one.get(key), str) or not one[key].strip():
            raise HarmNotConfirmed(
                f"{one['item']} asks about harm, so say what its alert tells staff."
            )


def _check_rule(item: FormItem, positive: object) -> None:
    if not isinstance(positive, Mapping) or len(positive) != 1:
        raise _no_rule(item)
    kind, wanted = next(iter(positive.items()))
    if kind == "is_at_least":
        _check_least(item, wanted)
    elif kind == "is_one_of" and isinstance(wanted, list | tuple) and wanted:
        _check_some(item, wanted)
    elif kind != "is_answered" or wanted is not True:
        raise _no_rule(item)


def _no_rule(item: FormItem) -> HarmNotConfirmed:
    return HarmNotConfirmed(
        f"{item.link_id} asks about harm, so say which answers raise an alert: from a number up, "
        "some of its answers, or any answer."
    )


def _check_least(item: FormItem, least: object) -> None:
    is_number = isinstance(least, int | float | Decimal) and not isinstance(least, bool)
    if not is_number or not Decimal(str(least)).is_finite():
        raise HarmNotConfirmed(f"{item.link_id}: say from which number up, as a number.")
    numbers = [n for option in item.options if (n := _weight(option)) is not None]
    if item.options and len(numbers) < len(item.options):
        raise HarmNotConfirmed(
            f"{item.link_id}: not every answer has a number, so name the answers instead."
        )
    if item.options and max(numbers) < Decimal(str(least)):
        raise HarmNotConfirmed(f"{item.link_id}: no answer is as high as {least}.")
    if not item.options and item.type not in _NUMBERS:
        raise HarmNotConfirmed(f"{item.link_id}: its answers are no numbers.")
    if not item.options and (most := _most(item)) is not None and most < Decimal(str(least)):
        raise HarmNotConfirmed(f"{item.link_id}: no answer is as high as {least}.")


def _most(item: FormItem) -> Decimal | None:
    """The highest number that the question takes, where there is one."""
    if item.max is not None:
        return number_in(item.max)
    return Decimal(LARGEST_INTEGER) if item.type == "integer" else None


def _check_some(item: FormItem, wanted: Collection[object]) -> None:
    if not item.options and item.type in _OWN_WORDS:
        raise HarmNotConfirmed(
            f"{item.link_id} is answered in people's own words, so any answer must raise the alert."
        )
    for one in wanted:
        if not _may_be_met(item, one):
            name = answer_name(one)[:40]
            raise HarmNotConfirmed(f"{item.link_id}: {name} is not one of its answers.")


def _may_be_met(item: FormItem, named: object) -> bool:
    """Whether the question takes an answer that a rule names so; else nobody would be told."""
    if item.options:
        return any(is_named(named, option.value) for option in item.options)
    meant = _meant(item, named)
    if meant is None:
        return False
    try:
        check_entry(_as_asked_once(item), [meant])
    except EntryRefused:
        return False
    return True


def _as_asked_once(item: FormItem) -> FormItem:
    """The question as far as one answer goes: also one that is worked out may raise an alert."""
    return replace(item, read_only=False, hidden=False, calculated=None, min_occurs=None)


def _meant(item: FormItem, named: object) -> Value | None:
    """The answer that a rule names, as the question would hold it; None when it holds none such."""
    if item.type == "boolean":
        return {"true": True, "false": False}.get(answer_name(named).lower())
    if item.type == "quantity":
        return _meant_quantity(item, named)
    if item.type in _NUMBERS:
        number = read_number(named)
        return _whole(number) if item.type == "integer" and number is not None else number
    read = _MOMENTS.get(item.type)
    try:
        return read(str(named)) if read else None
    except ValueError:
        return None


def _whole(number: Decimal) -> Value:
    is_whole = abs(number) <= LARGEST_INTEGER and number == number.to_integral_value()
    return int(number) if is_whole else number


def _meant_quantity(item: FormItem, named: object) -> Quantity | None:
    found = read_quantity(named)
    if found is None:
        return None
    number, measure = found
    if not measure and item.units:
        measure = item.units[0].name
    unit = next((one for one in item.units if measure in (one.code, one.display)), None)
    return Quantity(number, measure, code=unit.code if unit else "")


def _number(item: FormItem, value: Value) -> Decimal | None:
    option = item.option(value)
    if option is not None:
        return _weight(option)
    return number_in(value)


def _weight(option: FormOption) -> Decimal | None:
    return option.weight if option.weight is not None else number_in(option.value)
