"""An invented instrument that has something in every field: nobody was ever asked it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.definition import (
    AlertRule,
    Category,
    Codes,
    Cut,
    Example,
    Fact,
    Flag,
    HarmItem,
    Instrument,
    Item,
    Licence,
    Option,
    Rights,
)
from imparts.rules.instruments.scoring_definition import (
    Band,
    BestOf,
    Decision,
    LookUp,
    ScoringRule,
    SkipRule,
    SubscaleRule,
)

ANSWERS = (
    Option("Never sings", 0, "silent", "LA1-1", "Never sings"),
    Option("Sings at times", 1, "tuneful", "LA2-2", "Sings at times"),
    Option("Always sings", 2, "loud", "LA3-3", "Always sings"),
)
SOMETIMES = Condition(("q1",), at_least=1)
BANDS = (
    Band("quiet", "Quiet kettle", Decimal(0), Decimal(4), "quiet", "qt."),
    Band("loud", "Loud kettle", Decimal(5), Decimal(9), "loud", "ld."),
)


def _item(number: int, **more: object) -> Item:
    return Item(f"q{number}", f"How often does kettle {number} sing?", ANSWERS, **more)


ITEMS = (
    _item(1, loinc="1-1"),
    _item(2, reverse=True, note="a note on kettles"),
    _item(3, show_if=SOMETIMES, anchors=((0, "silent"), (2, "deafening"))),
    _item(4, topic="kettles in general"),
    Item("q5", "", (Option("", 0), Option("", 1)), topic="unheard kettles"),
    _item(
        6, scored=False, free_text=True, show_if=Condition(("q1",), one_of=(2,), instrument="pans")
    ),
)
SUBSCALE = SubscaleRule(
    "lid", "Lid", ("q1", "q2"), "sum", 1, BANDS, 1, "lids", ((0, 0), (1, 0), (2, 5), (3, 6)),
    "higher_is_better",
)  # fmt: skip
SCORING = ScoringRule(
    method="sum",
    lowest=Decimal(0),
    highest=Decimal(9),
    decimals=1,
    may_be_missing=1,
    missing_rule="one kettle may be missing",
    missing_status="source: the kettle paper",
    skips=(
        SkipRule("if_true", ("q3",), when_context="has_no_kettle"),
        SkipRule("if_zero", ("q4",), when_items=("q1",)),
        SkipRule("if_sum_zero", ("q4", "q5"), when_items=("q1", "q2")),
    ),
    subscales=(SUBSCALE,),
    note="a note on scoring",
    multiply_by=Decimal("1.5"),
    groups=(BestOf("spout", "Spout", ("q1", "q2"), ("q4",)),),
    groups_needed=3,
    tables=(LookUp("lids", ((0, Decimal("20.5")), (1, Decimal(31)))),),
    decisions=(Decision("loud", (SOMETIMES,)), Decision("quiet", ())),
    needs="table",
)
FLAGS = (
    Flag("sings", "score_gte", value=Decimal(5)),
    Flag("boils", "item_gte", item="q1", value=Decimal(1)),
    Flag("unheard", "item_missing", item="q1", only_alerts=True),
    Flag("lid_high", "subset_sum_gte", items=("q1", "q2"), value=Decimal(3)),
    Flag("many", "count_items_gte", items=("q1", "q2"), item_value=1, count=2),
    Flag("few", "phq9_algorithm", least=2, most=4),
)
EXAMPLE = Example(
    (("q1", 1), ("q2", 2), ("q6", 0)), (("has_no_kettle", True),), "prorated", Decimal(3), "quiet",
    Decimal(1), Decimal(5), ("sings",), "a note on an example",
)  # fmt: skip


def kettles() -> Instrument:
    """The instrument with everything in it."""
    return Instrument(**_names(), **_rules(), **_origin())


def _names() -> dict[str, object]:
    return {
        "id": "kettles",
        "title": "Singing of kettles questionnaire",
        "short_title": "Kettles",
        "measures": "Singing",
        "part": "Kitchen",
        "version": "7",
        "recall": "last week",
        "stem": "Think of your kettles.",
        "gist_pattern": "{measures}: {band}",
        "youngest": 16,
        "oldest": 90,
        "by_proxy": False,
        "who_source": "project rule",
    }


def _rules() -> dict[str, object]:
    return {
        "items": ITEMS,
        "scoring": SCORING,
        "values_status": "source: the value paper",
        "direction": "higher_is_worse",
        "direction_note": "source: the direction paper",
        "bands": BANDS,
        "bands_status": "source: the band paper",
        "categories": (Category("silent", "a silent kettle"), Category("quiet", "a quiet kettle")),
        "cuts": (Cut("noisy", Decimal(5), "project rule", "lid"),),
        "flags": FLAGS,
        "alerts": (AlertRule("boils", "A", "same day", "Lift it", "Lift", "Lift it off.", "tea"),),
        "reliable_change": 4,
        "notable_change": 3,
        "change_source": "source: the kettle paper",
        "important_change": Decimal("2.5"),
        "important_percent": 30,
        "important_way": "fall",
        "important_change_source": "source: the lid paper",
        "somatic_items": ("q1",),
        "harm_items": (HarmItem("q1", "scalding", 1, "source: the harm paper"),),
        "harm_items_come_with_pack": True,
    }


def _origin() -> dict[str, object]:
    return {
        "rights": Rights("Kettle Society", "may be sung", "(c) kettles", "the kettle paper", "no"),
        "licence": Licence("Fernhollow Hospitals", "K-1", date(2028, 5, 6), "a letter"),
        "authored_by": "a tinker",
        "checked_by": "not yet checked by a clinician",
        "reviewed_on": date(2026, 1, 2),
        "next_review": date(2027, 3, 4),
        "sources": ("The kettle paper", "The lid paper"),
        "codes": (Codes("loinc", (("panel", "9-9"),), "source: a list"),),
        "facts": (Fact("pitch", "high", "source: the kettle paper"),),
        "examples": (EXAMPLE, replace(EXAMPLE, status="incomplete", score=None)),
    }


def scored_by(method: str) -> Instrument:
    """The same, scored in another way."""
    made = kettles()
    return replace(made, scoring=replace(made.scoring, method=method))
