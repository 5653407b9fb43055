"""Packs that ask a form which someone else wrote, beside our own instruments."""

import pytest

from imparts.rules.content import ContentRefused
from imparts.rules.forms.harm import harm_rules
from imparts.rules.packs.alerting import watched
from imparts.rules.packs.asking import Given, fewest_and_most, first_unanswered, left_out, questions
from imparts.rules.packs.forms import FormToAsk, address_of
from imparts.rules.packs.reader import read_pack
from tests.rules.forms.published import form_of, question, read
from tests.rules.invented_packs import a_pack, asks
from tests.rules.reference_instruments import shipped

WHEN = ', when = {{ instrument = "{of}", any_of = ["{item}"], is_at_least = 2 }}'
KETTLES = form_of(
    url="urn:x/kettles",
    item=[
        question("harm", "boolean"),
        question("cups", "group", repeats=True, item=[question("colour")]),
    ],
)
FORM = read(KETTLES)[0]
FORMS = {"kettles": FormToAsk(FORM, "en")}


def _text(more: str = "") -> str:
    return a_pack("kettle", Kettles=asks("kettles", more))


def _pack(more: str = ""):
    return read_pack(_text(more), shipped(), forms=["kettles"])


def _asked(given: dict, when: str = "", **more):
    asked = questions(_pack(when), shipped(), given, {}, forms=FORMS, **more)
    return [q for q in asked if q.instrument == "kettles"]


def test_a_pack_asks_a_form_by_its_key() -> None:
    assert [q.item.id for q in _asked({})] == ["harm", "cups[1]/colour", "cups"]
    with pytest.raises(ContentRefused, match="kettles is not an instrument of the library"):
        read_pack(_text(), shipped())


def test_a_form_may_depend_on_an_answer_to_an_instrument() -> None:
    when = WHEN.format(of="phq9", item="q1")
    assert _asked({}, when) == []
    assert _asked({"phq9": {"q1": Given(2)}}, when) != []


def test_nothing_depends_on_an_answer_to_a_form() -> None:
    after = WHEN.format(of="kettles", item="harm")
    text = a_pack("kettle", First=asks("kettles"), Then=asks("peg", after))
    with pytest.raises(ContentRefused, match="a form that was brought in"):
        read_pack(text, shipped(), forms=["kettles"])


def test_a_form_that_was_answered_lately_is_not_asked_again() -> None:
    pack = _pack(", every_days = 30")
    for days, number in ((29, 0), (30, 3)):
        asked = questions(pack, shipped(), {}, {}, forms=FORMS, answered_days_ago={"kettles": days})
        assert sum(q.instrument == "kettles" for q in asked) == number


def test_another_one_is_settled_only_by_that_is_all() -> None:
    answered = {"harm": Given(None, entered=(False,)), "cups[1]/colour": Given(None, declined=True)}
    more = {**answered, "cups": Given(None, entered=(1,))}
    done = {**answered, "cups": Given(None, entered=(1, True))}
    assert first_unanswered(tuple(_asked({"kettles": more})), {"kettles": more}).item.id == "cups"
    assert first_unanswered(tuple(_asked({"kettles": done})), {"kettles": done}) is None


def test_an_answer_that_was_taken_back_is_asked_again() -> None:
    given = {"harm": Given(None, entered=())}
    assert first_unanswered(tuple(_asked({"kettles": given})), {"kettles": given}).item.id == "harm"


def test_the_fewest_and_the_most_questions_count_a_form() -> None:
    without = fewest_and_most(_pack(), shipped())
    with_form = fewest_and_most(_pack(), shipped(), {"kettles": FORM})
    assert (with_form[0] - without[0], with_form[1] - without[1]) == (3, 3)


def test_a_form_that_is_there_is_not_left_out() -> None:
    assert dict(left_out(_pack(), shipped(), 40, False, forms=["kettles"])) == {}
    assert list(dict(left_out(_pack(), shipped(), 40, False))) == ["kettles"]


@pytest.mark.parametrize("path", ["1.1", "a/b", "Ü", "x-y", "a" * 41, "A", "meds[2]/name", ""])
def test_an_odd_path_has_a_short_plain_name_in_an_address(path: str) -> None:
    name = address_of(path)
    assert name != path
    assert name == address_of(path)
    assert len(name) == 26
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz234567-")


def test_a_plain_path_is_its_own_name_and_no_two_paths_share_one() -> None:
    paths = ["q1", "q-1", "q_1", "1.1", "1.2", "1/1", "X-1", "x-1"]
    assert address_of("q_1") == "q_1"
    assert len({address_of(path) for path in paths}) == len(paths)


def test_what_a_review_says_is_watched_and_declining_always_is() -> None:
    rules = harm_rules(
        [{"item": "harm", "asks_about_harm": True, "positive": {"is_one_of": [True]},
          "words": "Talk", "short_words": "Talk"}]
    )  # fmt: skip
    seen = watched(shipped(), {"kettles": (FORM, rules)})
    harm, colour, _ = _asked({})
    assert seen.watches(harm) and not seen.watches(colour)
    assert seen.kind(harm, Given(None, entered=(True,))) == "positive"
    assert seen.kind(harm, Given(None, declined=True)) == "declined"
    assert seen.kind(harm, Given(None, entered=(False,))) == ""
    assert seen.kind(colour, Given(None, declined=True)) == ""
