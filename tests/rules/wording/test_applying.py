"""An instrument in one language: every text for patients from that language, or none of it."""

import json
from collections.abc import Iterator

import pytest

from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.score import score
from imparts.rules.wording.apply import in_language
from imparts.rules.wording.languages import best_of
from imparts.rules.wording.reader import read_wording
from tests.rules.wording.invented import read, shipped, structure, translation_of

SHIPPED = ("phq9", "phq8", "gad7", "smoking_core", "pain_nrs", "peg", "audit/auditc")


def texts_for_patients(instrument: Instrument) -> Iterator[str]:
    """Everything that a patient reads."""
    yield from (instrument.title, instrument.part, instrument.stem, instrument.recall)
    yield instrument.rights.notice
    for item in instrument.items:
        yield item.text
        yield from (option.label for option in item.options)
        yield from (said for _, said in item.anchors)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_form_never_mixes_languages(name: str) -> None:
    instrument = shipped(name)
    wording = read_wording(json.dumps(translation_of(instrument, "cy", "pl")), instrument)
    for tag in ("cy", "pl"):
        made = in_language(instrument, wording, tag)
        assert made is not None and made.language == tag
        for text in texts_for_patients(made):
            assert text.startswith(f"[{tag}] ")


@pytest.mark.parametrize("name", SHIPPED)
def test_another_language_changes_no_rule(name: str) -> None:
    instrument = shipped(name)
    made = in_language(
        instrument, read_wording(json.dumps(translation_of(instrument, "cy")), instrument), "cy"
    )
    assert made is not None
    assert (made.scoring, made.flags, made.alerts) == (
        instrument.scoring, instrument.flags, instrument.alerts,
    )  # fmt: skip
    for example in instrument.examples:
        given, context = dict(example.answers), dict(example.context)
        assert score(made, given, context) == score(instrument, given, context)


def test_a_language_that_a_pack_has_not_gives_nothing() -> None:
    assert in_language(structure(), read(), "pl") is None


def test_the_licensed_words_make_a_structure_whole() -> None:
    assert not structure().has_wording
    made = in_language(structure(), read(), "en")
    assert made is not None and made.has_wording
    assert (made.language, made.licence) == ("en-GB", read().licence)
    assert made.items[0].label(1) == "Once"
    assert made.items[3].label(10) == "10 (Beyond repair)"
    assert made.version == structure().version


def test_what_a_pack_brings_lets_a_structure_be_scored() -> None:
    made = in_language(structure(), read(), "cy")
    assert made is not None and made.scoring.needs == ""
    assert score(made, {"q1": 3, "q2": 3, "q3": 3}).score == 100


def test_a_language_stands_in_for_its_own_countries_and_never_for_another() -> None:
    assert best_of("en", ["cy", "en-GB"]) == "en-GB"
    assert best_of("en-GB", ["en"]) == "en"
    assert best_of("EN-gb", ["en-GB"]) == "en-GB"
    assert best_of("pt-BR", ["pt-PT"]) is None
    assert best_of("zh-Hant", ["zh-Hans"]) is None
    assert best_of("pa", ["pa-Arab"]) is None
    assert best_of("pa-Arab", ["pa", "pa-Arab-PK"]) == "pa-Arab-PK"
    assert best_of("sr-Latn", ["sr"]) is None
    assert best_of("e", ["en-GB"]) is None
    assert best_of("", ["en-GB"]) is None
