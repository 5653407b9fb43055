"""The guide to pathways names every key that is read, and its example is a good file."""

import re

from imparts.commands.shipped import shipped_instruments
from imparts.rules.pathways import reader
from imparts.rules.pathways import vocabulary as v
from imparts.rules.pathways.checks import problems_of
from imparts.rules.pathways.definition import KINDS
from imparts.rules.pathways.options import read_options
from imparts.rules.pathways.reader import read_pathway
from tests.house import pathway_guide
from tests.house.drawn_tables import drawn
from tests.house.reading import PACKAGE

_TAKEN = re.compile(r'\b(?:one|table|condition|repeated)\.(?!where|refuse|has)\w+\(\s*"(\w+)"')


def _code() -> str:
    return (PACKAGE / "rules" / "pathways" / "reader.py").read_text(encoding="utf-8")


def test_the_tables_of_the_guide_are_drawn_anew() -> None:
    text = pathway_guide.GUIDE.read_text(encoding="utf-8")
    assert drawn(text, pathway_guide.tables()) == text, "run `make docs`"


def test_every_key_that_is_read_stands_in_the_guide_and_no_other() -> None:
    read = set(_TAKEN.findall(_code())) | {"worse_beyond_chance", "better_beyond_chance", "kind"}
    assert read == {key for _, held in v.TABLES for key in held}


def test_every_kind_of_step_stands_in_the_guide() -> None:
    assert tuple(v.KIND) == KINDS


def test_the_example_of_the_guide_is_a_good_file() -> None:
    text = pathway_guide.GUIDE.read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    options = (PACKAGE / "content" / "pathways" / "options.toml").read_text(encoding="utf-8")
    found = problems_of(reader.read_pathway(example), shipped_instruments(), read_options(options))
    assert list(found) == []
    assert read_pathway(example).levels[0].steps[0].answer_before_end
