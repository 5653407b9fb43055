"""Reading wording packs: what is whole is taken, and every slip is answered in words."""

import json

import pytest

from imparts.rules.content import ContentRefused
from imparts.rules.wording.reader import belongs_to, read_wording
from tests.rules.wording.invented import PACK, changed, read, shipped, structure, translation_of


def en(values):
    """The English of the pack."""
    return values["languages"]["en-GB"]


def cy(values):
    """The other language of the pack."""
    return values["languages"]["cy"]


def test_the_pack_of_the_guide_is_read_whole() -> None:
    wording = read()
    assert (wording.instrument, wording.version) == ("kettle", "1")
    assert wording.licence.number == "KI-0001"
    assert str(wording.licence.expires) == "2027-03-31"
    assert list(wording.languages) == ["en-GB", "cy"]
    assert dict(wording.languages["en-GB"].items["q1"].options)[3] == "More often"
    assert wording.additions.tables[0].result(3) == 18


def test_a_pack_says_which_instrument_it_belongs_to_before_it_is_read() -> None:
    assert belongs_to(PACK) == ("kettle", "2026-11-21")


SLIPS = {
    "another format": (lambda p: p.update(format="imparts-wording-9"), "format is"),
    "another instrument": (lambda p: p.update(instrument="teapot"), "not of kettle"),
    "another structure": (lambda p: p.update(structure="1999"), "made for version '1999'"),
    "no version": (lambda p: p.pop("version"), "version is missing"),
    "no author": (lambda p: p.pop("authored_by"), "authored_by is missing"),
    "no checker": (lambda p: p.pop("checked_by"), "checked_by is missing"),
    "no licence": (lambda p: p.pop("licence"), "licence is missing"),
    "no licence holder": (lambda p: p["licence"].pop("holder"), "holder is missing"),
    "no licence number": (lambda p: p["licence"].update(number=" "), "number is empty"),
    "no word on expiry": (lambda p: p["licence"].pop("expires"), "write null when"),
    "a day that is none": (lambda p: p["licence"].update(expires="31 March"), "must be a day"),
    "a 31 February": (lambda p: p["licence"].update(expires="2027-02-31"), "must be a day"),
    "no language": (lambda p: p.update(languages={}), "there is no language"),
    "a language by name": (
        lambda p: p["languages"].update(Welsh=cy(p)), "'Welsh' is not a language tag"),
    "a language twice": (
        lambda p: p["languages"].update(en=en(p)), "en and en-GB are the same language"),
    "no authority": (lambda p: cy(p).pop("authority"), "languages, cy: authority is missing"),
    "no date": (lambda p: cy(p).pop("dated"), "languages, cy: dated is missing"),
    "no source": (lambda p: cy(p).update(source=""), "languages, cy: source is empty"),
    "not official": (lambda p: cy(p).update(is_official=False), "in official words only"),
    "official in quotes": (lambda p: cy(p).update(is_official="yes"), "must be true or false"),
    "no title": (lambda p: cy(p).pop("title"), "languages, cy: title is missing"),
    "no part in another language": (lambda p: cy(p).pop("part"), "languages, cy: part is missing"),
    "no notice": (lambda p: cy(p).pop("notice"), "languages, cy: notice is missing"),
    "an item without text": (
        lambda p: cy(p)["items"]["q2"].update(text=" "), "cy, items, q2: text is empty"),
    "an item left out": (lambda p: cy(p)["items"].pop("q2"), "cy, items: q2 is missing"),
    "an unknown item": (
        lambda p: cy(p)["items"].update(q9={"text": "x"}), "q9 is not a question of kettle"),
    "an answer without words": (
        lambda p: cy(p)["items"]["q2"]["options"].pop("3"), "the answer 3 has no words"),
    "an answer with empty words": (
        lambda p: cy(p)["items"]["q2"]["options"].update({"3": ""}), "options: 3 is empty"),
    "an unknown answer": (
        lambda p: cy(p)["items"]["q2"]["options"].update({"4": "x"}), "4 is not an answer of q2"),
    "an answer by name": (
        lambda p: cy(p)["items"]["q2"]["options"].update(never="x"), "'never' is not the value"),
    "an unknown shared set": (
        lambda p: en(p)["items"]["q2"].update(options="how_long"), "called 'how_long'"),
    "an anchor beyond the scale": (
        lambda p: en(p)["items"]["q4"]["anchors"].update({"11": "x"}), "so it has no anchor"),
    "an unknown key": (lambda p: p.update(licnce={}), "licnce is not a key"),
    "an unknown key of a language": (lambda p: cy(p).update(stemm="x"), "stemm is not a key"),
    "no table": (lambda p: p.pop("tables"), "tables is missing"),
    "a table with a hole": (lambda p: p["tables"]["score"].pop("4"), "each score from 0 to 9 once"),
    "a table too long": (
        lambda p: p["tables"]["score"].update({"10": 101}), "each score from 0 to 9 once"),
    "a table of another name": (
        lambda p: p.update(tables={"total": p["tables"]["score"]}), "no table called score"),
    "a table that rises and falls": (
        lambda p: p["tables"]["score"].update({"4": 0}), "rises and falls"),
    "parts of its own": (lambda p: p.update(subscales=[]), "kettle has its own"),
    "no example": (lambda p: p.pop("examples"), "no worked example of a complete form"),
    "no complete example": (lambda p: p["examples"].pop(0), "no worked example of a complete"),
    "an example that fails": (
        lambda p: p["examples"][0].update(score=18.1), "the score came out as 18.0, not 18.1"),
    "an example with the wrong status": (
        lambda p: p["examples"][1].update(status="complete"), "examples 2: the status came"),
    "an example with a flag that is not raised": (
        lambda p: p["examples"][0].update(flags=["kettle_q3_missing"]), "flags came out as none"),
    "an example out of range": (lambda p: p["examples"][0]["answers"].update(q1=7), "examples 1"),
    "an example of an unknown item": (lambda p: p["examples"][0]["answers"].update(q7=1), "q7"),
    "a second alert for one flag": (
        lambda p: p.update(alerts=[{
            "flag": "kettle_q3_positive", "tier": "C", "urgency": "x", "words": "x",
            "short_words": "x", "action": "x", "pathway": "x"}]), "has its alert already"),
    "an unknown question not about harm": (
        lambda p: p.update(not_about_harm=["q8"]), "not_about_harm: q8 is not a question"),
    "a harm item without alerts": (
        lambda p: p.update(harm_items=[{"item": "q1", "about": "x", "source": "x"}]),
        "no flag for q1 from 1 up"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_pack_is_refused_in_words(slip: str) -> None:
    change, said = SLIPS[slip]
    with pytest.raises(ContentRefused) as refused:
        read(change)
    assert said in str(refused.value)
    assert str(refused.value).startswith(("kettle", "teapot"))


def test_a_licence_without_an_end_says_so_with_null() -> None:
    assert read(lambda p: p["licence"].update(expires=None)).licence.expires is None


def test_an_alert_of_a_pack_needs_one_for_yes_and_one_for_no_answer() -> None:
    def only_for_yes(values) -> None:
        values["examples"].pop()  # it would have to list the new flags
        values["harm_items"] = [{"item": "q2", "about": "x", "source": "x"}]
        values["flags"] = [{"code": "q2_yes", "type": "item_gte", "item": "q2", "value": 1}]
        values["alerts"] = [
            {"flag": "q2_yes", "tier": "A", "urgency": "x", "words": "x", "short_words": "x",
             "action": "x", "pathway": "x"}
        ]  # fmt: skip

    def for_both(values) -> None:
        only_for_yes(values)
        values["flags"].append({"code": "q2_no", "type": "item_missing", "item": "q2"})
        values["alerts"].append(values["alerts"][0] | {"flag": "q2_no"})

    with pytest.raises(ContentRefused, match="no flag for q2 not answered"):
        read(only_for_yes)
    assert [one.item for one in read(for_both).additions.harm_items] == ["q2"]


def test_a_question_that_sounds_like_harm_is_named_one_way_or_the_other() -> None:
    def ask_about_harm(values) -> None:
        en(values)["items"]["q1"]["text"] = "Did you want to hurt yourself?"

    def look_at_it(values) -> None:
        ask_about_harm(values)
        values["not_about_harm"] = ["q1"]

    with pytest.raises(ContentRefused, match="q1 may ask about harm"):
        read(ask_about_harm)
    assert read(look_at_it).additions.not_about_harm == ("q1",)


def test_without_english_every_question_is_looked_at_for_harm() -> None:
    def without_english(values) -> None:
        del values["languages"]["en-GB"]

    def looked_at(values) -> None:
        without_english(values)
        values["not_about_harm"] = ["q1", "q2", "q4"]

    with pytest.raises(ContentRefused, match="q1 may ask about harm"):
        read(without_english)
    assert list(read(looked_at).languages) == ["cy"]


def test_an_instruments_wording_cannot_be_edited() -> None:
    gad7 = shipped("gad7")
    values = translation_of(gad7, "en-GB", own=True)
    assert read_wording(json.dumps(values), gad7).languages["en-GB"].title == gad7.title
    values["languages"]["en-GB"]["items"]["q2"]["text"] += "?"
    with pytest.raises(ContentRefused, match="q2: An instrument's wording cannot"):
        read_wording(json.dumps(values), gad7)


@pytest.mark.parametrize("tag", ["en", "en-US", "en-AU"])
def test_english_under_another_tag_cannot_be_edited_either(tag: str) -> None:
    gad7 = shipped("gad7")
    values = translation_of(gad7, tag)
    with pytest.raises(ContentRefused, match="cannot be edited"):
        read_wording(json.dumps(values), gad7)


@pytest.mark.parametrize("where", ["title", "part", "stem", "recall", "notice"])
def test_no_text_of_a_shipped_wording_can_be_edited(where: str) -> None:
    gad7 = shipped("gad7")
    values = translation_of(gad7, "en-GB", own=True)
    values["languages"]["en-GB"][where] += " "
    with pytest.raises(ContentRefused, match=f"{where}: An instrument's wording"):
        read_wording(json.dumps(values), gad7)


def test_a_translation_of_a_shipped_instrument_brings_words_only() -> None:
    phq9 = shipped("phq9")
    values = translation_of(phq9, "cy")
    assert list(read_wording(json.dumps(values), phq9).languages) == ["cy"]
    for key in ("alerts", "flags", "harm_items", "examples", "tables", "subscales"):
        with pytest.raises(ContentRefused, match="its wording brings words only"):
            read_wording(json.dumps(values | {key: []}), phq9)


def test_a_free_translation_needs_no_licence_number() -> None:
    gad7 = shipped("gad7")
    found = read_wording(json.dumps(translation_of(gad7, "cy")), gad7)
    assert (found.licence.number, found.licence.expires) == ("", None)


def test_a_formula_of_a_licensor_cannot_be_brought() -> None:
    from dataclasses import replace

    kettle = structure()
    formula = replace(kettle, scoring=replace(kettle.scoring, method="licensor", needs="formula"))
    with pytest.raises(ContentRefused, match="licensor's formula, which no file can bring"):
        read_wording(PACK, formula)


def test_a_key_that_stands_twice_is_refused() -> None:
    twice = PACK.replace('"version": "1",', '"version": "1", "version": "2",')
    with pytest.raises(ContentRefused, match="has the key 'version' twice"):
        read_wording(twice, structure())


def test_what_is_not_json_is_refused_with_its_line() -> None:
    with pytest.raises(ContentRefused, match="not valid JSON at line 2"):
        read_wording('{"format":\n oops}', structure())


def test_texts_from_right_to_left_are_kept_as_they_are() -> None:
    text = "\u0633\u0624\u0627\u0644 1 \u200f(1)"
    wording = read(lambda p: cy(p)["items"]["q1"].update(text=text))
    assert wording.languages["cy"].items["q1"].text == text


def test_angle_brackets_are_text_and_stay_text() -> None:
    text = "<script>alert(1)</script> if 3 < 4"
    found = read_wording(changed(lambda p: cy(p)["items"]["q1"].update(text=text)), structure())
    assert found.languages["cy"].items["q1"].text == text
