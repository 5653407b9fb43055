"""From the text of a content file to an Instrument, or a sentence that says why not.

The reader takes every key by name and refuses the rest, so a file can hold nothing that is not
understood. Then checks.py asks whether the whole makes sense: bands without gaps, rules about items
that exist, item 9 and its alerts in place.
"""

from typing import Any

from imparts.rules.content import Table, one_of, read_toml
from imparts.rules.instruments.checks import check_instrument
from imparts.rules.instruments.definition import (
    DIRECTIONS,
    AlertRule,
    Category,
    Codes,
    Cut,
    Fact,
    Flag,
    HarmItem,
    Instrument,
)
from imparts.rules.instruments.example_reader import read_examples
from imparts.rules.instruments.item_reader import NO_WORDING_HERE, read_items
from imparts.rules.instruments.rights_reader import read_rights
from imparts.rules.instruments.scoring_reader import read_bands, read_scoring

WAYS = ("fall", "rise")
TERMINOLOGIES = ("loinc", "snomed")


def read_instrument(text: str) -> Instrument:
    """Read one file of imparts/content/instruments; raises ContentRefused with a sentence."""
    table = read_toml(text, "instrument")
    rights = read_rights(table)
    has_wording = rights.ships != "no"
    items = read_items(table, table.table_or("options"), has_wording=has_wording)
    made = Instrument(
        rights=rights,
        items=items,
        scoring=read_scoring(table, scored=sum(item.scored for item in items)),
        bands=read_bands(table),
        categories=tuple(_read_category(one) for one in table.tables("categories")),
        cuts=tuple(_read_cut(one) for one in table.tables("cuts")),
        flags=tuple(read_flag(one) for one in table.tables("flags")),
        alerts=tuple(read_alert(one) for one in table.tables("alerts")),
        codes=_read_codes(table),
        facts=tuple(_read_fact(one) for one in table.tables("facts")),
        examples=read_examples(table, are_needed=has_wording),
        **_read_names(table, has_wording),
        **_read_authors(table),
        **_read_who(table.table("who")),
        **_read_change(table.table_or("change")),
        **_read_harm(table),
    )
    table.end()
    check_instrument(made)
    return made


def _read_names(table: Table, has_wording: bool) -> dict[str, Any]:
    if table.has("stem") and not has_wording:
        raise table.refuse(NO_WORDING_HERE, "stem")
    return {
        "id": table.plain_name("id"),
        "title": table.words("title"),
        "short_title": table.words("name"),
        "measures": table.words("measures"),
        "part": table.words("part"),
        "version": table.words("version"),
        "recall": table.words("recall") if has_wording else table.words_or("recall"),
        "stem": table.words_or("stem"),
        "direction": one_of(table, "direction", DIRECTIONS),
        "direction_note": table.words_or("direction_note"),
        "values_status": table.words_or("values_status"),
        "bands_status": table.words_or("bands_status"),
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
    found: dict[str, Any] = {
        "reliable_change": change.whole_or("reliable"),
        "notable_change": change.whole_or("notable"),
        **_read_important(change),
    }
    is_told = found["reliable_change"] is not None or found["notable_change"] is not None
    found["change_source"] = change.words("source") if is_told else ""
    change.end()
    return found


def _read_important(change: Table) -> dict[str, Any]:
    """The smallest change that matters to people: points, per cent of what was before, or both."""
    points, percent = change.number_or("important"), change.whole_or("important_percent")
    if points is not None and points <= 0:
        raise change.refuse("important must be above 0", "important")
    if percent is not None and not 0 < percent <= 100:
        raise change.refuse("important_percent must be from 1 to 100", "important_percent")
    if points is None and percent is None:
        return {"important_change": None}
    has_way = change.has("important_way")
    return {
        "important_change": points,
        "important_percent": percent,
        "important_way": one_of(change, "important_way", WAYS) if has_way else "",
        "important_change_source": change.words("important_source"),
    }


def _read_harm(table: Table) -> dict[str, Any]:
    return {
        "harm_items": tuple(read_harm_item(one) for one in table.tables("harm_items")),
        "harm_items_come_with_pack": table.yes("harm_items_come_with_pack", otherwise=False),
    }


def read_harm_item(one: Table) -> HarmItem:
    """One item about harm, and from which answer it means yes."""
    item = HarmItem(
        item=one.words("item"),
        about=one.words("about"),
        positive_from=one.whole_or("positive_from", 1) or 0,
        source=one.words("source"),
    )
    one.end()
    return item


def _read_category(one: Table) -> Category:
    category = Category(code=one.words("code"), label=one.words("label"))
    one.end()
    return category


def _read_cut(one: Table) -> Cut:
    cut = Cut(
        code=one.words("code"),
        value=one.number("value"),
        status=one.words("status"),
        of=one.words_or("of"),
    )
    one.end()
    return cut


def read_flag(one: Table) -> Flag:
    """One flag: a rule on answers or on the score."""
    flag = Flag(
        code=one.words("code"),
        type=one.words("type"),
        item=one.words_if("item"),
        items=one.names_or("items"),
        value=one.number_or("value"),
        item_value=one.whole_or("item_value"),
        count=one.whole_or("count"),
        least=one.whole_or("least"),
        most=one.whole_or("most"),
        only_alerts=one.yes("only_alerts", otherwise=False),
    )
    one.end()
    return flag


def read_alert(one: Table) -> AlertRule:
    """One alert: what a person is told to do about a flag."""
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
