"""Forms: asked only once harm was confirmed and a second person signed (H1, H7)."""

import json
from datetime import timedelta

import pytest

from imparts.library import actions as library
from imparts.library.models import ContentVersion, HarmReview
from imparts.library.queries import (
    form_of,
    harm_review_of,
    harm_suspects_of,
    may_be_offered,
    newest_forms,
    to_confirm,
    why_not_offered,
)
from imparts.rules.content import ContentRefused
from tests.apps.library.invented import load, sign
from tests.builders import NOON, TODAY
from tests.rules.forms import published

pytestmark = pytest.mark.django_db

FORM = published.form_of(
    url="urn:invented:kettles",
    title="Invented kettles",
    item=[
        {"linkId": "boil", "type": "boolean", "text": "Does the kettle boil?"},
        {"linkId": "harm", "type": "boolean", "text": "Invented: do you want to hurt yourself?"},
    ],
)
YES = {
    "item": "harm", "asks_about_harm": True, "positive": {"is_one_of": [True]},
    "short_words": "Talk before they leave", "words": "Talk with the patient before they leave",
}  # fmt: skip


@pytest.fixture
def form() -> ContentVersion:
    """An invented form with one question about harm."""
    return load("form", json.dumps(FORM))


def confirm(form: ContentVersion, *items: object, by: str = "nurse.rheum", at=NOON) -> HarmReview:
    """Somebody says which questions ask about harm."""
    return library.confirm_harm_items(
        content=form, items=items, by=by, as_role="Nurse, rheumatology", at=at
    )


@pytest.mark.parametrize("is_demo", [True, False])
def test_a_form_is_never_offered_before_harm_is_confirmed(form, settings, is_demo: bool) -> None:
    settings.IMPARTS_DEMO = is_demo
    nobody = "Nobody has confirmed yet which of its questions ask about harm."
    assert why_not_offered(form, on=TODAY) == nobody
    confirm(form, YES)
    assert may_be_offered(form, on=TODAY) is is_demo


def test_a_form_is_offered_once_harm_is_confirmed_and_a_second_person_has_signed(
    form, settings
) -> None:
    settings.IMPARTS_DEMO = False
    with pytest.raises(library.CannotSign, match="Confirm first"):
        sign(form)
    confirm(form, YES, by="nurse.rheum")
    with pytest.raises(library.SamePerson, match="you confirmed its questions about harm"):
        sign(form, by="nurse.rheum")
    with pytest.raises(library.SamePerson, match="you loaded it"):
        sign(form, by="librarian")
    sign(form)
    assert may_be_offered(form, on=TODAY)


def test_confirming_anew_asks_for_a_new_signature(form, settings) -> None:
    settings.IMPARTS_DEMO = False
    confirm(form, YES)
    sign(form)
    later = NOON + timedelta(hours=1)
    confirm(form, YES | {"words": "Ask in person"}, at=later)
    assert "to be signed again" in str(why_not_offered(form, on=TODAY))
    sign(form, at=later)
    assert may_be_offered(form, on=TODAY)
    assert HarmReview.objects.count() == 2
    review = harm_review_of(form.pk)
    assert review is not None and review.items[0]["words"] == "Ask in person"


def test_nobody_confirms_anew_at_the_moment_of_a_signature_that_could_not_have_read_it(
    form, settings
) -> None:
    settings.IMPARTS_DEMO = False
    confirm(form, YES)
    sign(form)
    for at in (NOON, NOON - timedelta(minutes=1)):
        with pytest.raises(library.HarmNotConfirmed, match="was signed just now"):
            confirm(form, {"item": "harm", "asks_about_harm": False}, by="other", at=at)
    assert HarmReview.objects.count() == 1


def test_nobody_signs_what_was_confirmed_after_they_looked(form) -> None:
    confirm(form, YES, at=NOON + timedelta(seconds=1))
    with pytest.raises(library.CannotSign, match="were confirmed just now"):
        sign(form)
    assert not form.signatures.exists()


def test_every_question_that_the_import_listed_must_be_confirmed(form) -> None:
    assert harm_suspects_of(form.pk) == ("harm",)
    with pytest.raises(library.HarmNotConfirmed, match="harm may ask about harm"):
        confirm(form)
    assert not HarmReview.objects.exists()


def test_a_confirmation_names_its_person_and_role(form) -> None:
    for by, as_role in (("", "Nurse"), ("nurse.rheum", " ")):
        with pytest.raises(library.HarmNotConfirmed, match="by whom"):
            library.confirm_harm_items(content=form, items=[YES], by=by, as_role=as_role, at=NOON)


def test_what_is_shipped_needs_no_confirmation_and_takes_none() -> None:
    library.load_shipped(at=NOON)
    phq9 = ContentVersion.objects.get(kind="instrument", key="phq9")
    with pytest.raises(library.HarmNotConfirmed, match="Only imported questionnaires"):
        confirm(phq9, YES)


def test_the_signer_of_a_form_reads_what_was_confirmed(form) -> None:
    assert to_confirm(form.pk) == ()
    confirm(form, YES, {"item": "boil", "asks_about_harm": False})
    assert to_confirm(form.pk) == (
        "harm asks about harm, confirmed by nurse.rheum: an alert after yes, and when it is "
        "declined: Talk with the patient before they leave",
        "boil does not ask about harm, confirmed by nurse.rheum.",
    )


def test_the_newest_form_of_a_key_counts(form) -> None:
    key = form_of(form.pk).key
    load("form", json.dumps(FORM | {"version": "2"}))
    assert {name: one.version for name, one in newest_forms().items()} == {key: "2"}
    assert form_of(form.pk).version == "1"


def test_a_form_is_not_called_like_an_instrument() -> None:
    library.load_shipped(at=NOON)
    named = json.dumps(FORM | {"url": "https://forms.example/phq9"})
    with pytest.raises(ContentRefused, match="phq9 is an instrument of this library already"):
        load("form", named)


def test_a_form_whose_paths_are_too_long_to_keep_is_refused() -> None:
    deep = {"linkId": "end", "type": "string", "text": "?"}
    for number in range(3):
        deep = {
            "linkId": f"{number}" + "x" * 240, "type": "group", "repeats": True, "text": "?",
            "item": [deep],
        }  # fmt: skip
    text = json.dumps(FORM | {"item": [deep]})
    with pytest.raises(ContentRefused, match="at most 600 can be kept"):
        load("form", text)
