"""Wording packs in the library: offered with a licence and a signature, kept for ever (H4, H7)."""

import json
from datetime import timedelta

import pytest

from imparts.audit.models import AuditEntry
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.library.queries import (
    instrument_of,
    instruments_for,
    languages_of,
    left_out_for,
    licence_line,
    pack_of,
    why_not_offered,
    wording_of,
)
from imparts.rules.content import ContentRefused
from tests.apps.informatics.questionnaires.in_cy import page_words
from tests.apps.library.invented import (
    LAST_DAY,
    load_clinic_pack,
    load_structure,
    load_wording,
    sign,
    sign_everything,
)
from tests.builders import NOON, TODAY
from tests.rules.wording.invented import PACK, pack, shipped, translation_of

pytestmark = pytest.mark.django_db
AFTER = LAST_DAY + timedelta(days=1)


@pytest.fixture
def clinic():
    """The shipped library, the Kettle Scale, and a pack that asks it; the wording is not there."""
    library.load_shipped(at=NOON)
    load_structure()
    content = load_clinic_pack()
    sign_everything()
    return pack_of(content.pk)


def asked(clinic, *, language: str = "en", on=TODAY):
    """The version of the Kettle Scale that is asked, if any."""
    return instruments_for(clinic, language=language, on=on).get("kettle")


def test_a_structure_without_words_is_never_offered_not_even_in_the_demo(clinic, settings) -> None:
    settings.IMPARTS_DEMO = True
    assert asked(clinic) is None
    assert left_out_for(clinic, on=TODAY) == (
        ("kettle", "There is no wording of it here. A site with a licence loads the wording that "
         "came with it."),
    )  # fmt: skip


def test_a_licensed_wording_stands_in_for_its_structure_once_it_is_signed(clinic) -> None:
    wording = load_wording()
    assert asked(clinic) is None
    sign(wording)
    assert asked(clinic) == wording
    assert left_out_for(clinic, on=TODAY) == ()


def test_the_last_day_of_a_licence_still_counts_and_the_next_does_not(clinic) -> None:
    wording = load_wording()
    sign(wording)
    assert asked(clinic, on=LAST_DAY) == wording
    assert why_not_offered(wording, on=LAST_DAY) is None
    assert asked(clinic, on=AFTER) is None
    ended = "Its licence from The Kettle Institute (invented) ended on 31 March 2027."
    assert left_out_for(clinic, on=AFTER) == (("kettle", ended),)


def test_the_demonstration_does_not_lengthen_a_licence(clinic, settings) -> None:
    settings.IMPARTS_DEMO = True
    wording = load_wording()
    assert asked(clinic, on=LAST_DAY) == wording
    assert asked(clinic, on=AFTER) is None


def test_a_licence_says_how_long_it_still_holds() -> None:
    load_structure()
    wording = load_wording()
    begins = "Licence from The Kettle Institute (invented), number KI-0001: "
    for on, said in (
        (LAST_DAY - timedelta(days=2), "ends on 31 March 2027, in 2 days."),
        (LAST_DAY, "ends today; today it still holds."),
        (AFTER, "ended on 31 March 2027."),
    ):
        assert licence_line(wording.pk, on=on) == begins + said


def test_each_language_of_a_pack_is_offered_and_no_other(clinic) -> None:
    sign(load_wording())
    assert languages_of("kettle", on=TODAY) == {"en-GB": "British English", "cy": "Welsh"}
    assert asked(clinic, language="cy") is not None
    assert asked(clinic, language="pl") is None


def test_where_there_is_no_official_version_an_interpreter_is_offered(clinic) -> None:
    sign(load_wording())
    assert dict(left_out_for(clinic, language="cy", on=TODAY)) == {
        "phq9": "There is no official Welsh version of PHQ-9 here. Offer an interpreter.",
        "gad7": "There is no official Welsh version of GAD-7 here. Offer an interpreter.",
        "smoking_core": "There is no official Welsh version of Smoking here. Offer an interpreter.",
    }


def test_a_translation_of_a_free_instrument_is_offered_in_its_language_alone(clinic) -> None:
    text = json.dumps(translation_of(shipped("gad7"), "cy"))
    translated = load_wording(text=text)
    assert "gad7" not in instruments_for(clinic, language="cy", on=TODAY)
    sign(translated)
    assert instruments_for(clinic, language="cy", on=TODAY)["gad7"] == translated
    english = instruments_for(clinic, language="en", on=TODAY)["gad7"]
    assert english.kind == "instrument"
    assert instrument_of(translated.pk, "cy").stem.startswith("[cy] ")


def test_a_newer_wording_replaces_the_older_only_when_it_is_signed(clinic) -> None:
    old = load_wording()
    sign(old)
    new = load_wording(version="2")
    assert asked(clinic) == old
    sign(new)
    assert asked(clinic) == new


def test_a_newer_wording_without_a_language_leaves_the_older_one_in_it(clinic) -> None:
    old = load_wording()
    sign(old)
    english = {"en-GB": pack()["languages"]["en-GB"]}
    sign(load_wording(version="2", languages=english))
    assert asked(clinic, language="cy") == old
    assert asked(clinic, language="en") != old


def test_a_renewed_licence_goes_on_where_the_old_one_ended(clinic) -> None:
    sign(load_wording())
    renewed = load_wording(version="2", licence=pack()["licence"] | {"expires": "2028-03-31"})
    sign(renewed)
    assert asked(clinic, on=AFTER) == renewed


def test_a_version_that_was_withdrawn_is_offered_no_more_and_the_one_before_it_is(clinic) -> None:
    old = load_wording()
    sign(old)
    new = load_wording(version="2")
    sign(new)
    library.withdraw(content=new, why="Question 2 was mistyped.", by="lead", at=NOON)
    assert asked(clinic) == old
    said = "It was withdrawn on 17 November 2026: Question 2 was mistyped."
    assert why_not_offered(new, on=TODAY) == said


def test_a_translation_of_a_version_that_was_withdrawn_is_offered_no_more(clinic) -> None:
    translated = load_wording(text=json.dumps(translation_of(shipped("gad7"), "cy")))
    sign(translated)
    english = ContentVersion.objects.get(kind="instrument", key="gad7")
    library.withdraw(content=english, why="A threshold was wrong.", by="lead", at=NOON)
    assert "gad7" not in instruments_for(clinic, language="cy", on=TODAY)
    said = (
        f"gad7 {english.version}, on which it is built, was withdrawn on 17 November 2026: "
        "A threshold was wrong."
    )
    assert why_not_offered(translated, on=TODAY) == said
    assert dict(left_out_for(clinic, language="cy", on=TODAY))["gad7"] == said


def test_a_translation_of_another_version_stays_when_one_is_withdrawn(clinic) -> None:
    english = ContentVersion.objects.get(kind="instrument", key="gad7")
    later = english.body.replace(f'version = "{english.version}"', 'version = "later"')
    withdrawn = library.load_file(kind="instrument", text=later, at=NOON)
    translated = load_wording(text=json.dumps(translation_of(shipped("gad7"), "cy")))
    sign(translated)
    library.withdraw(content=withdrawn, why="A slip.", by="lead", at=NOON)
    assert instruments_for(clinic, language="cy", on=TODAY)["gad7"] == translated


def test_a_wording_keeps_the_structure_that_it_was_made_for(clinic) -> None:
    wording = load_wording()
    body = ContentVersion.objects.get(pk=wording.pk).body
    assert "Invented. There is no such instrument." in body
    assert wording_of(wording.pk).structure == "2026-11-21"
    made = instrument_of(wording.pk)
    assert (made.language, made.items[0].text) == ("en-GB", "The kettle was slow to boil")
    assert instrument_of(wording.pk, "cy").items[0].text == "[second language] Slow to boil"


def test_a_wording_for_an_unknown_instrument_or_version_is_refused() -> None:
    with pytest.raises(ContentRefused, match="kettle is not an instrument of this library"):
        load_wording()
    load_structure()
    with pytest.raises(ContentRefused, match=r"no version .older. here.*2026-11-21"):
        load_wording(structure="older")


def test_the_same_wording_is_loaded_once_and_another_needs_a_version_of_its_own() -> None:
    load_structure()
    load_wording()
    again = library.load_file(kind="wording", text=PACK, at=NOON, is_shipped=False, by="x")
    assert again is None
    with pytest.raises(ContentRefused, match="a version of its own"):
        load_wording(authored_by="Somebody else")


def test_who_loaded_it_is_kept_and_audited() -> None:
    load_structure()
    wording = load_wording(by="librarian")
    assert (wording.loaded_by, wording.is_shipped) == ("librarian", False)
    entry = AuditEntry.objects.get(did="loaded content")
    assert (entry.who, entry.about) == ("librarian", "wording kettle 1")


@pytest.mark.parametrize(("days", "is_kept"), [(0, True), (1, False)])
def test_a_text_approved_on_a_day_to_come_is_refused_with_a_sentence(days, is_kept) -> None:
    load_structure()
    languages = pack()["languages"]
    languages["cy"]["dated"] = (TODAY + timedelta(days=days)).isoformat()
    if is_kept:
        assert load_wording(languages=languages).key == "kettle"
        return
    with pytest.raises(ContentRefused, match="that day has not come yet") as refused:
        load_wording(languages=languages)
    assert str(refused.value).startswith("kettle, languages, cy: dated is 18 November 2026")
    assert not ContentVersion.objects.filter(kind="wording").exists()


def test_words_of_the_pages_dated_tomorrow_are_refused_with_a_sentence() -> None:
    text = page_words(dated=TODAY + timedelta(days=1))
    with pytest.raises(ContentRefused, match="page words, cy: dated is 18 November 2026"):
        library.load_file(kind="page_words", text=text, at=NOON, is_shipped=False, by="loader")
