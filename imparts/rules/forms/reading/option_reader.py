"""Reading options: the answers that a question offers, from its own list or from a value set."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from imparts.rules.forms.definition import FormOption, Words
from imparts.rules.forms.reading import vocabulary as v
from imparts.rules.forms.reading.extensions import Extensions
from imparts.rules.forms.reading.keys import Keys
from imparts.rules.forms.reading.notes import Notes
from imparts.rules.forms.reading.values_reader import kind_in, value_in
from imparts.rules.forms.values import Coding, Reference, Value
from imparts.rules.forms.weights import WEIGHTS

MOST_OPTIONS = 2000
DEEPEST = 20


class Options:
    """The options of every question of one file; value sets are read once."""

    def __init__(self, contained: list[Mapping[str, Any]], notes: Notes) -> None:
        self._notes = notes
        self._read: dict[str, tuple[FormOption, ...]] = {}
        self._sets: dict[str, Mapping[str, Any]] = {}
        for held in contained:
            if held.get("resourceType") != "ValueSet":
                continue
            if isinstance(held.get("id"), str):
                self._sets.setdefault("#" + held["id"].removeprefix("#"), held)
            if isinstance(held.get("url"), str):
                self._sets.setdefault(held["url"], held)

    def of(self, item: Mapping[str, Any]) -> tuple[FormOption, ...]:
        """What one question offers."""
        link_id = item["linkId"]
        address = item.get("answerValueSet")
        found = [_own(held, link_id, self._notes) for held in item.get("answerOption") or ()]
        listed = [option for option in found if option is not None]
        if listed and address:
            self._notes.not_honour(
                link_id,
                "answerValueSet",
                "the answers listed here are offered, not those of the set",
            )
        elif isinstance(address, str):
            listed = list(self._of_set(address, link_id))
        return self._without_twins(listed, link_id)

    def _without_twins(self, listed: list[FormOption], link_id: str) -> tuple[FormOption, ...]:
        seen: dict[object, FormOption] = {}
        for option in listed[:MOST_OPTIONS]:
            value = option.value
            same = (value.system, value.name) if type(value) is Coding else value
            seen.setdefault((type(value), same), option)
        if len(seen) != len(listed):
            self._notes.warn(link_id, "answerOption", "answers that stand there twice count once")
        if seen:
            self._notes.honour("answers to choose from")
        return tuple(seen.values())

    def _of_set(self, address: str, link_id: str) -> tuple[FormOption, ...]:
        held = self._sets.get(address) or self._sets.get(address.split("|")[0])
        if held is None:
            said = f"the list of answers {address[:120]} is not in the file, so none are offered"
            self._notes.not_honour(link_id, "answerValueSet", said)
            return ()
        if address not in self._read:
            self._read[address] = tuple(self._in_set(held, link_id))
        if not self._read[address]:
            said = f"the list of answers {address[:120]} is described but not spelt out in the file"
            self._notes.not_honour(link_id, "answerValueSet", said)
        return self._read[address]

    def _in_set(self, held: Mapping[str, Any], link_id: str) -> Iterator[FormOption]:
        expansion, compose = held.get("expansion"), held.get("compose")
        contains = expansion.get("contains") if isinstance(expansion, dict) else None
        if isinstance(contains, list) and contains:
            yield from self._concepts(contains, "", link_id, 0)
            return
        includes = compose.get("include") if isinstance(compose, dict) else None
        for include in includes if isinstance(includes, list) else []:
            if not isinstance(include, dict):
                continue
            concepts, system = include.get("concept"), include.get("system")
            if isinstance(concepts, list) and concepts:
                yield from self._concepts(
                    concepts, system if isinstance(system, str) else "", link_id, 0
                )
            else:
                said = "part of the list of answers is described but not spelt out in the file"
                self._notes.not_honour(link_id, "answerValueSet", said)

    def _concepts(
        self, listed: list[Any], system: str, link_id: str, depth: int
    ) -> Iterator[FormOption]:
        for one in listed:
            if not isinstance(one, dict) or depth > DEEPEST:
                continue
            coding = {"system": system, **{k: one[k] for k in _CODING if k in one}}
            if not (one.get("abstract") is True or one.get("inactive") is True):
                option = _option(
                    coding, value_in({"valueCoding": coding}), one, link_id, self._notes
                )
                if option is not None:
                    yield option
            inside = one.get("contains")
            if isinstance(inside, list):
                yield from self._concepts(inside, system, link_id, depth + 1)


_CODING = ("system", "code", "display", "_display")


def _own(held: Mapping[str, Any], link_id: str, notes: Notes) -> FormOption | None:
    value, key = value_in(held), kind_in(held)
    coding = held[key] if key == "valueCoding" and isinstance(held[key], dict) else {}
    if value is None:
        notes.warn(link_id, key or "answerOption", "an answer that cannot be read was left out")
        return None
    beside = held.get(f"_{key}")
    merged = {**coding, "_display": beside} if isinstance(beside, dict) else coding
    return _option(merged, value, held, link_id, notes)


def _option(
    coding: Mapping[str, Any],
    value: Value | None,
    held: Mapping[str, Any],
    link_id: str,
    notes: Notes,
) -> FormOption | None:
    if value is None:
        notes.warn(link_id, "answerOption", "an answer without a code was left out")
        return None
    extensions = Extensions(held.get("extension"), link_id, notes)
    inner = Extensions(coding.get("extension"), link_id, notes)
    weight = _weight(extensions)
    weight = _weight(inner) if weight is None else weight
    beside = coding.get("_display")
    label = Extensions(
        beside.get("extension") if isinstance(beside, dict) else None, link_id, notes
    )
    translations = dict(label.translations()) | _designations(held)
    made = FormOption(
        value=value,
        label=label_of(value),
        weight=weight,
        prefix=extensions.words(v.PREFIX),
        is_exclusive=extensions.flag(v.EXCLUSIVE),
        is_initial=held.get("initialSelected") is True,
        labels=tuple(translations.items()),
    )
    for some in (extensions, inner, label):
        some.end()
    return made


def _weight(extensions: Extensions) -> Decimal | None:
    found = []
    for held in extensions.take(*WEIGHTS):
        number = Keys(held, extensions.link_id, extensions.notes)
        weight = number.number("valueDecimal")
        weight = number.number("valueInteger") if weight is None else weight
        found += [weight] if weight is not None else []
    if not found:
        return None
    if any(weight != found[0] for weight in found):
        said = f"an answer has several weights; {found[0]} counts"
        extensions.notes.warn(extensions.link_id, "weights of answers", said)
    extensions.notes.honour("weights of answers")
    return found[0]


def _designations(held: Mapping[str, Any]) -> dict[str, str]:
    """The names of a concept in other languages; one for another use is no translation."""
    listed = held.get("designation")
    found: Words = tuple(
        (one["language"], one["value"])
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
        and isinstance(one.get("language"), str)
        and isinstance(one.get("value"), str)
        and not one.get("use")
    )
    return dict(found)


def label_of(value: Value) -> str:
    """What a person reads for an answer."""
    if isinstance(value, Coding):
        return value.words
    if isinstance(value, Reference):
        return value.display or value.reference
    return str(value)
