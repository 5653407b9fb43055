"""The guide to the instruments says what their files say now, and holds no licensed wording."""

from dataclasses import replace

from imparts.commands.shipped import shipped_instruments
from imparts.rules.passport.markdown import guide
from tests.house.instrument_guide import GUIDE, written


def test_the_guide_is_as_the_files_say() -> None:
    said = GUIDE.read_text(encoding="utf-8")
    assert said == written(), "The guide to the instruments is old. Run: make docs"


def test_every_shipped_instrument_has_its_section() -> None:
    said = written()
    for name, instrument in shipped_instruments().items():
        assert said.count(f'<a id="{name}"></a>') == 1
        assert f"(#{name})" in said and f"## {instrument.short_title}" in said


def test_a_changed_file_makes_the_guide_old() -> None:
    instruments = shipped_instruments()
    changed = instruments | {"phq9": replace(instruments["phq9"], reliable_change=7)}
    assert guide(changed.values()) != guide(instruments.values())


def test_the_notices_of_the_code_systems_stand_at_the_end() -> None:
    tail = written()[-1500:]
    assert "copyright © Regenstrief Institute" in tail and "SNOMED International" in tail


def test_structures_are_printed_without_a_word_of_theirs() -> None:
    bare = [one for one in shipped_instruments().values() if not one.has_wording]
    assert len(bare) == 27
    for instrument in bare:
        assert [item.id for item in instrument.items if item.text] == []
        assert instrument.stem == ""


def test_a_table_stays_a_table_whatever_is_in_it() -> None:
    hostile = replace(shipped_instruments()["phq9"], measures="a | b <script> *c*")
    said = guide([hostile])
    assert "a \\| b &lt;script> \\*c\\*" in said
    widths = {line.count("|") for line in said.splitlines() if line.startswith("| [")}
    assert widths == {6}  # five of the table, one escaped
