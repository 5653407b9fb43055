"""Subscales and profiles as the record receives them: never an empty total, never a sum (H5)."""

from dataclasses import replace

import pytest

from imparts.gateway.hl7v2.message import Message, Segment, read_message
from imparts.gateway.hl7v2.result_message import write_result
from imparts.gateway.pretend_record.in_words import in_words
from imparts.rules.record.result_facts import ResultFacts
from tests.gateway.samples import COMPLETED_AT, CONTROL_ID, a_phq9, a_profile, in_two_parts


def written(facts: ResultFacts) -> str:
    return write_result(facts, control_id=CONTROL_ID, made_at=COMPLETED_AT)


def read(facts: ResultFacts) -> Message:
    return read_message(written(facts))


def coded(facts: ResultFacts) -> dict[str, Segment]:
    return {obx.text(3): obx for obx in read(facts).every("OBX")}


def notes_after(facts: ResultFacts, code: str) -> list[str]:
    found: list[str] = []
    is_here = False
    for each in read(facts).segments:
        if each.name == "OBX":
            is_here = each.text(3) == code
        elif each.name == "NTE" and is_here:
            found.append(each.text(3))
    return found


def test_each_part_has_its_number_and_its_band_and_there_is_no_total() -> None:
    assert list(coded(in_two_parts())) == [
        "hads.anxiety.total",
        "hads.anxiety.band",
        "hads.depression.total",
        "hads.depression.band",
        "hads.q1",
        "hads.q2",
    ]


def test_a_part_is_a_number_under_a_code_of_ours_out_of_its_own_range() -> None:
    anxiety = coded(in_two_parts())["hads.anxiety.total"]
    assert [anxiety.text(n) for n in (2, 5, 6, 8)] == ["NM", "14", "{score}", "A"]
    assert anxiety.text(3, component=2) == "HADS, Anxiety"
    assert anxiety.text(3, component=3) == "99IMPARTS"
    assert notes_after(in_two_parts(), "hads.anxiety.total") == ["Out of 21."]
    band = coded(in_two_parts())["hads.anxiety.band"]
    assert [band.text(5, component=c) for c in (1, 2, 3)] == [
        "abnormal",
        "Probable case",
        "99IMPARTS",
    ]


def test_a_complete_part_is_final_and_an_estimated_one_never() -> None:
    obx = coded(in_two_parts())
    assert [obx[f"hads.{name}.total"].text(11) for name in ("anxiety", "depression")] == ["F", "P"]
    assert obx["hads.depression.band"].text(11) == "P"
    assert read(in_two_parts()).first("OBR").text(25) == "P"
    assert notes_after(in_two_parts(), "hads.depression.total") == [
        "Out of 21.",
        "Estimated, answers are missing, could be 6 to 9.",
    ]
    assert notes_after(in_two_parts(), "hads.depression.band") == ["From an estimated score."]


def test_a_correction_corrects_every_part() -> None:
    corrected = coded(replace(in_two_parts(), is_correction=True))
    assert {corrected[f"hads.{name}.total"].text(11) for name in ("anxiety", "depression")} == {"C"}


def test_a_part_without_a_score_says_so_and_has_no_band() -> None:
    facts = in_two_parts()
    lost = replace(facts.score.parts[1], status="incomplete", score=None, band="", band_label="")
    facts = replace(facts, score=replace(facts.score, parts=(facts.score.parts[0], lost)))
    obx = coded(facts)
    assert "hads.depression.band" not in obx
    assert obx["hads.depression.total"].text(5) == ""
    assert notes_after(facts, "hads.depression.total")[1] == (
        "No score, answers are missing, could be 6 to 9."
    )


def test_a_profile_is_text_and_its_scale_a_number() -> None:
    obx = coded(a_profile())
    assert list(obx) == ["eq5d5l.profile", "eq5d5l.vas.total", "eq5d5l.vas"]
    assert [obx["eq5d5l.profile"].text(n) for n in (2, 5, 11)] == ["ST", "11223", "F"]
    assert notes_after(a_profile(), "eq5d5l.profile") == [
        "One digit for each answer, in the order asked; not to be added up."
    ]
    assert [obx["eq5d5l.vas.total"].text(n) for n in (2, 5)] == ["NM", "75"]


def test_a_profile_with_an_answer_missing_cannot_be_obtained() -> None:
    facts = a_profile()
    score = replace(facts.score, status="incomplete", profile="", answered=4)
    obx = coded(replace(facts, score=score))["eq5d5l.profile"]
    assert [obx.text(n) for n in (2, 5, 11)] == ["", "", "X"]


def test_a_total_with_parts_keeps_its_own_place_before_them() -> None:
    whole = a_phq9()
    both = replace(whole, score=replace(whole.score, parts=in_two_parts().score.parts))
    codes = list(coded(both))
    assert codes[:4] == ["44261-6", "phq9.band", "phq9.anxiety.total", "phq9.anxiety.band"]


def test_facts_stored_before_there_were_parts_make_the_same_message() -> None:
    old = a_phq9().to_json()
    assert old["version"] == 1
    assert written(ResultFacts.from_json(old)) == written(a_phq9())


@pytest.mark.parametrize(
    ("facts", "gist"),
    [
        (in_two_parts(), "Anxiety 14, Probable case; Depression 7.5, Normal"),
        (a_profile(), "profile 11223; Own health 75"),
        (a_phq9(), "12, Moderate"),
    ],
)
def test_the_pretend_record_reads_each_part_in_words(facts: ResultFacts, gist: str) -> None:
    found = in_words(written(facts))
    assert found is not None and found.gist == gist
