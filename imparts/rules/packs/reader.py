"""From the text of a pack file to a Pack, or a sentence that says why not.

The core stands here in code, so that no edited file can weaken it: every pack asks about mood
(PHQ-9, or PHQ-8 where nobody watches alerts), worry and smoking, of everybody, at least once a
year; and no question can be taken out of an instrument (hazard H1).
"""

from collections.abc import Collection, Mapping

from imparts.rules.content import Table, read_toml
from imparts.rules.instruments.conditions import Condition, read_condition
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.definition import Ask, Pack, Part

CORE = (("phq9", "phq8"), ("gad7",), ("smoking_core",))
CORE_KEYS = frozenset(key for choices in CORE for key in choices)
CORE_AT_LEAST_EVERY_DAYS = 366
LONGEST_MINUTES = 60


def read_pack(text: str, known: Mapping[str, Instrument], forms: Collection[str] = ()) -> Pack:
    """Read one file of imparts/content/packs; raises ContentRefused with a sentence.

    `forms` are the keys of the questionnaires that were brought in.
    """
    table = read_toml(text, "pack")
    pack = _read(table)
    for ask in pack.asks:
        if ask.instrument not in {*known, *forms}:
            raise table.refuse(
                f"{ask.instrument} is not an instrument of the library, "
                "nor a form that was brought in"
            )
    _check(table, pack)
    for ask in pack.asks:
        if ask.when is not None:
            _check_condition(table, ask.when, ask.instrument, known)
    return pack


def read_kept_pack(text: str) -> Pack:
    """Read a pack that the library has kept, whatever has become of its instruments since.

    Its text was held against them when it came. Were it refused later, because a newer version of
    an instrument drops a question, a service would suddenly have no pack at all.
    """
    table = read_toml(text, "pack")
    pack = _read(table)
    _check(table, pack)
    return pack


def _read(table: Table) -> Pack:
    return Pack(
        id=table.words("id"),
        name=table.words("name"),
        version=table.words("version"),
        kind=table.words("kind"),
        illness_words=table.words("illness_words"),
        parts=tuple(_read_part(one) for one in table.tables("parts")),
        asks_who_helps=table.yes("asks_who_helps"),
        minutes=_read_minutes(table),
        authored_by=table.words("authored_by"),
        checked_by=table.words("checked_by"),
        reviewed_on=table.day("reviewed_on"),
        next_review=table.day("next_review"),
        sources=table.names("sources"),
    )


def _check(table: Table, pack: Pack) -> None:
    _check_core(table, pack)
    _check_order(table, pack)
    table.check_review(pack.reviewed_on, pack.next_review)
    table.end()


def core_left_out(pack: Pack, offered: Collection[str]) -> tuple[str, ...]:
    """The core measures of a pack that are not among those offered: what may never be left out."""
    missing = CORE_KEYS - set(offered)
    return tuple(ask.instrument for ask in pack.asks if ask.instrument in missing)


def _read_minutes(table: Table) -> int:
    minutes = table.whole("minutes")
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise table.refuse(f"minutes is {minutes}; it must be from 1 to {LONGEST_MINUTES}")
    return minutes


def _read_part(one: Table) -> Part:
    part = Part(name=one.words("name"), asks=tuple(_read_ask(ask) for ask in one.tables("asks")))
    if not part.asks:
        raise one.refuse(f"the part {part.name} asks nothing")
    one.end()
    return part


def ask_in(one: Table) -> Ask:
    """What a table asks, whether or not a pack may ask it so."""
    name, condition = one.words("instrument"), one.table_or("when")
    return Ask(
        instrument=name,
        every_days=one.whole_or("every_days", 0) or 0,
        when=read_condition(condition, names_instrument=True) if condition else None,
    )


def _read_ask(one: Table) -> Ask:
    if one.has("leave_out"):
        _refuse_to_leave_out(one, one.words("instrument"))
    ask = ask_in(one)
    if ask.every_days < 0:
        raise one.refuse(f"every_days is {ask.every_days}; 0 asks at every visit")
    one.end()
    return ask


def _refuse_to_leave_out(one: Table, instrument: str) -> None:
    items = one.names_or("leave_out") or ("an item",)
    if instrument == "phq9" and "q9" in items:
        raise one.refuse("q9 cannot be taken out of phq9; use phq8")
    raise one.refuse(
        f"{', '.join(items)} cannot be taken out of {instrument}; an instrument is asked whole"
    )


def _check_core(table: Table, pack: Pack) -> None:
    asks = {ask.instrument: ask for ask in pack.asks}
    if len(asks) < len(pack.asks):
        raise table.refuse("an instrument is asked twice")
    if {"phq9", "phq8"} <= asks.keys():
        raise table.refuse("phq8 is a part of phq9; ask one of the two")
    for choices in CORE:
        found = next((asks[name] for name in choices if name in asks), None)
        said = " or ".join(choices)
        if found is None:
            raise table.refuse(f"{said} is missing; mood, worry and smoking cannot be taken out")
        if found.when is not None:
            raise table.refuse(f"{found.instrument} is of the core, so it has no condition")
        if found.every_days > CORE_AT_LEAST_EVERY_DAYS:
            raise table.refuse(
                f"{found.instrument} would be asked every {found.every_days} days; "
                "the core is asked at least once a year"
            )


def _check_order(table: Table, pack: Pack) -> None:
    names = [part.name for part in pack.parts]
    if len(set(names)) < len(names):
        raise table.refuse("two parts have the same name")
    asked: set[str] = set()
    for ask in pack.asks:
        if ask.when is not None and ask.when.instrument not in asked:
            raise table.refuse(
                f"{ask.instrument} depends on {ask.when.instrument}, which is not asked before it"
            )
        asked.add(ask.instrument)


def _check_condition(
    table: Table, condition: Condition, of: str, known: Mapping[str, Instrument]
) -> None:
    name = condition.instrument or ""
    if name not in known:
        raise table.refuse(
            f"{of} depends on {name}, a form that was brought in; only an answer to one of the "
            "library's instruments can decide what is asked"
        )
    for item in condition.items:
        if item not in known[name].by_id:
            raise table.refuse(f"{of} depends on {name} {item}, but there is no such item")
