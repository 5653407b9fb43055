"""A rule that names an answer is met by that answer, whatever its kind, or it is refused (H1)."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.rules.forms.answer_names import named_answers, words_of
from imparts.rules.forms.definition import Form, FormItem, FormOption
from imparts.rules.forms.harm_review import HarmNotConfirmed, check_review, is_positive
from imparts.rules.forms.values import Coding, Quantity, Reference, Value

WORDS = st.text("abc 12.|", min_size=1, max_size=6).filter(lambda said: said.strip() == said)
NUMBERS = st.decimals(-1000, 1000, places=2)
VALUES: st.SearchStrategy[Value] = st.one_of(
    WORDS,
    st.integers(-1000, 1000),
    NUMBERS,
    st.dates(),
    st.datetimes(),
    st.times(),
    st.builds(Coding, WORDS, st.sampled_from(["", "urn:a", "urn:b"]), WORDS),
    st.builds(Coding, st.just(""), st.just(""), WORDS),
    st.builds(Quantity, NUMBERS, st.sampled_from(["", "mg", "g"])),
    st.builds(Reference, WORDS, WORDS),
)


def question(*values: Value, of: str = "choice", **changes: object) -> FormItem:
    """One invented question that offers these answers."""
    options = tuple(FormOption(value, f"Words {n}") for n, value in enumerate(values))
    return FormItem("asked", "Invented question", of, options=options, **changes)


def confirm(item: FormItem, *named: object, **rule: object) -> None:
    """Confirm a rule about the question, or refuse it."""
    form = Form("invented", "urn:x", "1", "Invented form", "active", "", ("en",), (item,))
    positive = rule or {"is_one_of": list(named)}
    said = {"short_words": "Talk first", "words": "Talk with the patient"}
    check_review(
        form, [], [{"item": "asked", "asks_about_harm": True, "positive": positive} | said]
    )


@given(st.lists(VALUES, min_size=1, max_size=5))
def test_a_rule_that_names_an_answer_is_met_by_it(values: list[Value]) -> None:
    item = question(*values)
    for (name, _), value in zip(named_answers(item), values, strict=True):
        confirm(item, name)
        assert is_positive(item, {"is_one_of": [name]}, [value])
        assert words_of(item, name).startswith("Words ")


@pytest.mark.parametrize(
    ("named", "value"),
    [
        ("2.0", 2), (2, Decimal("2.00")), ("2", Decimal("2.0")), (2.0, 2), (True, True),
        ("True", True), ("5 mg", Quantity(Decimal("5.0"), "mg")), (5, Quantity(Decimal(5), "mg")),
        ("5.0 mg", Quantity(Decimal(5), "milligram", code="mg")),
        ("2026-11-17", date(2026, 11, 17)),
        ("urn:a|3", Coding("3", "urn:a")), ("3", Coding("3", "urn:a")),
        ("2026-11-17 09:00:00", datetime(2026, 11, 17, 9)), ("09:00", time(9)),
    ],
)  # fmt: skip
def test_a_number_is_a_number_however_it_is_written(named: object, value: Value) -> None:
    assert is_positive(question(value), {"is_one_of": [named]}, [value])


@pytest.mark.parametrize(
    ("named", "value"),
    [
        ("3", 2), (True, 1), (1, True), ("5 g", Quantity(Decimal(5), "mg")), ("", Coding("", "")),
        ("urn:b|3", Coding("3", "urn:a")), ("soon", date(2026, 11, 17)), ("2", "2.0"),
    ],
)  # fmt: skip
def test_another_answer_does_not_meet_it(named: object, value: Value) -> None:
    assert not is_positive(question(value), {"is_one_of": [named]}, [value])


def test_two_answers_of_one_code_are_told_apart_by_their_systems() -> None:
    item = question(Coding("3", "urn:a"), Coding("3", "urn:b"))
    assert [name for name, _ in named_answers(item)] == ["urn:a|3", "urn:b|3"]
    assert not is_positive(item, {"is_one_of": ["urn:a|3"]}, [Coding("3", "urn:b")])


CANNOT_BE_MET = {
    "half of a whole number": (question(of="integer"), "2.5"),
    "words for a number": (question(of="decimal"), "often"),
    "a number beyond the highest": (question(of="integer", max=3), "4"),
    "a number beyond all": (question(of="integer"), "1e999999"),
    "a unit that is not taken": (question(of="quantity", units=(Coding("mg"),)), "5 g"),
    "no day": (question(of="date"), "soon"),
    "yes of a number": (question(of="integer"), True),
    "a number of a code": (question(Coding("2.0", "urn:a")), 2),
    "a quantity in another unit": (question(Quantity(Decimal(5), "mg")), "5 g"),
}


@pytest.mark.parametrize("case", CANNOT_BE_MET)
def test_a_rule_that_no_answer_can_meet_is_refused(case: str) -> None:
    item, named = CANNOT_BE_MET[case]
    with pytest.raises(HarmNotConfirmed, match="is not one of its answers"):
        confirm(item, named)


@pytest.mark.parametrize(
    "case",
    [
        (question(of="integer", max=3), 3), (question(of="integer"), "2.0"),
        (question(of="integer"), 0), (question(of="decimal"), 0.5),
        (question(of="boolean"), "True"),
        (question(of="quantity", units=(Coding("mg"),)), "5 mg"), (question(of="quantity"), 5),
        (question(of="date"), "2026-11-17"), (question(of="integer", read_only=True), 3),
    ],
)  # fmt: skip
def test_a_rule_about_an_answer_that_is_typed_is_taken(case: tuple[FormItem, object]) -> None:
    confirm(*case)


def test_from_a_number_up_that_cannot_be_reached_is_refused() -> None:
    with pytest.raises(HarmNotConfirmed, match="no answer is as high as 11"):
        confirm(question(of="integer", max=10), is_at_least=11)
    confirm(question(of="integer", max=10), is_at_least=10)


def test_an_answer_that_was_not_offered_is_heard_of() -> None:
    item = question(Coding("a", "urn:x"))
    assert is_positive(item, {"is_one_of": ["a"]}, [Coding("a", "urn:elsewhere")])
