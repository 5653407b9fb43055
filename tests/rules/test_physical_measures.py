"""Physical measures: the files that ship, and which typing slips are refused with which words."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from imparts.library.queries import physical_measures
from imparts.rules.content import ContentRefused
from imparts.rules.physical_measures import read_physical_measure, why_refused

FOLDER = Path("imparts/content/physical_measures")
TODAY, BORN = date(2026, 11, 17), date(1961, 3, 14)


def refused(code, value, second=None, on=TODAY):
    """What is said of one measurement."""
    lower = Decimal(second) if second is not None else None
    return why_refused(
        physical_measures()[code], Decimal(value), lower, measured_on=on, today=TODAY, born_on=BORN
    )


@pytest.mark.parametrize(
    ("code", "value", "second", "says"),
    [
        ("das28", "4.6", None, ""),
        ("das28", "0", None, ""),
        ("das28", "46", None, "DAS28 lies between 0 and 9.4. Check the number"),
        ("das28", "-1", None, "DAS28 lies between 0 and 9.4."),
        ("das28", "4.65", None, "DAS28 has at most 1 digit after the point."),
        ("das28", "4.6", "3", "DAS28 is one number. Leave the second one empty."),
        ("hba1c", "58", None, ""),
        ("hba1c", "7.4", None, "HbA1c lies between 15 and 200 mmol/mol."),
        ("hba1c", "58.5", None, "HbA1c has no digits after the point."),
        ("weight", "81.5", None, ""),
        ("weight", "815", None, "Weight lies between 20 and 350 kg."),
        ("blood_pressure", "128", "82", ""),
        ("blood_pressure", "128", None, "Blood pressure is two numbers: systolic and diastolic."),
        ("blood_pressure", "82", "128", "The second number is the lower one."),
        ("blood_pressure", "128", "8", "Diastolic lies between 30 and 180 mmHg."),
        ("blood_pressure", "1280", "82", "Systolic lies between 60 and 280 mmHg."),
        ("crp", "12", None, ""),
        ("crp", "6000", None, "CRP lies between 0 and 600 mg/L."),
    ],
)
def test_a_slip_of_the_keyboard_is_said_in_a_sentence(code, value, second, says):
    found = refused(code, value, second)
    assert found.startswith(says) if says else found == ""


def test_a_day_to_come_or_before_birth_is_refused():
    assert "still to come" in refused("das28", "4", on=date(2026, 11, 18))
    assert "before this person was born" in refused("das28", "4", on=date(1961, 3, 13))


def test_bands_that_the_clinical_reference_does_not_give_are_marked():
    for kind in physical_measures().values():
        if kind.bands or kind.change is not None:
            assert "not verified here" in kind.status
            assert kind.scale().marks
        assert kind.checked_by == "not yet checked by a clinician"


def test_only_das28_has_bands():
    assert [code for code, kind in physical_measures().items() if kind.bands] == ["das28"]


def test_the_scale_is_whole_and_grows_only_beyond_its_own_range():
    crp = physical_measures()["crp"]
    assert (crp.scale().lowest, crp.scale().highest) == (0, 100)
    assert crp.scale((Decimal(243),)).highest == 250


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('unit = "mg/L"', 'unit = "mg/L"\nunits = "x"', "units is not a key that is known here"),
        ("highest = 100", "highest = 0", "highest must be above lowest"),
        ("decimals = 0", "decimals = 9", "decimals must be 0 to 3"),
        ("plausible_highest = 600", "plausible_highest = 0", "plausible_highest must be above"),
        ('direction = "higher_is_worse"', 'direction = "up"', "it must be one of"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_place(old, new, says):
    text = (FOLDER / "crp.toml").read_text(encoding="utf-8")
    assert text.count(f"\n{old}\n") == 1
    with pytest.raises(ContentRefused, match=says):
        read_physical_measure(text.replace(f"\n{old}\n", f"\n{new}\n"))


def test_bands_without_a_word_of_where_they_come_from_are_refused():
    text = (FOLDER / "das28.toml").read_text(encoding="utf-8")
    bare = text.replace("from general knowledge, not verified here", "as usual")
    with pytest.raises(ContentRefused, match="status must say where the bands come from"):
        read_physical_measure(bare)
