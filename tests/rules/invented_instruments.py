"""Invented instrument files, for ways of scoring whose real detail comes only with a licence."""

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


def an_instrument(scoring: str, **more: object) -> Instrument:
    """The same, read."""
    return read_instrument(a_file(scoring, **more))  # type: ignore[arg-type]  # the same arguments as a_file
