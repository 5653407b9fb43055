"""An instrument in one language: its structure with a pack's words, whole or not at all."""

from dataclasses import replace

from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.instruments.scoring_definition import ScoringRule
from imparts.rules.wording.definition import Additions, ItemWords, Wording, Words
from imparts.rules.wording.languages import best_of


def in_language(structure: Instrument, wording: Wording, language: str) -> Instrument | None:
    """The instrument as a patient reads it in one language; None when the pack has it not.

    Every text for patients comes from that one language, never from two. What staff read (what is
    measured, bands) stays as it is. The version stays the structure's, so that a renewed licence
    does not begin a new course of scores; which words were read, the pack's own version says.
    """
    tag = best_of(language, wording.languages)
    if tag is None:
        return None
    words, added = wording.languages[tag], wording.additions
    return replace(
        structure,
        language=tag,
        title=words.title,
        part=words.part or structure.part,
        stem=words.stem,
        recall=words.recall,
        rights=replace(structure.rights, notice=words.notice),
        items=tuple(_item(item, words, added) for item in structure.items),
        licence=wording.licence,
        scoring=_scoring(structure.scoring, added),
        harm_items=structure.harm_items + added.harm_items,
        flags=structure.flags + added.flags,
        alerts=structure.alerts + added.alerts,
        examples=structure.examples + tuple(one.example for one in added.proofs),
        authored_by=wording.authored_by,
        checked_by=wording.checked_by,
    )


def _item(item: Item, words: Words, added: Additions) -> Item:
    given: ItemWords = words.items[item.id]
    labels = dict(given.options)
    return replace(
        item,
        text=given.text,
        options=tuple(replace(one, label=labels[one.value]) for one in item.options),
        anchors=given.anchors,
        reverse=item.reverse or item.id in added.reversed_items,
    )


def _scoring(rule: ScoringRule, added: Additions) -> ScoringRule:
    return replace(
        rule,
        tables=rule.tables + added.tables,
        subscales=rule.subscales + added.subscales,
        groups=rule.groups + added.groups,
        groups_needed=added.groups_needed or rule.groups_needed,
        decisions=rule.decisions + added.decisions,
        needs="" if rule.needs in _brought(added) else rule.needs,
    )


def _brought(added: Additions) -> frozenset[str]:
    """What a pack brings of that which a structure may need before it can be scored."""
    there = {
        "table": added.tables,
        "subscales": added.subscales,
        "categories": added.groups,
        "decision_table": added.decisions,
        "reversed_items": added.reversed_items,
    }
    return frozenset(name for name, parts in there.items() if parts)
