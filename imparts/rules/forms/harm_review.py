"""Which questions of a form ask about harm, as a named person confirmed it, and when to alert.

No rule, no asking: every question that the import listed must be looked at, and each that asks
about harm to self or others must say which answers raise an alert (hazard H1). A rule that could
never be met is refused, since nobody would be told. Declining such a question alerts by itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from imparts.rules.content import ContentRefused
from imparts.rules.forms.definition import Form, FormItem, FormOption
from imparts.rules.forms.values import Coding, Quantity, Value

KEYS = frozenset({"item", "asks_about_harm", "positive", "short_words", "words"})
RULES = ("is_at_least", "is_one_of", "is_answered")
_NUMBERS = ("integer", "decimal", "quantity")
_OWN_WORDS = ("string", "text", "open-choice")


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
    if item.type == "open-choice" and item.option(value) is None:
        return True
    if "is_one_of" in positive:
        return _name(value) in {_name(one) for one in positive["is_one_of"]}
    number = _number(item, value)
    return number is not None and number >= Decimal(str(positive["is_at_least"]))


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


def _check_some(item: FormItem, wanted: Collection[object]) -> None:
    if not item.options and item.type in _OWN_WORDS:
        raise HarmNotConfirmed(
            f"{item.link_id} is answered in people's own words, so any answer must raise the alert."
        )
    offered = {_name(option.value) for option in item.options}
    if item.type == "boolean":
        offered = {"true", "false"}
    for one in wanted:
        if offered and _name(one) not in offered:
            raise HarmNotConfirmed(f"{item.link_id}: {_name(one)[:40]} is not one of its answers.")


def _name(value: object) -> str:
    """How a rule names an answer: a coding by its code, yes and no as true and false."""
    if isinstance(value, Coding):
        return value.code or value.display
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _number(item: FormItem, value: Value) -> Decimal | None:
    option = item.option(value)
    if option is not None:
        return _weight(option)
    return _plain(value)


def _weight(option: FormOption) -> Decimal | None:
    return option.weight if option.weight is not None else _plain(option.value)


def _plain(value: Value) -> Decimal | None:
    if isinstance(value, Quantity):
        return value.value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)
