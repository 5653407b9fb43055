"""Putting in force: every way in which it is refused has a sentence of its own (H7)."""

from datetime import timedelta

import pytest

from imparts.informatics.questionnaires.actions.hand_overs import CannotStart
from imparts.library import actions as library
from imparts.library.models import ContentVersion, InForce
from imparts.library.queries import NothingInForce, pathways_in_force, patient_texts_for
from imparts.rules.content import ContentRefused
from tests.apps.library.invented import (
    LAST_DAY,
    load,
    load_clinic_pack,
    load_structure,
    load_wording,
    noon,
    sign,
    sign_everything,
)
from tests.builders import (
    NOON,
    TODAY,
    a_hand_over,
    a_service,
    an_appointment,
    put_content_in_force,
    staff_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    """A service without content; the library is loaded and signed, but for what tests add."""
    made = a_service(with_content=False)
    library.load_shipped(at=NOON)
    load_structure()
    sign_everything()
    return made


def put(service, content, *, from_on=TODAY, at=NOON):
    """Put one version in force."""
    return library.put_in_force(service=service, content=content, from_on=from_on, by="lead", at=at)


def of_its_own(shipped: ContentVersion) -> str:
    """The text of a shipped file under a version of this site's."""
    return shipped.body.replace(f'version = "{shipped.version}"', 'version = "local 1"')


def test_a_pack_that_nobody_signed_is_refused(service) -> None:
    with pytest.raises(library.NotSigned, match="kettle_clinic 1 has not been checked"):
        put(service, load_clinic_pack())


def test_a_pack_with_an_instrument_that_is_not_offered_is_refused_by_its_name(service) -> None:
    content = load_clinic_pack()
    sign(content)
    with pytest.raises(library.NotReady, match=r"Kettle Scale cannot be asked here.*no wording"):
        put(service, content)
    wording = load_wording()
    with pytest.raises(library.NotReady, match=r"Kettle Scale.*until a clinician has signed it"):
        put(service, content)
    sign(wording)
    assert put(service, content).from_on == TODAY


def test_a_pack_cannot_start_after_a_licence_that_it_needs_has_ended(service) -> None:
    content = load_clinic_pack()
    sign(content)
    sign(load_wording())
    with pytest.raises(library.NotReady, match="Kettle Scale cannot be asked here on 1 April 2027"):
        put(service, content, from_on=LAST_DAY + timedelta(days=1))
    assert put(service, content, from_on=LAST_DAY)


def test_a_start_in_the_past_is_refused_and_today_is_not_the_past(service) -> None:
    content = ContentVersion.objects.get(kind="pack", key="rheumatology_outpatient")
    with pytest.raises(library.NotReady, match="16 November 2026 is in the past"):
        put(service, content, from_on=TODAY - timedelta(days=1))
    assert put(service, content, from_on=TODAY)


def test_a_pathway_that_nobody_signed_or_that_starts_in_the_past_is_refused(service) -> None:
    shipped = ContentVersion.objects.get(kind="pathway", key="depression_in_outpatients")
    own = load("pathway", of_its_own(shipped))
    with pytest.raises(library.NotSigned):
        put(service, own)
    with pytest.raises(library.NotReady, match="in the past"):
        put(service, shipped, from_on=TODAY - timedelta(days=1))
    assert put(service, shipped)


def test_a_pathway_with_a_threshold_at_the_wrong_end_is_neither_kept_nor_put_in_force(
    service,
) -> None:
    shipped = ContentVersion.objects.get(kind="pathway", key="depression_in_outpatients")
    wrong = of_its_own(shipped).replace('"gad7", score_from', '"wemwbs", score_from')
    with pytest.raises(ContentRefused, match="met by people who are well"):
        load("pathway", wrong)
    kept = ContentVersion.objects.create(
        kind="pathway", key=shipped.key, version="local 1", sha256="x" * 64, body=wrong,
        is_shipped=False, loaded_at=NOON, loaded_by="librarian",
    )  # fmt: skip
    sign(kept)
    with pytest.raises(library.NotReady, match="This pathway cannot be used"):
        put(service, kept)


def test_only_packs_and_pathways_are_put_in_force(service) -> None:
    content = ContentVersion.objects.get(kind="instrument", key="phq9")
    with pytest.raises(library.NotReady, match="Only packs and pathways"):
        put(service, content)
    assert not InForce.objects.exists()


def test_a_pathway_in_force_that_nobody_signed_recommends_nothing(settings) -> None:
    settings.IMPARTS_DEMO = True
    service = a_service()
    assert pathways_in_force(service.pk, on=TODAY)
    settings.IMPARTS_DEMO = False
    assert pathways_in_force(service.pk, on=TODAY) == ()
    signed = ContentVersion.objects.get(kind="pathway", key="risk_of_self_harm")
    sign(signed)
    assert [one.id for one in pathways_in_force(service.pk, on=TODAY)] == ["risk_of_self_harm"]


def test_newer_words_for_patients_are_not_told_before_they_are_signed(service) -> None:
    put_content_in_force(service)
    old_id, _ = patient_texts_for("england", on=TODAY)
    shipped = ContentVersion.objects.get(pk=old_id)
    newer = load("patient_text", of_its_own(shipped))
    assert patient_texts_for("england", on=TODAY)[0] == old_id
    sign(newer)
    assert patient_texts_for("england", on=TODAY)[0] == newer.pk


def test_words_for_patients_that_nobody_signed_are_not_told(settings) -> None:
    library.load_shipped(at=NOON)
    with pytest.raises(NothingInForce, match=r"in england.*until a clinician has signed it"):
        patient_texts_for("england", on=TODAY)


def test_a_pack_that_was_withdrawn_is_handed_to_nobody(service) -> None:
    put_content_in_force(service)
    content = ContentVersion.objects.get(kind="pack", key="rheumatology_outpatient")
    library.withdraw(content=content, why="It asks too much.", by="lead", at=NOON)
    with pytest.raises(CannotStart, match="withdrawn on 17 November 2026: It asks too much"):
        a_hand_over(an_appointment(service))


def test_a_withdrawal_says_why(service) -> None:
    content = ContentVersion.objects.get(kind="pack", key="rheumatology_outpatient")
    for why, said in (("  ", "Say why"), ("x" * 201, "at most 200")):
        with pytest.raises(library.NotReady, match=said):
            library.withdraw(content=content, why=why, by="lead", at=NOON)


def test_an_instrument_whose_licence_ends_is_left_out_from_the_next_day_on(service) -> None:
    content = load_clinic_pack()
    sign(content)
    sign(load_wording())
    staff_with("nurse", service)
    put(service, content)
    on_the_last_day = a_hand_over(an_appointment(service, at=noon(LAST_DAY)), at=noon(LAST_DAY))
    assert "kettle" in on_the_last_day.invitation.instruments
    after = noon(LAST_DAY + timedelta(days=1))
    next_day = a_hand_over(an_appointment(service, at=after), at=after)
    assert "kettle" not in next_day.invitation.instruments
