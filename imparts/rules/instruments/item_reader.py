"""Reading the questions of an instrument file and the answers they offer."""

import re
from collections.abc import Sequence

from imparts.rules.content import Table
from imparts.rules.instruments.conditions import read_condition
from imparts.rules.instruments.definition import Item, Option

Options = tuple[Option, ...]

MOST_ITEMS, MOST_ANSWERS = 1000, 201
RESERVED = ("stem", "notice")
_VALUE = re.compile(r"-?(0|[1-9][0-9]{0,5})")
NO_WORDING_HERE = "a structure holds no wording; a site loads it with its licence"


def read_items(
    table: Table, options: Table | None, *, has_wording: bool = True
) -> tuple[Item, ...]:
    """The questions in their order; answers that several share are written once in [options].

    A structure without wording has the values of the answers only, as a list of whole numbers in
    the order in which they are shown.
    """
    shared = (
        {name: _read_set(options, name, has_wording) for name in options.names_left()}
        if options
        else {}
    )
    found = table.tables("items")
    if len(found) > MOST_ITEMS:
        raise table.refuse(
            f"there are {len(found)} items, and at most {MOST_ITEMS} may be", "items"
        )
    items = tuple(_read_item(one, shared, has_wording) for one in found)
    if not items:
        raise table.refuse("there are no items")
    _refuse_twice(table, [item.id for item in items], "item")
    return items


def _read_set(options: Table, name: str, has_wording: bool) -> Options:
    """A shared set: a list of answers, or from = 0 and to = 10 for a plain number scale."""
    if options.holds(name, list):
        return _read_options(options, name) if has_wording else _read_values(options, name)
    span = options.table(name)
    first, last = span.whole("from"), span.whole("to")
    span.end()
    if first >= last:
        raise span.refuse(f"a scale from {first} to {last} has no answers")
    if last - first >= MOST_ANSWERS:
        raise span.refuse(f"a scale from {first} to {last} has more than {MOST_ANSWERS} answers")
    return tuple(
        Option(str(value) if has_wording else "", value) for value in range(first, last + 1)
    )


def _read_values(options: Table, name: str) -> Options:
    """The values of a structure, in the order in which their answers are shown."""
    values = options.wholes_or(name)
    if not values:
        raise options.refuse("there are no answers to choose from", name)
    _refuse_twice(options, values, "value")
    return tuple(Option("", value) for value in values)


def _read_item(one: Table, shared: dict[str, Options], has_wording: bool) -> Item:
    name = one.plain_name("id")
    if name in RESERVED:
        raise one.refuse(f"no question may be called {name}; exports call another part so", "id")
    one.where = f"{one.where} ({name[:40]})"
    if not has_wording:
        for key in ("text", "anchors"):
            if one.has(key):
                raise one.refuse(NO_WORDING_HERE, key)
    condition = one.table_or("show_if")
    free_text = one.yes("free_text", otherwise=False)
    item = Item(
        id=name,
        text=one.words("text") if has_wording else "",
        options=() if free_text else _options_of(one, shared),
        scored=one.yes("scored", otherwise=not free_text),
        reverse=one.yes("reverse", otherwise=False),
        show_if=read_condition(condition) if condition else None,
        anchors=_read_anchors(one),
        loinc=one.words_if("loinc"),
        free_text=free_text,
        note=one.words_or("note"),
        topic=one.words_or("topic"),
    )
    if free_text and item.scored:
        raise one.refuse("free text cannot be scored", "scored")
    one.end()
    return item


def _options_of(one: Table, shared: dict[str, Options]) -> Options:
    if one.holds("options", list):
        return _read_options(one, "options")
    name = one.words("options")
    if name not in shared:
        raise one.refuse(f"there are no shared options called {name[:40]}", "options")
    return shared[name]


def _read_options(table: Table, key: str) -> Options:
    options = tuple(_read_option(one) for one in table.tables(key))
    if not options:
        raise table.refuse("there are no answers to choose from")
    _refuse_twice(table, [option.value for option in options], "value")
    _refuse_twice(table, [option.label for option in options], "label")
    return options


def _read_option(one: Table) -> Option:
    option = Option(
        label=one.words("label"),
        value=one.whole("value"),
        category=one.words_if("category"),
        code=one.words_if("loinc"),
        said=one.words_or("said"),
    )
    one.end()
    return option


def _read_anchors(one: Table) -> tuple[tuple[int, str], ...]:
    anchors = one.table_or("anchors")
    if anchors is None:
        return ()
    return tuple(
        sorted((read_value(anchors, key), anchors.words(key)) for key in anchors.names_left())
    )


def read_value(table: Table, key: str) -> int:
    """A key that is the value of an answer: "0", "3", "-1"."""
    if not _VALUE.fullmatch(key) or key == "-0":
        raise table.refuse(f'{key[:40]!r} is not the value of an answer, such as "0" or "3"', key)
    return int(key)


def _refuse_twice(table: Table, found: Sequence[str | int], what: str) -> None:
    for one in found:
        if found.count(one) > 1:
            raise table.refuse(f"the {what} {one} stands there twice")
