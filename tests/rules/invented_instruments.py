"""Invented instrument files, for ways of scoring whose real detail comes only with a licence."""

from typing import Any

from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.reader import read_instrument

HEAD = """
id = "invented"
name = "Invented"
title = "Invented for a test, measures nothing"
version = "1"
measures = "Nothing"
part = "Nothing"
recall = "today"
direction = "higher_is_worse"
authored_by = "a test"
checked_by = "not yet checked by a clinician"
reviewed_on = 2026-11-21
next_review = 2027-11-21
sources = ["invented for a test"]
{more_names}
[rights]
holder = "nobody"
statement = "invented"
source = "invented"
ships = "{ships}"
[who]
by_proxy = false
source = "invented"
[options]
scale = {scale}
"""
MISSING = "[scoring.missing]\nmay_be_missing = 0\nrule = 'all needed'\n"
EXAMPLE = "[[examples]]\nanswers = {}\nstatus = 'incomplete'\n"


def a_file(
    scoring: str,
    *,
    items: int = 3,
    highest: int = 3,
    more_names: str = "",
    more_items: str = "",
    more: str = "",
    missing: str = MISSING,
    reversed_items: tuple[int, ...] = (),
    examples: str = EXAMPLE,
    ships: str = "yes",
) -> str:
    """A file with so many questions, each from 0 up, and a way of scoring."""
    has_wording = ships != "no"
    asked = "".join(
        f"[[items]]\nid = 'q{n}'\noptions = 'scale'\n"
        + (f"text = 'Invented question {n}?'\n" if has_wording else "")
        + ("reverse = true\n" if n in reversed_items else "")
        for n in range(1, items + 1)
    )
    head = HEAD.format(scale=f"{{ from = 0, to = {highest} }}", ships=ships, more_names=more_names)
    return f"{head}{asked}{more_items}[scoring]\n{scoring}\n{missing}{more}{examples}"


def an_instrument(scoring: str, **more: Any) -> Instrument:
    """The same, read."""
    return read_instrument(a_file(scoring, **more))


BEST_OF = an_instrument(
    """method = "best_of_category"
lowest = 0
highest = 3
decimals = 3
groups_needed = 2
[[scoring.groups]]
name = "one"
label = "One"
items = ["q1", "q2"]
aids = ["aid"]
[[scoring.groups]]
name = "two"
label = "Two"
items = ["q3"]
[[scoring.groups]]
name = "three"
label = "Three"
items = ["q4"]
""",
    items=4,
    more_items="[[items]]\nid='aid'\ntext='An invented aid?'\n"
    "options=[{label='no',value=0},{label='yes',value=1}]\n",
)
TABLE = an_instrument(
    """method = "table"
lowest = 0
highest = 6
decimals = 2
[[scoring.tables]]
name = "score"
pairs = [[0, 10], [1, 11.5], [2, 11.5], [3, 14], [4, 17.25], [5, 20], [6, 30]]
""",
    items=2,
)
TIMES = an_instrument(
    'method = "sum"\nlowest = 0\nhighest = 7.5\ndecimals = 2\nmultiply_by = 1.25', items=2
)
DECIDED = an_instrument(
    """method = "decision_table"
[[scoring.decisions]]
category = "high"
when = [{ any_of = ["q1"], is_at_least = 3 }]
[[scoring.decisions]]
category = "middle"
when = [{ any_of = ["q1"], is_at_least = 1 }, { any_of = ["q2", "q3"], is_one_of = [2, 3] }]
[[scoring.decisions]]
category = "low"
""",
    more="".join(
        f"[[categories]]\ncode='{one}'\nlabel='{one}'\n" for one in ("low", "middle", "high")
    ),
)
BY_PART = an_instrument(
    """method = "subscales"
[[scoring.subscales]]
name = "first substance"
label = "First"
items = ["q1", "q2"]
table = "first"
decimals = 1
[[scoring.subscales]]
name = "second substance"
label = "Second"
items = ["q3"]
[[scoring.tables]]
name = "first"
pairs = [[0, 60], [1, 55.5], [2, 50], [3, 45], [4, 40], [5, 30], [6, 20]]
"""
)  # fmt: skip
