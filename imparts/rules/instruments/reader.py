"""From the text of a content file to an Instrument, or a sentence that says why not.

The reader takes every key by name and refuses the rest, so a file can hold nothing that is not
understood. Then checks.py asks whether the whole makes sense: bands without gaps, rules about items
that exist, item 9 and its alerts in place.
"""

from typing import Any

from imparts.rules.content import Table, one_of, read_toml
from imparts.rules.instruments.checks import check_instrument
from imparts.rules.instruments.definition import (
    AlertRule,
    Category,
    Codes,
    Cut,
    Example,
    Fact,
    Flag,
    Instrument,
    Rights,
)
from imparts.rules.instruments.item_reader import read_items
from imparts.rules.instruments.scoring_reader import read_bands, read_scoring

DIRECTIONS = ("higher_is_worse", "higher_is_better", "no_direction")
TERMINOLOGIES = ("loinc", "snomed")


def read_instrument(text: str) -> Instrument:
    """Read one file of imparts/content/instruments; raises ContentRefused with a sentence."""
    table = read_toml(text, "instrument")
    made = Instrument(
        rights=_read_rights(table),
        items=read_items(table, table.table_or("options")),
        scoring=read_scoring(table),
        bands=read_bands(table),
        categories=tuple(_read_category(one) for one in table.tables("categories")),
        cuts=tuple(_read_cut(one) for one in table.tables("cuts")),
        flags=tuple(_read_flag(one) for one in table.tables("flags")),
        alerts=tuple(_read_alert(one) for one in table.tables("alerts")),
        codes=_read_codes(table),
        facts=tuple(_read_fact(one) for one in table.tables("facts")),
        examples=_read_examples(table),
        **_read_names(table),
        **_read_authors(table),
        **_read_who(table.table("who")),
        **_read_change(table.table_or("change")),
    )
    table.end()
    check_instrument(made)
    return made


def _read_names(table: Table) -> dict[str, Any]:
    return {
        "id": table.words("id"),
        "title": table.words("title"),
        "short_title": table.words("name"),
        "measures": table.words("measures"),
        "part": table.words("part"),
        "version": table.words("version"),
        "recall": table.words("recall"),
        "stem": table.words_or("stem"),
        "direction": one_of(table, "direction", DIRECTIONS),
        "leads_gist": table.yes("leads_gist", otherwise=False),
        "gist_pattern": table.words_or("gist_pattern", "{measures} is {band}"),
        "somatic_items": table.names_or("somatic_items"),
    }


def _read_authors(table: Table) -> dict[str, Any]:
    sources = table.names_or("sources")
    if not sources:
        raise table.refuse("no source is named; say where the wording and the scoring come from")
    return {
        "sources": sources,
        "authored_by": table.words("authored_by"),
        "checked_by": table.words("checked_by"),
        "reviewed_on": table.day("reviewed_on"),
        "next_review": table.day("next_review"),
    }


def _read_who(who: Table) -> dict[str, Any]:
    found = {
        "youngest": who.whole_or("youngest"),
        "oldest": who.whole_or("oldest"),
        "by_proxy": who.yes("by_proxy"),
        "who_source": who.words("source"),
    }
    who.end()
    return found


def _read_change(change: Table | None) -> dict[str, Any]:
    if change is None:
        return {"reliable_change": None, "notable_change": None, "change_source": ""}
    found = {
        "reliable_change": change.whole_or("reliable"),
        "notable_change": change.whole_or("notable"),
        "change_source": change.words("source"),
    }
    change.end()
    return found


def _read_rights(table: Table) -> Rights:
    if not table.has("rights"):
        raise table.refuse("there is no licence; say in [rights] who may use whose wording")
    rights = table.table("rights")
    made = Rights(
        holder=rights.words("holder"),
        statement=rights.words("statement"),
        notice=rights.words_or("notice"),
        source=rights.words("source"),
        ships=one_of(rights, "ships", ("yes", "with_notice")),
    )
    if made.ships == "with_notice" and not made.notice:
        raise rights.refuse("the wording ships only with a notice, and there is no notice")
    rights.end()
    return made


def _read_category(one: Table) -> Category:
    category = Category(code=one.words("code"), label=one.words("label"))
    one.end()
    return category


def _read_cut(one: Table) -> Cut:
    cut = Cut(code=one.words("code"), value=one.number("value"), status=one.words("status"))
    one.end()
    return cut


def _read_flag(one: Table) -> Flag:
    flag = Flag(
        code=one.words("code"),
        type=one.words("type"),
        item=one.words("item") if one.has("item") else None,
        items=one.names_or("items"),
        value=one.number_or("value"),
        item_value=one.whole_or("item_value"),
        count=one.whole_or("count"),
        least=one.whole_or("least"),
        most=one.whole_or("most"),
    )
    one.end()
    return flag


def _read_alert(one: Table) -> AlertRule:
    alert = AlertRule(
        flag=one.words("flag"),
        tier=one_of(one, "tier", ("A", "B", "C")),
        urgency=one.words("urgency"),
        words=one.words("words"),
        short_words=one.words("short_words"),
        action=one.words("action"),
        pathway=one.words("pathway"),
    )
    one.end()
    return alert


def _read_codes(table: Table) -> tuple[Codes, ...]:
    codes = table.table_or("codes")
    if codes is None:
        return ()
    made = []
    for system in TERMINOLOGIES:
        if one := codes.table_or(system):
            status = one.words("status")
            pairs = tuple((name, one.words(name)) for name in one.names_left())
            made.append(Codes(system, pairs, status))
    codes.end()
    return tuple(made)


def _read_fact(one: Table) -> Fact:
    fact = Fact(name=one.words("name"), value=one.words("value"), status=one.words_or("status"))
    one.end()
    return fact


def _read_examples(table: Table) -> tuple[Example, ...]:
    examples = tuple(_read_example(one) for one in table.tables("examples"))
    if not examples:
        raise table.refuse("there are no worked examples; add at least one, with its result")
    return examples


def _read_example(one: Table) -> Example:
    answers, context = one.table("answers"), one.table_or("context")
    example = Example(
        answers=tuple((item, answers.whole(item)) for item in answers.names_left()),
        context=tuple((name, context.yes(name)) for name in context.names_left())
        if context
        else (),
        status=one_of(one, "status", ("complete", "prorated", "incomplete")),
        score=one.number_or("score"),
        band=one.words("band") if one.has("band") else None,
        lower=one.number_or("lower"),
        upper=one.number_or("upper"),
        flags=one.names_or("flags"),
        note=one.words_or("note"),
    )
    one.end()
    return example
