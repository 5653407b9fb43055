"""The guide to importing questionnaires says what the program does, for everything it lists."""

import pytest

from imparts.rules.forms.definition import ITEM_TYPES
from imparts.rules.forms.reading import vocabulary as v
from tests.house import import_guide
from tests.house.drawn_tables import drawn
from tests.rules.forms.published import control, form_of, question, read

VALUES = {"valueString": "1", "valueInteger": 1, "valueBoolean": True, "valueDecimal": 1}


def _reported(extension: dict[str, object], **held: object) -> set[str]:
    """What the report names as not honoured when an item has an extension."""
    made = question("i", extension=[extension], **held)
    return {line.what for line in read(form_of(item=[question("q"), made]))[1].not_honoured}


def test_the_tables_of_the_guide_are_drawn_anew() -> None:
    text = import_guide.GUIDE.read_text(encoding="utf-8")
    assert drawn(text, import_guide.tables()) == text, "run `make docs`"


def test_every_type_of_item_stands_in_the_guide() -> None:
    assert tuple(sorted(v.TYPES)) == tuple(sorted(ITEM_TYPES))


@pytest.mark.parametrize("url", v.NOT_HONOURED)
def test_an_extension_that_is_listed_as_not_honoured_is_named(url: str) -> None:
    assert _reported({"url": url, **VALUES}) == {url}


@pytest.mark.parametrize("url", v.WITHOUT_EFFECT)
def test_an_extension_that_asks_for_nothing_is_not_named(url: str) -> None:
    assert _reported({"url": url, **VALUES}) == set()


@pytest.mark.parametrize("code", v.CONTROLS)
def test_a_control_that_is_listed_as_honoured_is_not_named(code: str) -> None:
    assert _reported(control(code)) == set()


@pytest.mark.parametrize("code", [*v.CONTROLS_NOT_HONOURED, "something-else"])
def test_a_control_that_is_not_listed_as_honoured_is_named(code: str) -> None:
    assert _reported(control(code)) == {f"itemControl {code}"}


@pytest.mark.parametrize("url", v.HONOURED)
def test_an_extension_that_is_listed_as_honoured_is_never_called_unknown(url: str) -> None:
    made = question("i", "integer", extension=[{"url": url, **VALUES}])
    _, report = read(form_of(item=[question("q"), made]))
    assert not [line for line in report.not_honoured if "not known" in line.sentence]


@pytest.mark.parametrize("key", v.KEYS)
def test_a_key_that_stands_in_the_guide_is_one_that_is_read(key: str) -> None:
    made = {key: []} | question("i", "group", item=[question("j")])
    _, report = read(form_of(item=[question("q"), made]))
    said = [line.sentence for line in report.warnings if line.what == key]
    assert not [one for one in said if "not one of FHIR R4" in one]


def test_an_extension_that_nobody_knows_is_named() -> None:
    assert _reported({"url": "http://example.org/strange"}) == {"http://example.org/strange"}
