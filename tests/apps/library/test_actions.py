"""Content by hash: one text, one version; nothing unsigned goes live (hazard H7)."""

import pytest

from imparts.informatics.questionnaires.actions.hand_overs import CannotStart
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.library.queries import (
    in_force,
    instrument_of,
    instruments_for,
    may_be_offered,
    newest_instruments,
    pack_in_force,
)
from imparts.rules.content import ContentRefused
from tests.apps.library.invented import load_structure, sign, sign_everything
from tests.builders import (
    NOON,
    TODAY,
    a_hand_over,
    a_service,
    an_appointment,
    put_content_in_force,
    sitting,
)
from tests.rules.wording.invented import STRUCTURE

pytestmark = pytest.mark.django_db


def test_loading_twice_adds_nothing(settings) -> None:
    settings.IMPARTS_DEMO = True
    a_service()
    before = ContentVersion.objects.count()
    assert before > 20
    assert library.load_shipped(at=NOON) == []
    assert ContentVersion.objects.count() == before


def test_another_text_of_the_same_instrument_is_another_version_and_the_old_one_stays(
    settings,
) -> None:
    settings.IMPARTS_DEMO = True
    a_service()
    old = ContentVersion.objects.get(kind="instrument", key="pain_nrs")
    text = old.body.replace(f'version = "{instrument_of(old.pk).version}"', 'version = "next"')
    new = library.load_file(kind="instrument", text=text, at=NOON, is_shipped=False)
    assert newest_instruments()["pain_nrs"].version == "next"
    assert instrument_of(old.pk).version != "next"
    assert new.sha256 != old.sha256


def test_a_sites_own_version_of_a_shipped_instrument_cannot_have_other_words() -> None:
    library.load_shipped(at=NOON)
    body = ContentVersion.objects.get(kind="instrument", key="gad7").body
    for was, other, where in (
        ("Trouble relaxing", "Trouble resting", "q4"),
        ("Several days", "Some days", "q1, answer 1"),
        ("Over the last 2 weeks", "Over the last month", "stem"),
    ):
        assert was in body
        text = body.replace(was, other).replace('version = "', 'version = "own ', 1)
        with pytest.raises(ContentRefused, match=f"{where}: An instrument's wording cannot be"):
            library.load_file(kind="instrument", text=text, at=NOON, is_shipped=False, by="x")


def test_licensed_words_come_as_a_wording_pack_and_not_as_an_instrument_of_ones_own() -> None:
    load_structure()
    text = STRUCTURE.replace('version = "2026-11-21"', 'version = "own"')
    with pytest.raises(ContentRefused, match="bring its words as a wording pack"):
        library.load_file(kind="instrument", text=text, at=NOON, is_shipped=False, by="x")


def test_an_instrument_whose_worked_example_fails_is_not_loaded() -> None:
    library.load_shipped(at=NOON)
    body = ContentVersion.objects.get(kind="instrument", key="pain_nrs").body
    text = body.replace('version = "', 'version = "own ', 1).replace("score = ", "score = 1", 1)
    with pytest.raises(ContentRefused, match="examples"):
        library.load_file(kind="instrument", text=text, at=NOON, is_shipped=False, by="x")


def test_a_text_that_cannot_be_kept_is_refused() -> None:
    with pytest.raises(ContentRefused, match="save it as UTF-8"):
        library.load_file(kind="pack", text="id = '\ud800'", at=NOON)


def test_a_file_that_breaks_a_rule_is_refused_with_a_sentence() -> None:
    with pytest.raises(ContentRefused):
        library.load_file(kind="instrument", text='id = "broken"', at=NOON)
    assert not ContentVersion.objects.exists()


def test_in_production_unsigned_content_cannot_be_put_in_force(settings) -> None:
    settings.IMPARTS_DEMO = False
    service = a_service(with_content=False)
    with pytest.raises(library.NotSigned, match="must sign"):
        put_content_in_force(service)


def test_in_production_a_local_signature_opens_the_way(settings) -> None:
    settings.IMPARTS_DEMO = False
    service = a_service(with_content=False)
    library.load_shipped(at=NOON)
    sign_everything()
    put_content_in_force(service)
    hand_over = a_hand_over(an_appointment(service))
    assert sitting(hand_over).questions


def test_in_production_an_instrument_without_a_signature_is_not_asked(settings) -> None:
    settings.IMPARTS_DEMO = True
    service = a_service()
    _, pack = pack_in_force(service.pk, on=TODAY)
    settings.IMPARTS_DEMO = False
    assert instruments_for(pack, on=TODAY) == {}
    with pytest.raises(CannotStart):
        a_hand_over(an_appointment(service))


def test_nothing_shipped_is_offered_before_a_local_signature_whatever_it_says_of_itself(
    settings,
) -> None:
    settings.IMPARTS_DEMO = False
    library.load_shipped(at=NOON)
    everything = ContentVersion.objects.all()
    assert not [content.key for content in everything if may_be_offered(content, on=TODAY)]


def test_a_pack_waits_for_the_words_that_a_patient_is_told_after_item_9(settings) -> None:
    settings.IMPARTS_DEMO = False
    service = a_service(with_content=False)
    library.load_shipped(at=NOON)
    for content in ContentVersion.objects.exclude(kind="patient_text"):
        sign(content)
    pack = ContentVersion.objects.get(kind="pack", key="rheumatology_outpatient")
    with pytest.raises(library.NotSigned, match="england"):
        library.put_in_force(service=service, content=pack, from_on=TODAY, by="lead", at=NOON)
    sign(ContentVersion.objects.get(kind="patient_text", key="england"))
    library.put_in_force(service=service, content=pack, from_on=TODAY, by="lead", at=NOON)
    assert in_force("pack", service.pk, on=TODAY) == (pack,)


def test_a_pack_in_force_later_does_not_count_before_its_day(settings) -> None:
    settings.IMPARTS_DEMO = True
    service = a_service()
    other = ContentVersion.objects.get(kind="pack", key="dermatology_outpatient")
    library.put_in_force(
        service=service, content=other, from_on=TODAY.replace(day=20), by="x", at=NOON
    )
    assert in_force("pack", service.pk, on=TODAY)[0].key == "rheumatology_outpatient"
    assert in_force("pack", service.pk, on=TODAY.replace(day=20))[0] == other
