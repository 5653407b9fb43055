"""Items that ask about harm: no alert for yes and for no answer, no instrument (hazard H1)."""

import re

import pytest

from imparts.rules.content import ContentRefused
from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.reader import read_instrument
from imparts.rules.scoring.score import score
from tests.rules.invented_instruments import an_instrument
from tests.rules.reference_instruments import SHIPPED, every

SUM = 'method = "sum"\nlowest = 0\nhighest = 9'
HARM = '[[harm_items]]\nitem = "q2"\nabout = "an invented harm"\nsource = "invented"\n'
FLAGS = """
[[flags]]
code = "yes"
type = "item_gte"
item = "q2"
value = 1
[[flags]]
code = "no_answer"
type = "item_missing"
item = "q2"
only_alerts = true
"""
ALERTS = "".join(
    f'[[alerts]]\nflag = "{flag}"\ntier = "A"\nurgency = "same visit"\nwords = "Talk"\n'
    'short_words = "Talk"\naction = "Talk."\npathway = "risk_of_self_harm"\n'
    for flag in ("yes", "no_answer")
)
WHOLE = HARM + FLAGS + ALERTS


def reading(more: str, **rest: str) -> Instrument:
    return an_instrument(SUM, more=more, **rest)


def refusal(more: str, **rest: str) -> str:
    with pytest.raises(ContentRefused) as refused:
        reading(more, **rest)
    return str(refused.value)


@pytest.mark.parametrize(("name", "item"), [("phq9", "q9"), ("core10", "q6"), ("epds", "q10")])
def test_every_known_harm_item_has_both_alerts(name: str, item: str) -> None:
    instrument = every()[name]
    assert [one.item for one in instrument.harm_items] == [item]
    types = {flag.code: flag.type for flag in instrument.flags if flag.item == item}
    assert {types[alert.flag] for alert in instrument.alerts} == {"item_gte", "item_missing"}
    assert {alert.tier for alert in instrument.alerts} == {"A"}


def test_no_other_instrument_is_said_to_ask_about_harm_but_reqol() -> None:
    assert {name for name, one in every().items() if one.harm_items} == {"phq9", "core10", "epds"}
    assert [n for n, one in every().items() if one.harm_items_come_with_pack] == ["reqol10"]


def test_a_harm_item_with_both_alerts_is_read() -> None:
    assert reading(WHOLE).harm_items[0].item == "q2"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (HARM, "there is no flag for q2 from 1 up; it cannot be left out"),
        (HARM + FLAGS.replace("value = 1", "value = 2") + ALERTS, "no flag for q2 from 1 up"),
        (WHOLE.replace('"item_missing"', '"item_gte"\nvalue = 3'), "for q2 not answered"),
        (HARM + FLAGS.replace("only_alerts = true", "") , "no tier A alert for q2 from 1 up"),
        (WHOLE.replace('tier = "A"', 'tier = "B"'), "no tier A alert for q2 from 1 up"),
        (WHOLE.replace('item = "q2"\nabout', 'item = "q7"\nabout'), "harm item q7 is not there"),
        (WHOLE.replace("about =", "positive_from = 4\nabout ="), "no answer to q2 could mean yes"),
        (FLAGS, "the flag no_answer only alerts, and there is no alert for it"),
        (
            WHOLE + '[[scoring.skips]]\nrule = "if_zero"\nwhen_items = ["q1"]\nskips = ["q2"]\n',
            "q2 asks about harm, so it has no condition",
        ),
    ],
)  # fmt: skip
def test_a_harm_item_that_nobody_would_hear_of_is_refused(more: str, sentence: str) -> None:
    assert sentence in refusal(more)


def test_a_harm_item_that_begins_later_needs_its_flag_from_there() -> None:
    later = WHOLE.replace("about =", "positive_from = 2\nabout =")
    assert reading(later.replace("value = 1", "value = 2")).harm_items[0].positive_from == 2


@pytest.mark.parametrize("file", ["phq9.toml", "core10.toml", "structures/epds.toml"])
def test_a_known_harm_item_cannot_be_left_out_of_the_list(file: str) -> None:
    text = (SHIPPED / file).read_text("utf-8")
    without = re.sub(r"(?s)\[\[harm_items\]\]\n.*?\n\n", "", text, count=1)
    with pytest.raises(ContentRefused, match="must stand in harm_items, positive from 1"):
        read_instrument(without)


def test_a_wording_that_must_name_its_harm_item_is_refused_without() -> None:
    must = "harm_items_come_with_pack = true"
    assert "its wording must say which item does" in refusal("", more_names=must)
    assert reading(WHOLE, more_names=must).harm_items_come_with_pack
    assert not reading("", more_names=must, ships="no", examples="").has_wording


def test_a_flag_that_only_alerts_is_not_listed_in_the_result() -> None:
    core10 = every()["core10"]
    found = score(core10, {"q1": 1})
    assert found.flags == ()
    assert "core10_item6_not_answered" in {flag.code for flag in core10.flags}
    assert score(core10, {"q6": 1}).flags == ("core10_item6_positive",)
