"""Reading items: each group, text and question with all it says, from the innermost outwards."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from imparts.rules.forms.definition import NOT_ASKED_HERE, FormItem, FormOption
from imparts.rules.forms.reading import vocabulary as v
from imparts.rules.forms.reading.conditions import read_conditions
from imparts.rules.forms.reading.extensions import Extensions
from imparts.rules.forms.reading.item_parts import (
    read_expressions,
    read_initial,
    read_limits,
    read_regex,
    read_units,
)
from imparts.rules.forms.reading.keys import Keys
from imparts.rules.forms.reading.notes import Notes
from imparts.rules.forms.reading.option_reader import Options
from imparts.rules.forms.reading.values_reader import coding_of
from imparts.rules.forms.values import Coding

# Texts under a question that say more about it, and are shown with it.
_FOLDED = {"help": "help", "flyover": "help", "lower": "lower", "upper": "upper", "unit": "unit"}


class ItemReader:
    """Reads all items of one mended questionnaire."""

    def __init__(self, form: Mapping[str, Any], notes: Notes) -> None:
        self._notes, self._form = notes, form
        options = Options(list(form["contained"]), notes)
        everything = list(_everything(form["item"]))
        self._types = {item["linkId"]: item["type"] for item in everything}
        self._options = {item["linkId"]: _options(item, options) for item in everything}

    def read(self) -> tuple[FormItem, ...]:
        """Every item, with those under it inside."""
        return tuple(self._item(held) for held in self._form["item"])

    def _item(self, held: Mapping[str, Any]) -> FormItem:
        link_id, kind = held["linkId"], held["type"]
        keys = Keys(held, link_id, self._notes)
        keys.pass_over("linkId", "type", "definition", "id", "modifierExtension", "enableWhen",
                       "enableBehavior", "answerOption", "answerValueSet", "item")  # fmt: skip
        extensions = Extensions(keys.take("extension"), link_id, self._notes)
        beside = Extensions(keys.beside("text").get("extension"), link_id, self._notes)
        options = self._options[link_id]
        codes = tuple(code for one in keys.objects("code") if (code := coding_of(one)))
        made = FormItem(
            link_id=link_id,
            text=self._text(keys, codes, kind),
            type=kind,
            prefix=keys.text("prefix"),
            required=self._flag(keys, "required", kind),
            repeats=self._flag(keys, "repeats", kind),
            read_only=keys.flag("readOnly"),
            hidden=extensions.flag(v.HIDDEN),
            says_harm=extensions.says_harm(),
            options=options,
            enable_when=read_conditions(held, self._types, self._options, self._notes),
            enable_behavior=held.get("enableBehavior", "all"),
            initial=read_initial(keys, kind, options),
            regex=read_regex(extensions),
            entry_format=extensions.words(v.ENTRY_FORMAT),
            control=extensions.control(),
            codes=codes,
            texts=beside.translations(),
            max_length=keys.whole("maxLength") or None,
            **read_limits(extensions, kind),
            **read_units(extensions, held),
            **read_expressions(extensions),
            items=tuple(self._item(one) for one in held.get("item", ())),
        )
        prefix = Extensions(keys.beside("prefix").get("extension"), link_id, self._notes)
        self._end(keys, extensions, beside, prefix)
        return self._finished(made)

    def _text(self, keys: Keys, codes: tuple[Coding, ...], kind: str) -> str:
        text = keys.text("text").strip()
        if text or kind == "group":
            return text
        named = next((code.display for code in codes if code.display), keys.link_id)
        keys.warn("text", f"it has no text; it is shown as {named[:80]!r}")
        return named

    def _flag(self, keys: Keys, key: str, kind: str) -> bool:
        found = keys.flag(key)
        if found and kind == "display":
            keys.warn(key, "this means nothing for a text that is only shown")
            return False
        if found:
            self._notes.honour(key)
        return found

    def _end(self, keys: Keys, *extensions: Extensions) -> None:
        keys.end()
        for some in extensions:
            some.end()

    def _finished(self, item: FormItem) -> FormItem:
        """With the texts under it folded in, and what cannot be asked named."""
        self._notes.honour(f"type {item.type}")
        if item.is_question:
            item = self._folded(item)
        if item.type in NOT_ASKED_HERE and not item.options:
            said = "no files are taken" if item.type == "attachment" else "nothing is looked up"
            self._notes.not_honour(item.link_id, f"type {item.type}", f"{said}; it is not asked")
        elif item.type == "choice" and not item.options:
            self._notes.not_honour(item.link_id, "answers", "it offers no answers; it is not asked")
        for name in ("hidden", "read_only"):
            if getattr(item, name):
                self._notes.honour(name.replace("_", "-"))
        return item

    def _folded(self, item: FormItem) -> FormItem:
        kept = []
        for under in item.items:
            field = _FOLDED.get(under.control) if under.type == "display" else None
            if field is None or under.enable_when or under.enable_expression or under.hidden:
                kept.append(under)
            elif field == "help":
                help_text = f"{item.help}\n{under.text}".strip()
                item = replace(item, help=help_text, helps=(*item.helps, *under.texts))
            elif field == "unit":
                item = replace(item, unit=item.unit or Coding("", display=under.text))
            elif field == "lower":
                item = replace(item, lower=under.text)
            else:
                item = replace(item, upper=under.text)
        return replace(item, items=tuple(kept)) if len(kept) != len(item.items) else item


def _everything(items: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for item in items:
        yield item
        yield from _everything(item.get("item", []))


def _options(item: Mapping[str, Any], options: Options) -> tuple[FormOption, ...]:
    return () if item["type"] in ("group", "display") else options.of(item)
