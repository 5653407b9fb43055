"""Try it: one instrument alone, as a patient sees it, from its passport; nothing is stored."""

from html import unescape

import pytest
from django.apps import apps

from imparts.library.models import ContentVersion
from imparts.library.queries import newest_instruments
from tests.apps.authoring.composed import ON_A_MORNING, browser_of, text_of
from tests.apps.authoring.test_previewing import answer, rows_in_every_table, walk
from tests.apps.library.invented import load_structure, load_wording
from tests.builders import a_service, staff_with

pytestmark = ON_A_MORNING


@pytest.fixture
def reader():
    return browser_of(staff_with("receptionist", a_service(with_content=False)))


def version(key: str) -> ContentVersion:
    return ContentVersion.objects.get(kind="instrument", key=key)


def trying(content: ContentVersion, language: str = "en-GB") -> str:
    return f"/library/preview/instrument-{language}/{content.pk}/"


def test_a_passport_leads_to_its_preview_and_the_preview_back(reader) -> None:
    phq9 = version("phq9")
    assert f'href="{trying(phq9)}?again=1"' in text_of(reader.get("/library/phq9/"))
    assert reader.get(f"{trying(phq9)}?again=1")["Location"] == trying(phq9)
    page = text_of(reader.get(trying(phq9)))
    assert "Try it: PHQ-9" in page and "Preview: nothing is stored" in page
    assert f'src="{trying(phq9)}q/phq9/q1/"' in page
    assert f"/library/phq9/{phq9.pk}/?language=en-GB" in page
    assert "All questions on one page" not in page


def test_every_instrument_with_wording_is_walked_to_its_end_and_stores_nothing(reader) -> None:
    before = rows_in_every_table()
    for key, instrument in newest_instruments().items():
        where = trying(version(key))
        if not instrument.has_wording:
            assert reader.get(where).status_code == 404, key
            continue
        around = reader.get(f"{where}?again=1", follow=True)
        inside = text_of(around).split("<iframe", 1)[1].split('src="', 1)[1].split('"', 1)[0]
        assert reader.get(inside).status_code == 200, key
        first = {f"{key}/{i.id}": str(i.options[0].value) for i in instrument.items if i.options}
        assert walk(reader, unescape(inside), **first)[-1] == f"{where}check/", key
    assert rows_in_every_table() == before


def test_only_this_instrument_is_asked_and_its_first_question_has_nothing_before_it(reader) -> None:
    where = trying(version("phq9"))
    first = text_of(reader.get(f"{where}q/phq9/q1/"))
    assert "<b>Preview</b><span>Nothing is stored</span>" in first and ">Back<" not in first
    assert ">Back<" in text_of(reader.get(f"{where}q/phq9/q2/"))
    assert reader.get(f"{where}q/gad7/q1/").status_code == 404


def test_the_calm_page_follows_item_9_and_no_alert_is_raised(reader) -> None:
    where = trying(version("phq9"))
    answer(reader, f"{where}q/phq9/q9/", "2")
    assert walk(reader, f"{where}q/phq9/q1/", **{"phq9/q9": "2"})[-2] == f"{where}calm/"
    assert "We are glad you told us" in text_of(reader.get(f"{where}calm/"))
    assert not apps.get_model("pathways", "Alert").objects.exists()


def test_a_translation_is_tried_in_its_own_language(reader) -> None:
    load_structure()
    wording = load_wording()
    passport = text_of(reader.get(f"/library/kettle/{wording.pk}/?language=cy"))
    assert f'href="{trying(wording, "cy")}?again=1"' in passport
    page = text_of(reader.get(trying(wording, "cy")))
    assert "The questions stand in Welsh, the pages around in English." in page
    english = text_of(reader.get(f"{trying(wording)}q/kettle/q1/"))
    welsh = text_of(reader.get(f"{trying(wording, 'cy')}q/kettle/q1/"))
    said = newest_words(wording, "cy")
    assert said in welsh and said not in english


def newest_words(wording: ContentVersion, language: str) -> str:
    """The first question of a wording in a language."""
    from imparts.library.queries import instrument_of

    return instrument_of(wording.pk, language).items[0].text


def test_a_language_or_a_version_that_is_not_there_is_not_found(reader) -> None:
    phq9, pack = version("phq9"), ContentVersion.objects.filter(kind="pack").first()
    assert reader.get(trying(phq9, "cy")).status_code == 404
    assert reader.get(trying(pack)).status_code == 404
    assert reader.get("/library/preview/instrument-en-GB/999999/").status_code == 404


def test_a_structure_without_words_offers_no_trying(reader) -> None:
    assert "Try it" not in text_of(reader.get("/library/hads/"))
