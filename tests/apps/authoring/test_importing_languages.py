"""Bringing in a language: words of the pages and texts for patients come in where all files do."""

import pytest

from imparts.library.models import ContentVersion
from imparts.library.queries import languages_on_offer, pack_of, page_words_of, sentences
from tests.apps.authoring.brought import bring
from tests.apps.authoring.composed import (
    ON_A_MORNING,
    sign,
    sign_what_is_shipped,
    text_of,
)
from tests.apps.informatics.questionnaires import in_cy
from tests.builders import TODAY

pytestmark = ON_A_MORNING


def test_words_of_the_pages_are_kept_and_signed_by_a_second_person(people) -> None:
    nurse, consultant = people
    answer = bring(nurse, in_cy.page_words(), "cy.toml")
    made = ContentVersion.objects.get(kind="page_words")
    where = f"/library/versions/{made.pk}/"
    assert answer["Location"] == where and made.key == "cy" and made.loaded_by == "nurse.one"
    page = text_of(consultant.get(where))
    assert "The tablet's pages in Cymraeg" in page and "Invented authority, 17 November" in page
    assert f"<td>{in_cy.MARK}Continue</td>" in page
    assert f'value="{made.pk}"' in text_of(consultant.get("/library/signing/"))
    consultant.post(f"{where}sign/", {"stands_for_it": "on"})
    assert made.signatures.get().signed_by == "consultant.one"
    assert "It may be used at this site." in text_of(nurse.get("/library/imports/"))


def test_texts_for_patients_of_a_nation_and_language_are_kept_under_both(people) -> None:
    answer = bring(people[0], in_cy.patient_texts(), "england-cy.toml")
    made = ContentVersion.objects.get(kind="patient_text", key="england.cy")
    assert answer["Location"] == f"/library/versions/{made.pk}/"
    listed = text_of(people[0].get("/library/imports/"))
    assert "What patients in England are told" in listed and "Texts for patients" in listed


def test_a_language_that_was_brought_in_whole_is_offered_once_all_is_signed(people) -> None:
    sign_what_is_shipped()
    in_cy.load(words=False, texts=False)
    for text in (in_cy.page_words(), in_cy.patient_texts()):
        assert bring(people[0], text, "cy.toml").status_code == 302
    pack = pack_of(ContentVersion.objects.get(key="rheumatology_outpatient").pk)
    mine = list(ContentVersion.objects.filter(is_shipped=False).order_by("id"))
    for content in mine:
        assert "cy" not in languages_on_offer(pack, "england", on=TODAY)
        sign(content)
    assert languages_on_offer(pack, "england", on=TODAY)["cy"] == "Cymraeg"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('language = "cy"\nname = ', "not valid TOML"),
        ('id = "x"\ntitle = "y"\n', "neither words of the tablet's pages nor texts for patients"),
        ("language = 'cy'\n[words]\n", "name is missing"),
        ("nation = 'mars'\n[calm]\n", "it must be one of england"),
        ("nation = 'wales'\nlanguage = 'cy'\n[calm]\n", "Wales: name is missing"),
        ("a = 1\nx = " + "[" * 3000, "nested too deeply"),
        ("Dear colleague,\nhere are the words.\n", "This file is not JSON."),
    ],
)
def test_a_slip_in_a_file_of_a_language_is_a_sentence(people, text: str, said: str) -> None:
    answer = bring(people[0], text, "cy.toml")
    assert answer.status_code == 422 and said in text_of(answer)
    assert not ContentVersion.objects.filter(is_shipped=False).exists()


def test_a_sentence_left_out_is_named(people) -> None:
    words = {one: in_cy.MARK + one for one in sentences() if one != "Continue"}
    answer = bring(people[0], in_cy.page_words(words=words), "cy.toml")
    assert answer.status_code == 422 and '"Continue" is not translated' in text_of(answer)


def test_words_that_the_program_has_outgrown_are_said_to_be_shown_to_nobody(
    people, monkeypatch
) -> None:
    bring(people[0], in_cy.page_words(), "cy.toml")
    made = ContentVersion.objects.get(kind="page_words")
    monkeypatch.setattr(
        "imparts.library.queries.reading.sentences", lambda: (*sentences(), "A new sentence.")
    )
    page_words_of.cache_clear()
    page = text_of(people[1].get(f"/library/versions/{made.pk}/"))
    page_words_of.cache_clear()
    assert "lack a sentence that the pages of this version of imparts say" in page
