"""Composing a pack: steps that keep the core, a text that reads back, what it asks of people."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.content import NOT_CHECKED, ContentRefused
from imparts.rules.instruments.conditions import Condition
from imparts.rules.packs import draft as drafting
from imparts.rules.packs.burden import burden
from imparts.rules.packs.definition import Pack, Part
from imparts.rules.packs.differences import differences, how_often, only_when
from imparts.rules.packs.draft import Draft, Made, NotPossible
from imparts.rules.packs.reader import CORE, read_pack
from imparts.rules.packs.reading_load import load_of, reading_load, syllables_in
from imparts.rules.packs.writing import pack_text
from tests.rules.reference_instruments import SHIPPED, shipped

PACKS = sorted((SHIPPED.parent / "packs").glob("*.toml"))
MADE = Made("invented_clinic", "2026-11-17", "Clinic lead", date(2026, 11, 17), date(2027, 11, 17))
OPTIONAL = ("pain_nrs", "peg", "auditc", "hsi")
EVERY_DAY = Condition(("q1",), one_of=(3,), instrument="smoking_core")


def packs() -> list[Pack]:
    return [read_pack(path.read_text("utf-8"), shipped()) for path in PACKS]


def a_draft() -> Draft:
    made = drafting.new_draft("Invented clinic")
    return replace(made, illness_words="an invented illness", sources=("The team's meeting.",))


def made_of(draft: Draft) -> Pack:
    return drafting.as_pack(draft, MADE, shipped())


def refusal(draft: Draft) -> ContentRefused:
    with pytest.raises(ContentRefused) as refused:
        read_pack(pack_text(made_of(draft)), shipped())
    return refused.value


def keys(draft: Draft) -> list[str]:
    return [ask.instrument for ask in draft.asks]


def test_every_shipped_pack_written_and_read_again_is_the_same() -> None:
    assert len(packs()) >= 13
    for pack in packs():
        assert read_pack(pack_text(pack), shipped()) == pack


def test_a_new_draft_is_the_core_and_a_pack_by_itself() -> None:
    pack = read_pack(pack_text(made_of(a_draft())), shipped())
    assert [ask.instrument for ask in pack.asks] == ["smoking_core", "phq9", "gad7"]
    assert pack.checked_by == NOT_CHECKED
    assert (pack.id, pack.version, pack.authored_by) == (MADE.id, MADE.version, "Clinic lead")


def test_a_copy_says_what_it_was_copied_from() -> None:
    pack = packs()[0]
    copied = drafting.draft_of(pack, name="Ours")
    assert copied.sources[-1] == f"Copied from {pack.name}, version {pack.version}."
    assert copied.parts == pack.parts


@pytest.mark.parametrize("key", ["phq9", "gad7", "smoking_core"])
def test_the_core_cannot_be_taken_out(key: str) -> None:
    with pytest.raises(NotPossible, match="every pack"):
        drafting.without_instrument(a_draft(), key)


def test_the_core_gets_no_condition() -> None:
    with pytest.raises(NotPossible, match="everybody"):
        drafting.with_condition(a_draft(), "phq9", EVERY_DAY)


def test_phq8_stands_in_for_phq9_but_never_beside_it() -> None:
    with pytest.raises(NotPossible, match="one of the two"):
        drafting.with_instrument(a_draft(), "phq8", part="Mood")
    swapped = drafting.with_mood(a_draft(), "phq8")
    assert "phq8" in keys(swapped) and "phq9" not in keys(swapped)
    with pytest.raises(NotPossible):
        drafting.with_mood(a_draft(), "gad7")


def test_what_is_added_joins_the_part_of_its_name_or_comes_before_the_core() -> None:
    draft = drafting.with_instrument(a_draft(), "pain_nrs", part="Pain")
    draft = drafting.with_instrument(draft, "peg", part="Pain")
    draft = drafting.with_instrument(draft, "hsi", part="Smoking")
    assert [part.name for part in draft.parts] == ["Pain", "Smoking", "Mood", "Worry"]
    assert keys(draft) == ["pain_nrs", "peg", "smoking_core", "hsi", "phq9", "gad7"]
    with pytest.raises(NotPossible, match="once"):
        drafting.with_instrument(draft, "peg", part="Pain")


def test_a_pack_takes_no_more_than_forty_instruments() -> None:
    draft = a_draft()
    for number in range(drafting.MOST_ASKS - 3):
        draft = drafting.with_instrument(draft, f"invented_{number}", part="More")
    with pytest.raises(NotPossible, match="at most 40"):
        drafting.with_instrument(draft, "one_more", part="More")


def test_parts_beside_each_other_with_one_name_become_one() -> None:
    draft = drafting.with_instrument(a_draft(), "hsi", part="Cigarettes")
    draft = drafting.with_part_names(draft, ["Smoking", "Smoking", "Mood", "Worry"])
    assert [(p.name, len(p.asks)) for p in draft.parts] == [("Smoking", 2), ("Mood", 1),
                                                            ("Worry", 1)]  # fmt: skip
    with pytest.raises(NotPossible, match="changed meanwhile"):
        drafting.with_part_names(draft, ["Mood"])


def test_an_instrument_moves_inside_its_part_and_the_part_at_its_edge() -> None:
    draft = drafting.with_instrument(a_draft(), "hsi", part="Cigarettes")
    draft = drafting.with_part_names(draft, ["Smoking", "Smoking", "Mood", "Worry"])
    draft = drafting.moved(draft, "hsi", down=True)
    assert keys(draft) == ["smoking_core", "hsi", "phq9", "gad7"]
    draft = drafting.moved(draft, "hsi", down=True)
    assert keys(draft) == ["phq9", "smoking_core", "hsi", "gad7"]
    assert keys(drafting.moved(draft, "phq9", down=False)) == keys(draft)
    with pytest.raises(NotPossible):
        drafting.moved(draft, "auditc", down=True)


def test_a_condition_on_a_later_answer_is_refused_at_its_own_row() -> None:
    draft = drafting.with_instrument(a_draft(), "hsi", part="Cigarettes")
    draft = drafting.with_condition(draft, "hsi", EVERY_DAY)
    wrong = refusal(draft)
    assert "not asked before it" in str(wrong)
    assert drafting.place_of(wrong, draft) == "hsi"
    moved_down = drafting.moved(draft, "hsi", down=True)
    assert read_pack(pack_text(made_of(moved_down)), shipped()).asks[1].when == EVERY_DAY


def test_two_parts_with_one_name_apart_from_each_other_are_refused_for_the_whole() -> None:
    draft = drafting.with_part_names(a_draft(), ["Mood", "Worry", "Mood"])
    assert drafting.place_of(refusal(draft), draft) == ""


steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from((*OPTIONAL, "phq8", "phq9"))),
        st.tuples(st.just("take"), st.sampled_from((*OPTIONAL, "phq9", "gad7", "smoking_core"))),
        st.tuples(st.sampled_from(("up", "down")), st.sampled_from((*OPTIONAL, "phq9", "gad7"))),
        st.tuples(st.just("mood"), st.sampled_from(("phq9", "phq8", "gad7"))),
        st.tuples(st.just("often"), st.sampled_from(OPTIONAL)),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_whatever_steps_are_taken_the_core_stays_and_the_draft_is_kept_whole(taken: list) -> None:
    draft = a_draft()
    for step, key in taken:
        try:
            draft = _taken(draft, step, key)
        except NotPossible as refused:
            assert str(refused).endswith(".")
    assert all(any(draft.has(key) for key in choices) for choices in CORE)
    assert len(set(keys(draft))) == len(draft.asks)
    assert drafting.parts_from_json(drafting.parts_as_json(draft.parts)) == draft.parts
    read = read_pack(pack_text(made_of(draft)), shipped())
    assert read == made_of(draft)


def _taken(draft: Draft, step: str, key: str) -> Draft:
    if step == "add":
        return drafting.with_instrument(draft, key, part="Part")
    if step == "take":
        return drafting.without_instrument(draft, key)
    if step == "mood":
        return drafting.with_mood(draft, key)
    if step == "often":
        return drafting.with_every_days(draft, key, 182)
    return drafting.moved(draft, key, down=step == "down")


def test_minutes_are_ten_seconds_a_question_rounded_up_as_in_every_shipped_pack() -> None:
    for pack in packs():
        assert burden(pack, shipped()).minutes == pack.minutes, pack.id


def test_more_than_32_screens_and_more_than_12_condition_items_are_too_many() -> None:
    pack = packs()[0]
    hsi = replace(shipped()["hsi"], items=shipped()["hsi"].items * 6)
    long = replace(pack, parts=(*CORE_ONLY, Part("Long", (drafting.Ask("hsi"),))))
    found = burden(long, {**shipped(), "hsi": hsi})
    assert found.condition_items == 12 and not found.too_many_condition_items
    assert not found.too_many_screens and found.most == 31
    more = burden(long, {**shipped(), "hsi": replace(hsi, items=hsi.items + hsi.items[:2])})
    assert more.too_many_condition_items and more.too_many_screens


CORE_ONLY = drafting.new_draft("x").parts


def test_an_instrument_that_is_not_known_weighs_nothing() -> None:
    pack = made_of(drafting.with_instrument(a_draft(), "invented", part="More"))
    assert burden(pack, shipped()).condition_items == 0
    assert reading_load(pack, shipped()) == reading_load(made_of(a_draft()), shipped())


@pytest.mark.parametrize(
    ("word", "number"),
    [("thing", 1), ("feeling", 2), ("little", 2), ("anxious", 2), ("trouble", 2), ("27", 1)],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, number: int) -> None:
    assert syllables_in(word) == number


def test_the_grade_is_flesch_and_kincaids() -> None:
    peg = shipped()["peg"]
    items = (replace(peg.items[0], text="The cat sat. The dog ran far."),)
    found = load_of(replace(peg, stem="", items=items))
    assert (found.asked_words, found.sentences, found.syllables) == (7, 2, 7)
    exact = Decimal("0.39") * 7 / 2 + Decimal("11.8") - Decimal("15.59")
    assert exact < 0 and found.grade == 0 and found.age == 5
    harder = (replace(peg.items[0], text="Television is difficult to concentrate on."),)
    found = load_of(replace(peg, stem="", items=harder))
    exact = Decimal("0.39") * 6 + Decimal("11.8") * found.syllables / 6 - Decimal("15.59")
    assert found.grade == exact.quantize(Decimal("0.1"))


def test_without_any_words_there_is_no_grade() -> None:
    peg = shipped()["peg"]
    found = load_of(replace(peg, stem="", items=(replace(peg.items[0], text=""),)))
    assert found.grade is None and found.age is None and found.longest == ""


def test_the_longest_question_is_named_with_its_instrument() -> None:
    found = reading_load(made_of(a_draft()), shipped())
    assert found.longest_in == "PHQ-9"
    assert found.longest == shipped()["phq9"].items[-1].text
    assert found.longest_words == len(found.longest.split())


def test_a_pack_does_not_differ_from_itself() -> None:
    for pack in packs():
        assert differences(pack, pack, shipped()) == ()


def test_every_kind_of_change_is_said_in_words() -> None:
    before = next(pack for pack in packs() if pack.id == "rheumatology_outpatient")
    draft = drafting.draft_of(before, name="Rheumatology, ours")
    draft = drafting.without_instrument(draft, "pain_nrs")
    draft = drafting.with_instrument(draft, "peg", part="Pain")
    draft = drafting.with_every_days(draft, "auditc", 365)
    draft = drafting.with_condition(draft, "hsi", None)
    draft = drafting.moved(draft, "gad7", down=False)
    found = differences(before, made_of(draft), shipped())
    said = {(one.kind, one.what): (one.before, one.after) for one in found}
    assert said["added", "PEG"][1].startswith("in the part Pain, at every visit")
    assert said["removed", "Pain 0 to 10"][0] == "in the part Pain"
    assert said["changed", "AUDIT-C: how often"] == (
        "not again within 182 days (6 months)", "not again within 365 days (a year)",
    )  # fmt: skip
    assert said["changed", "HSI: when"][1] == "always"
    assert "every day" in said["changed", "HSI: when"][0].lower()
    assert said["changed", "Order"][1].index("GAD-7") < said["changed", "Order"][1].index("PHQ-9")
    assert said["changed", "Name"] == (before.name, "Rheumatology, ours")


def test_without_a_pack_before_everything_is_new() -> None:
    found = differences(None, packs()[0], shipped())
    assert {one.kind for one in found} == {"added"}
    assert len(found) == len(packs()[0].asks)


def test_how_often_and_only_when_are_said_in_words() -> None:
    assert how_often(0) == "at every visit"
    assert how_often(1) == "not again within 1 day"
    assert how_often(91) == "not again within 91 days (3 months)"
    assert only_when(None, shipped()) == "always"
    at_least = Condition(("q1", "q2"), at_least=1, instrument="phq9")
    assert only_when(at_least, shipped()).endswith(
        "question 1 or question 2, is \u201cSeveral days\u201d or above"
    )
    assert "gone" in only_when(Condition(("q1",), at_least=1, instrument="gone"), shipped())


def test_the_order_of_the_parts_never_changes_what_is_read() -> None:
    loads = {
        reading_load(made_of(replace(a_draft(), parts=parts)), shipped()).words
        for parts in permutations(CORE_ONLY)
    }
    assert len(loads) == 1
