"""Reading what belongs to licensed words: tables, parts, alerts and worked examples.

An instrument that ships with its words ships with its rules too, so a translation of it brings
neither; a pack can add an alert where none is, and take none away (hazard H1).
"""

from imparts.rules.content import Table
from imparts.rules.instruments.definition import AlertRule, Flag, Instrument
from imparts.rules.instruments.example_reader import read_example
from imparts.rules.instruments.item_reader import read_value
from imparts.rules.instruments.reader import read_alert, read_flag, read_harm_item
from imparts.rules.instruments.scoring_definition import LookUp
from imparts.rules.instruments.scoring_reader import read_decision, read_group, read_subscale
from imparts.rules.wording.definition import Additions, Proof

RULES = (
    "tables", "subscales", "groups", "groups_needed", "decisions", "reversed", "harm_items",
    "not_about_harm", "flags", "alerts", "examples",
)  # fmt: skip
# What the file calls it, by what a structure says that it needs.
_KEY = {
    "table": "tables",
    "subscales": "subscales",
    "categories": "groups",
    "decision_table": "decisions",
    "reversed_items": "reversed",
}


def read_additions(table: Table, structure: Instrument) -> Additions:
    """What a pack brings beside words."""
    if structure.has_wording:
        _refuse_rules(table, structure)
    _refuse_what_is_not_needed(table, structure)
    flags, alerts = _read_alerts(table, structure)
    return Additions(
        tables=_read_tables(table.table_or("tables")),
        subscales=tuple(read_subscale(one) for one in table.tables("subscales")),
        groups=tuple(read_group(one) for one in table.tables("groups")),
        groups_needed=table.whole_or("groups_needed", 0) or 0,
        decisions=tuple(read_decision(one) for one in table.tables("decisions")),
        reversed_items=_read_questions(table, "reversed", structure),
        harm_items=tuple(read_harm_item(one) for one in table.tables("harm_items")),
        not_about_harm=_read_questions(table, "not_about_harm", structure),
        flags=flags,
        alerts=alerts,
        proofs=tuple(_read_proof(one) for one in table.tables("examples")),
    )


def _refuse_rules(table: Table, structure: Instrument) -> None:
    for key in RULES:
        if table.has(key):
            raise table.refuse(
                f"{key}: {structure.id} ships with its rules; its wording brings words only"
            )


def _refuse_what_is_not_needed(table: Table, structure: Instrument) -> None:
    """How answers count is the structure's, but for what it says that it lacks."""
    needs = structure.scoring.needs
    if needs == "formula":
        raise table.refuse(
            f"{structure.id} is scored by its licensor's formula, which no file can bring; "
            "it cannot be asked here"
        )
    wanted = _KEY.get(needs)
    if wanted and not table.has(wanted):
        raise table.refuse(f"{wanted} is missing; {structure.id} cannot be scored without")
    for key in _KEY.values():
        if table.has(key) and key != wanted and not _is_of_parts(key, structure):
            raise table.refuse(f"{key}: {structure.id} has its own; a wording cannot change them")


def _is_of_parts(key: str, structure: Instrument) -> bool:
    """Parts may be scored by tables that come with them."""
    return key == "tables" and structure.scoring.needs == "subscales"


def _read_tables(tables: Table | None) -> tuple[LookUp, ...]:
    """Look-up tables: {"score": {"7": 7, "8": 9.51}}, the raw score and what it becomes."""
    if tables is None:
        return ()
    found = []
    for name in tables.names_left():
        one = tables.table(name)
        pairs = [(read_value(one, raw), one.number(raw)) for raw in one.names_left()]
        found.append(LookUp(name, tuple(sorted(pairs))))
    return tuple(found)


def _read_questions(table: Table, key: str, structure: Instrument) -> tuple[str, ...]:
    names = table.names_or(key)
    for name in names:
        if name not in structure.by_id:
            raise table.refuse(f"{key}: {name[:40]} is not a question of {structure.id}")
    return names


def _read_alerts(
    table: Table, structure: Instrument
) -> tuple[tuple[Flag, ...], tuple[AlertRule, ...]]:
    """Alerts are added; one that the structure has stays as it is."""
    flags = tuple(read_flag(one) for one in table.tables("flags"))
    alerts = tuple(read_alert(one) for one in table.tables("alerts"))
    has = {alert.flag for alert in structure.alerts}
    for number, alert in enumerate(alerts, start=1):
        if alert.flag in has or [other.flag for other in alerts].count(alert.flag) > 1:
            raise table.refuse(f"alerts {number}: {alert.flag[:40]} has its alert already")
    return flags, alerts


def _read_proof(one: Table) -> Proof:
    parts = one.table_or("subscales")
    scores = tuple((name, parts.number(name)) for name in parts.names_left()) if parts else ()
    return Proof(read_example(one), scores)
