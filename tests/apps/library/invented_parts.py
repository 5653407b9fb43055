"""Invented instruments that have parts and no total, or a profile, and a pack that asks them."""

from imparts.library import actions as library
from imparts.organisations.models import Service
from tests.apps.library.invented import load
from tests.builders import NOON, TODAY
from tests.rules.invented_packs import a_pack, asks

_HEAD = """
id = "{id}"
name = "{name}"
title = "The {name} (invented)"
version = "1"
measures = "{measures}"
part = "{measures}"
recall = "last week"
stem = "Invented for a test: over the last week, how often has this happened?"
direction = "{direction}"
authored_by = "Invented"
checked_by = "not yet checked by a clinician"
reviewed_on = 2026-11-21
next_review = 2027-11-21
sources = ["Invented. There is no such instrument."]
{more}
[rights]
holder = "nobody, invented"
statement = "Invented."
source = "Invented."
ships = "yes"
[who]
by_proxy = false
source = "Invented."
[options]
how_often = [
    {{ label = "Never", value = 0 }}, {{ label = "Once", value = 1 }},
    {{ label = "Twice", value = 2 }}, {{ label = "More often", value = 3 }},
]
one_to_five = {{ from = 1, to = 5 }}
nought_to_hundred = {{ from = 0, to = 100 }}
"""
_ITEM = """
[[items]]
id = "{id}"
text = "Invented question {id} about {name}?"
options = "{options}"
"""
_PART = """
[[scoring.subscales]]
name = "{name}"
label = "{label}"
items = {items}
may_be_missing = 1
[[scoring.subscales.bands]]
code = "little"
label = "Little"
lowest = 0
highest = 7
[[scoring.subscales.bands]]
code = "some"
label = "Some trouble"
lowest = 8
highest = 10
[[scoring.subscales.bands]]
code = "much"
label = "Much trouble"
lowest = 11
highest = 21
"""
_MISSING = "[scoring.missing]\nmay_be_missing = {0}\nrule = 'Invented.'\n"
_CHANGE = "[change]\nimportant = 1.5\nimportant_source = 'Invented; from general knowledge'\n"
_PACK = a_pack("tea", Mugs=asks("mugs"), Plates=asks("plates"), **{"Mood and worry": asks("phq4")})


def mugs() -> str:
    """Two totals of seven questions each, odd and even, and never one."""
    items = [_ITEM.format(id=f"q{n}", name="mugs", options="how_often") for n in range(1, 15)]
    parts = [
        _PART.format(name=name, label=label, items=[f"q{n}" for n in range(first, 15, 2)])
        for name, label, first in (("cracks", "Cracks", 1), ("stains", "Stains", 2))
    ]
    return "".join(
        [
            _head("mugs", "Mug Scale", "Trouble with mugs", "higher_is_worse"), *items,
            "[scoring]\nmethod = 'subscales'\n", _MISSING.format(1), *parts, _CHANGE,
            _example({f"q{n}": 1 for n in range(1, 15)}), "status = 'complete'\n",
        ]
    )  # fmt: skip


def plates() -> str:
    """Five digits, and a scale from 0 to 100 beside them."""
    items = [_ITEM.format(id=f"q{n}", name="plates", options="one_to_five") for n in range(1, 6)]
    scale = _ITEM.format(id="scale", name="all plates", options="nought_to_hundred")
    part = "[[scoring.subscales]]\nname = 'scale'\nlabel = 'All plates'\nitems = ['scale']\n"
    return "".join(
        [
            _head("plates", "Plate Profile", "Five kinds of plate", "no_direction"), *items,
            scale, "scored = false\n", "[scoring]\nmethod = 'profile'\n", _MISSING.format(0), part,
            _example({f"q{n}": 1 for n in range(1, 6)}), "status = 'complete'\n",
        ]
    )  # fmt: skip


def asks_for_parts(service: Service) -> Service:
    """A service whose pack asks the core, both of these, and PHQ-4."""
    for text in (mugs(), plates()):
        assert library.load_file(kind="instrument", text=text, at=NOON)
    content = load("pack", _PACK, by="lead")
    library.put_in_force(service=service, content=content, from_on=TODAY, by="lead", at=NOON)
    return service


def _head(id_: str, name: str, measures: str, direction: str) -> str:
    more = 'gist_pattern = "{measures}: {band}"'
    return _HEAD.format(id=id_, name=name, measures=measures, direction=direction, more=more)


def _example(answers: dict[str, int]) -> str:
    given = ", ".join(f"{name} = {value}" for name, value in answers.items())
    return f"[[examples]]\nanswers = {{ {given} }}\n"
