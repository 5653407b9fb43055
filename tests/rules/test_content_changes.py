"""Two texts of one file: what a second person reads before signing the newer one."""

import json

from imparts.rules.content_changes import MOST, ContentChange, content_changes

OLD = """
id = "invented"
title = "Invented"
sources = ["One", "Two"]
by_proxy = false

[[bands]]
code = "low"
label = "Low"
lowest = 0

[[bands]]
code = "high"
label = "High"
lowest = 5
"""


def test_a_text_does_not_differ_from_itself_nor_by_its_comments() -> None:
    assert content_changes(OLD, OLD) == ()
    assert content_changes(OLD, f"# a comment\n{OLD}") == ()


def test_each_value_that_differs_is_named_by_its_place() -> None:
    new = OLD.replace("lowest = 5", "lowest = 6").replace("by_proxy = false", "by_proxy = true")
    assert content_changes(OLD, new) == (
        ContentChange("by_proxy", "no", "yes"),
        ContentChange("bands, high, lowest", "5", "6"),
    )


def test_a_table_put_in_at_the_top_does_not_make_the_others_new() -> None:
    new = OLD.replace(
        '[[bands]]\ncode = "low"', '[[bands]]\ncode = "none"\n\n[[bands]]\ncode = "low"'
    )
    assert content_changes(OLD, new) == (ContentChange("bands, none, code", "", "none"),)


def test_what_was_taken_out_is_said_too() -> None:
    new = OLD.replace('title = "Invented"\n', "").replace('["One", "Two"]', '["Two"]')
    assert set(content_changes(OLD, new)) == {
        ContentChange("title", "Invented", ""),
        ContentChange("sources", "One, Two", "Two"),
    }


def test_json_is_compared_as_toml_is() -> None:
    before = {"version": "1", "items": [{"linkId": "a", "text": "Old?"}]}
    after = {"version": "1", "items": [{"linkId": "a", "text": "New?"}]}
    found = content_changes(json.dumps(before), json.dumps(after))
    assert found == (ContentChange("items, a, text", "Old?", "New?"),)


def test_a_flood_of_changes_ends() -> None:
    many = json.dumps({f"k{number}": number for number in range(MOST * 2)})
    assert len(content_changes("{}", many)) == MOST
