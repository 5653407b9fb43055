"""Signing: a named clinician stands for one version, and nobody for their own work (H7)."""

import pytest

from imparts.library import actions as library
from imparts.library.models import ContentVersion, Signature
from imparts.library.queries import may_be_offered, to_confirm, unverified_in, why_not_offered
from tests.apps.library.invented import (
    CLINICIAN,
    LOADER,
    load_clinic_pack,
    load_structure,
    load_wording,
    sign,
)
from tests.builders import NOON, TODAY

pytestmark = pytest.mark.django_db


def test_whoever_loaded_a_file_cannot_be_the_one_who_signs_it() -> None:
    load_structure()
    wording = load_wording(by=LOADER)
    for same in (LOADER, LOADER.upper(), f" {LOADER} "):
        with pytest.raises(library.SamePerson, match="you loaded it"):
            sign(wording, by=same)
    assert not Signature.objects.exists()
    sign(wording, by=CLINICIAN)
    assert may_be_offered(wording, on=TODAY)


def test_the_same_person_is_refused_in_the_demonstration_too(settings) -> None:
    settings.IMPARTS_DEMO = True
    load_structure()
    with pytest.raises(library.SamePerson):
        sign(load_wording(by=CLINICIAN), by=CLINICIAN)


def test_what_is_shipped_was_loaded_by_nobody_here_so_any_clinician_may_sign_it() -> None:
    structure = load_structure()
    assert structure.loaded_by == ""
    sign(structure)
    assert structure.signatures.count() == 1


def test_a_signature_covers_one_version_and_not_the_next() -> None:
    load_structure()
    old, new = load_wording(), load_wording(version="2")
    sign(old)
    assert may_be_offered(old, on=TODAY)
    assert why_not_offered(new, on=TODAY) == (
        "It may not be used here until a clinician has signed it."
    )


def test_a_signature_says_as_whom_and_what_was_checked() -> None:
    structure = load_structure()
    for as_role, statement in (("", "Read."), ("Consultant", " ")):
        with pytest.raises(library.CannotSign, match="as whom"):
            library.sign(content=structure, by="x", as_role=as_role, statement=statement, at=NOON)
    with pytest.raises(library.CannotSign, match="at most 1000"):
        library.sign(content=structure, by="x", as_role="x", statement="x" * 1001, at=NOON)


def test_a_signature_keeps_every_rule_from_general_knowledge_that_it_accepts() -> None:
    library.load_shipped(at=NOON)
    for kind, key in (("instrument", "phq9"), ("pathway", "risk_of_self_harm"),
                      ("patient_text", "england")):  # fmt: skip
        content = ContentVersion.objects.get(kind=kind, key=key)
        sign(content)
        kept = Signature.objects.get(content=content).accepts
        assert kept == list(to_confirm(content.pk))
        assert set(unverified_in(content.pk)) <= set(kept)
    phq9 = ContentVersion.objects.get(kind="instrument", key="phq9")
    assert any("general knowledge" in line for line in unverified_in(phq9.pk))


def test_a_pack_from_general_knowledge_says_so_to_its_signer() -> None:
    library.load_shipped(at=NOON)
    load_structure()
    content = load_clinic_pack()
    assert unverified_in(content.pk) == ("Source: Invented, from general knowledge.",)


def test_a_signer_reads_which_questions_ask_about_harm_and_when_an_alert_is_raised() -> None:
    load_structure()
    assert to_confirm(load_wording().pk)[0] == (
        "q3 asks about harm (invented: harm): an alert from 1 (Once) up, "
        "and when it is not answered."
    )


def test_a_signer_reads_which_questions_only_sound_like_harm() -> None:
    load_structure()
    wording = load_wording(not_about_harm=["q1"])
    assert "q1 does not ask about harm, says whoever made this pack." in to_confirm(wording.pk)


def test_nothing_shipped_has_a_harm_question_that_its_signer_does_not_read() -> None:
    library.load_shipped(at=NOON)
    for key, item in (("phq9", "q9"), ("core10", "q6")):
        content = ContentVersion.objects.get(kind="instrument", key=key)
        assert any(line.startswith(f"{item} asks about harm") for line in to_confirm(content.pk))
