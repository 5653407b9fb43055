"""Mending: files as they are published, brought into the shape of R4, each change with a warning.

Seen in files of the National Library of Medicine, HL7 and form builders: keys of STU3 and of R5,
value sets in the wrong place, missing and doubled link ids, types that do not exist.
"""

from collections.abc import Iterator
from typing import Any

from imparts.rules.content import ContentRefused
from imparts.rules.forms.definition import ITEM_TYPES
from imparts.rules.forms.reading.mending_answers import mend_answers, mend_conditions, mend_initial
from imparts.rules.forms.reading.notes import Notes

MOST_ITEMS = 5000
DEEPEST_ITEMS = 30
LONGEST_LINK_ID = 255
_OLD_TYPES = {"coding": "choice", "question": "", "open_choice": "open-choice", "uri": "url"}


def mend(held: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """The questionnaire that a file holds, in the shape of R4."""
    form = _questionnaire_in(held, notes)
    _refuse_modifiers(form, "the questionnaire")
    form["contained"] = _value_sets(form, notes)
    items = _as_items(form.get("item"), "", notes)
    if not items:
        raise ContentRefused("the questionnaire holds no items, so it asks nothing")
    form["item"] = items
    _Mender(form, notes).mend_all()
    return form


def _questionnaire_in(held: dict[str, Any], notes: Notes) -> dict[str, Any]:
    kind = held.get("resourceType")
    if kind == "Bundle":
        return _from_bundle(held, notes)
    if kind is None and isinstance(held.get("item"), list):
        notes.warn("", "resourceType", "it is missing; the file was read as a Questionnaire")
        return {"resourceType": "Questionnaire", **held}
    if kind != "Questionnaire":
        said = f"a {kind[:40]}" if isinstance(kind, str) and kind else "no FHIR resource"
        raise ContentRefused(f"the file holds {said}, not a Questionnaire")
    return dict(held)


def _from_bundle(held: dict[str, Any], notes: Notes) -> dict[str, Any]:
    entries = held.get("entry")
    inside = [
        one["resource"]
        for one in (entries if isinstance(entries, list) else [])
        if isinstance(one, dict) and isinstance(one.get("resource"), dict)
    ]
    forms = [one for one in inside if one.get("resourceType") == "Questionnaire"]
    if len(forms) != 1:
        raise ContentRefused(
            f"the file is a Bundle with {len(forms)} questionnaires; import one at a time"
        )
    notes.warn("", "Bundle", "the questionnaire was taken out of a Bundle, with its value sets")
    sets = [one for one in inside if one.get("resourceType") == "ValueSet"]
    contained = forms[0].get("contained")
    return {**forms[0], "contained": [*(contained if isinstance(contained, list) else []), *sets]}


def _refuse_modifiers(held: dict[str, Any], where: str) -> None:
    """FHIR's own rule: who does not know a modifier must not act on what it modifies."""
    if held.get("modifierExtension"):
        raise ContentRefused(
            f"{where} carries a modifierExtension, which changes its meaning in a way that is not "
            "known here; ask its author for a version without"
        )
    if held.get("implicitRules"):
        raise ContentRefused(f"{where} names implicitRules, which are not known here")


def _value_sets(form: dict[str, Any], notes: Notes) -> list[dict[str, Any]]:
    """What a file contains; value sets that stand under keys of their own are put there too."""
    found: list[Any] = []
    for key in ("contained", "valueSet", "ValueSet"):
        value = form.get(key)
        found += value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        if key != "contained" and form.pop(key, None) is not None:
            notes.warn("", key, "value sets stood outside of contained; they were put there")
    return [one for one in found if isinstance(one, dict)]


def _as_items(held: Any, link_id: str, notes: Notes) -> list[dict[str, Any]]:
    if isinstance(held, dict):
        notes.warn(link_id, "item", "one object stood where a list of items belongs")
        held = [held]
    if held is None:
        return []
    if not isinstance(held, list):
        notes.warn(link_id, "item", "this should be a list of items and is not; it was left out")
        return []
    found = [dict(one) for one in held if isinstance(one, dict)]
    if len(found) != len(held):
        notes.warn(link_id, "item", "something in the list is no item and was left out")
    return found


class _Mender:
    """All items of one file: first every link id, then one item after the other."""

    def __init__(self, form: dict[str, Any], notes: Notes) -> None:
        self._form, self._notes = form, notes
        self._count = 0
        self._names: set[str] = set()

    def mend_all(self) -> None:
        pairs = list(self._spread(self._form["item"], "", 1))
        for item, place in pairs:
            self._name(item, place)
        for item, _ in pairs:
            _refuse_modifiers(item, f"item {item['linkId'][:50]}")
            self._mend_type(item)
            mend_answers(item, self._form, self._notes)
            mend_initial(item, self._notes)
            mend_conditions(item, self._notes)

    def _spread(
        self, items: list[dict[str, Any]], above: str, depth: int
    ) -> Iterator[tuple[dict[str, Any], str]]:
        if depth > DEEPEST_ITEMS:
            raise ContentRefused(f"items stand more than {DEEPEST_ITEMS} deep in one another")
        for number, item in enumerate(items, start=1):
            place = f"{above}{number}"
            self._count += 1
            if self._count > MOST_ITEMS:
                raise ContentRefused(f"the questionnaire holds more than {MOST_ITEMS:,} items")
            if "item" in item:
                item["item"] = _as_items(item["item"], place, self._notes)
                yield item, place
                yield from self._spread(item["item"], f"{place}.", depth + 1)
            else:
                yield item, place

    def _name(self, item: dict[str, Any], place: str) -> None:
        """A link id of its own for every item; `place` is 2.1 for the first item of the second."""
        found = item.get("linkId")
        wanted = str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""
        if not isinstance(found, str):
            said = "is missing" if found is None else "is no text"
            wanted = wanted or f"item-{place}"
            self._notes.warn(wanted, "linkId", f"item {place}: its linkId {said}; it got this one")
        if len(wanted) > LONGEST_LINK_ID or not wanted.strip():
            wanted = f"item-{place}"
            self._notes.warn(wanted, "linkId", f"item {place}: its linkId is empty or too long")
        free, number = wanted, 2
        while free in self._names:
            free, number = f"{wanted}-{number}", number + 1
        if free != wanted:
            self._notes.warn(free, "linkId", f"item {place}: another item is called {wanted[:50]}")
        self._names.add(free)
        item["linkId"] = free

    def _mend_type(self, item: dict[str, Any]) -> None:
        kind = item.get("type")
        if kind in ITEM_TYPES and not (kind == "display" and item.get("item")):
            return
        known = _OLD_TYPES.get(kind, "") if isinstance(kind, str) else ""
        item["type"] = known or _guessed_type(item)
        said = f"the type {kind[:30]!r}" if isinstance(kind, str) else "a missing type"
        self._notes.warn(item["linkId"], "type", f"{said} was read as {item['type']}")


def _guessed_type(item: dict[str, Any]) -> str:
    if any(item.get(key) for key in ("answerOption", "option", "answerValueSet", "options")):
        return "choice"
    if item.get("item"):
        return "group"
    return "display" if item.get("type") == "display" else "string"
