"""Our own instruments, sent out as FHIR and brought in again, ask the same and score the same."""

import json
from datetime import date
from decimal import Decimal

import pytest

from imparts.gateway.fhir.questionnaire import questionnaire_of
from imparts.rules.forms.expressions import calculated
from imparts.rules.forms.reader import read_form
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.score import score
from tests.rules.reference_instruments import shipped

ON = date(2026, 11, 21)
WITH_A_SUM = ("phq9", "gad7", "auditc", "core10", "k6", "pcl5")


@pytest.mark.parametrize("name", [*WITH_A_SUM, "peg", "phq15", "smoking_core", "fft", "ftnd"])
def test_an_exported_instrument_is_read_without_a_warning(name: str) -> None:
    form, report = read_form(json.dumps(questionnaire_of(shipped()[name], on=ON)))
    assert report.warnings == ()
    asked = [
        item.link_id for item in form.all_items if item.may_be_asked and "." not in item.link_id
    ]
    assert asked == [item.id for item in shipped()[name].items]


@pytest.mark.parametrize("name", WITH_A_SUM)
def test_an_exported_instrument_gives_our_own_score(name: str) -> None:
    instrument = shipped()[name]
    form, _ = read_form(json.dumps(questionnaire_of(instrument, on=ON)))
    for shift in range(4):
        chosen = {
            item.id: item.options[(number + shift) % len(item.options)].value
            for number, item in enumerate(instrument.scored_items)
        }
        expected = score(instrument, chosen, {}).score
        answers = {link_id: (_offered(form, instrument, link_id, value),)
                   for link_id, value in chosen.items()}  # fmt: skip
        found = [value for values in calculated(form, answers).values() for value in values]
        assert expected in [Decimal(value) for value in found if isinstance(value, int | Decimal)]


def _offered(form: object, instrument: Instrument, link_id: str, value: int) -> object:
    place = [option.value for option in instrument.by_id[link_id].options].index(value)
    return form.by_id[link_id].options[place].value


def test_items_that_our_files_name_as_harm_are_found_by_their_words() -> None:
    for name, instrument in shipped().items():
        if not instrument.harm_items or not instrument.has_wording:
            continue
        _, report = read_form(json.dumps(questionnaire_of(instrument, on=ON)))
        named = {one.item for one in instrument.harm_items}
        assert named <= set(report.harm_suspects), name


def test_what_the_sender_says_asks_about_harm_is_looked_at_whatever_its_words_are() -> None:
    sent = questionnaire_of(shipped()["phq9"], on=ON)
    for item in sent["item"]:
        if item["linkId"] == "q9":
            item["text"], item["code"] = "Invented: how is your kettle?", []
            item["code"].append({"system": "urn:invented", "code": "kettle"})
    sent["item"] = [item for item in sent["item"] if item["linkId"] in ("q8", "q9")]
    _, report = read_form(json.dumps(sent))
    assert report.harm_suspects == ("q9",)
    assert not any("asks-about-harm" in line.what for line in report.not_honoured)
