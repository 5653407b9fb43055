"""Reading the languages of a wording pack: each whole, named, dated and official, or refused."""

import re

from imparts.rules.content import Table
from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.instruments.item_reader import read_value
from imparts.rules.wording.definition import ItemWords, Labels, Words
from imparts.rules.wording.json_text import read_day
from imparts.rules.wording.languages import best_of, primary

MOST_LANGUAGES = 100
NUMBERS = "numbers"  # instead of answers written out: each is called by its number
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_LONGEST_TAG = 20
Shared = dict[str, Labels]


def read_languages(table: Table, structure: Instrument) -> dict[str, Words]:
    """The languages of a pack in the order of the file."""
    tags = table.names_left()
    if not tags:
        raise table.refuse("there is no language")
    if len(tags) > MOST_LANGUAGES:
        raise table.refuse(f"there are {len(tags)} languages, and at most {MOST_LANGUAGES} may be")
    found: dict[str, Words] = {}
    for tag in tags:
        if not _TAG.fullmatch(tag) or len(tag) > _LONGEST_TAG:
            raise table.refuse(f'{tag[:40]!r} is not a language tag such as "cy" or "pt-BR"')
        if other := best_of(tag, found):
            raise table.refuse(f"{tag} and {other} are the same language; keep one of them")
        found[tag] = _read_words(table.table(tag), tag, structure)
    return found


def _read_words(one: Table, tag: str, structure: Instrument) -> Words:
    if not one.yes("is_official"):
        raise one.refuse("is_official is false; an instrument is asked in official words only")
    is_its_own = primary(tag) == primary(structure.language)
    shared = _read_shared(one.table_or("options"))
    words = Words(
        tag=tag,
        name=one.words("name"),
        authority=one.words("authority"),
        dated=read_day(one, "dated"),
        source=one.words("source"),
        title=one.words("title"),
        part=one.words_or("part") if is_its_own else one.words("part"),
        stem=one.words("stem") if structure.stem else one.words_or("stem"),
        recall=one.words("recall") if structure.recall else one.words_or("recall"),
        notice=one.words("notice") if structure.rights.notice else one.words_or("notice"),
        items=_read_items(one.table("items"), structure, shared),
    )
    one.end()
    return words


def _read_shared(options: Table | None) -> Shared:
    """Answers that several questions share, written once under a name."""
    if options is None:
        return {}
    shared = {name: _read_labels(options.table(name)) for name in options.names_left()}
    if NUMBERS in shared:
        raise options.refuse(f'"{NUMBERS}" means that answers are called by their numbers')
    return shared


def _read_labels(one: Table) -> Labels:
    names = one.names_left()
    return tuple((read_value(one, name), one.words(name)) for name in names)


def _read_items(table: Table, structure: Instrument, shared: Shared) -> dict[str, ItemWords]:
    for name in table.names_left():
        if name not in structure.by_id:
            raise table.refuse(f"{name[:40]} is not a question of {structure.id}")
    return {item.id: _read_item(table.table(item.id), item, shared) for item in structure.items}


def _read_item(one: Table, item: Item, shared: Shared) -> ItemWords:
    words = ItemWords(
        text=one.words("text"),
        options=_read_options(one, item, shared) if item.options else (),
        anchors=_read_anchors(one, item),
    )
    one.end()
    return words


def _read_options(one: Table, item: Item, shared: Shared) -> Labels:
    """The answers of one question: written out, named as shared, or called by their numbers."""
    if one.holds("options", str):
        name = one.words("options")
        if name == NUMBERS:
            return tuple((option.value, str(option.value)) for option in item.options)
        if name not in shared:
            raise one.refuse(f"there are no shared options called {name[:40]!r}")
        labels = shared[name]
    else:
        labels = _read_labels(one.table("options"))
    wanted, given = {option.value for option in item.options}, {value for value, _ in labels}
    if missing := sorted(wanted - given):
        raise one.refuse(f"the answer {missing[0]} has no words")
    if unknown := sorted(given - wanted):
        raise one.refuse(f"{unknown[0]} is not an answer of {item.id}")
    return labels


def _read_anchors(one: Table, item: Item) -> Labels:
    """What the ends of a scale mean; where the structure says it, every language must."""
    anchors = one.table_or("anchors")
    labels = _read_labels(anchors) if anchors else ()
    given = {value for value, _ in labels}
    if missing := sorted({value for value, _ in item.anchors} - given):
        raise one.refuse(f"the anchor of {missing[0]} has no words")
    if unknown := sorted(given - {option.value for option in item.options}):
        raise one.refuse(f"{unknown[0]} is not an answer of {item.id}, so it has no anchor")
    return labels
