"""The library: every instrument in a row, found by words and by whether it may be asked here."""

import json
import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from imparts.access.roles import ROLES, May
from imparts.authoring.pages.standing import in_full, in_short
from imparts.authoring.queries.library import ENDED, NOT_HERE, OFFERED, STRUCTURE, Standing
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.rules.passport.themes import OTHERS, THEMES
from tests.apps.workspace.given import signed_in, text_of
from tests.builders import NOON, TODAY, a_service

pytestmark = pytest.mark.django_db
ADDRESS = "/library/"


def seen(client, query: str = "", role: str = "nurse") -> str:
    """The page as text, as one role sees it."""
    reader = signed_in(client, role, a_service(with_content=False))
    answer = reader.get(ADDRESS + query)
    assert answer.status_code == 200
    return unescape(text_of(answer))


def names(page: str) -> list[str]:
    """The instruments of the rows, in order."""
    return re.findall(r'<th scope="row"><a [^>]*><b>([^<]+)</b>', page)


@pytest.mark.usefixtures("everything_shipped")
def test_every_instrument_of_the_library_has_a_row(client) -> None:
    here = ContentVersion.objects.filter(kind="instrument").count()
    page = seen(client)
    assert here == 47 and len(names(page)) == here
    assert "47 instruments: 20 with wording, 27 as structure only." in page


@pytest.mark.usefixtures("everything_shipped")
def test_every_instrument_stands_in_a_group_of_its_own_kind(client) -> None:
    page = seen(client)
    assert OTHERS not in page
    assert [title for title, _ in THEMES if title not in page] == []


@pytest.mark.usefixtures("everything_shipped")
def test_a_search_looks_into_names_titles_and_what_is_measured(client) -> None:
    assert names(seen(client, "?q=phq-15")) == ["PHQ-15"]
    assert names(seen(client, "?q=edinburgh+postnatal")) == ["EPDS"]
    assert names(seen(client, "?q=haq_di")) == ["HAQ-DI"]
    assert set(names(seen(client, "?q=loneliness"))) == {"UCLA-3"}


@pytest.mark.usefixtures("everything_shipped")
def test_a_search_for_the_clinical_word_finds_what_the_files_call_otherwise(client) -> None:
    assert {"PHQ-9", "EPDS", "HADS"} <= set(names(seen(client, "?q=depression")))
    assert {"GAD-7", "HADS"} <= set(names(seen(client, "?q=anxiety")))
    assert "PHQ-9" in names(seen(client, "?q=sad"))


@pytest.mark.usefixtures("everything_shipped")
def test_a_search_keeps_what_was_typed_and_counts_what_it_found(client) -> None:
    page = seen(client, "?q=diabetes")
    assert 'value="diabetes"' in page
    assert "2 found for “diabetes”." in page


@pytest.mark.usefixtures("everything_shipped")
def test_a_search_that_finds_nothing_says_so_and_what_to_try(client) -> None:
    page = seen(client, "?q=unicorns")
    assert names(page) == []
    assert "Nothing was found for “unicorns”. Try a shorter word" in page


@pytest.mark.usefixtures("everything_shipped")
def test_hostile_text_is_shown_as_text(client) -> None:
    reader = signed_in(client, "nurse", a_service(with_content=False))
    page = text_of(reader.get(ADDRESS, {"q": "\"><script>alert('x')</script>\0"}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.usefixtures("everything_shipped")
def test_a_text_of_a_million_letters_is_cut_short(client) -> None:
    reader = signed_in(client, "nurse", a_service(with_content=False))
    assert len(reader.get(ADDRESS, {"q": "x" * 1_000_000}).content) < 50_000


@pytest.mark.usefixtures("everything_shipped", "in_the_demo")
def test_filters_are_links_that_keep_the_search(client) -> None:
    page = seen(client, "?q=mood&show=structure")
    assert names(page) == ["EPDS", "HADS"]
    assert '<a href="?q=mood&show=offered">Offered here</a>' in page
    assert '<a href="?q=mood&show=structure" aria-current="true">Structure only</a>' in page


@pytest.mark.usefixtures("everything_shipped")
def test_what_nobody_has_signed_is_not_offered_on_a_real_site(client) -> None:
    page = seen(client)
    assert "0 may be asked here today." in page
    assert page.count("<td>Not signed here</td>") == 20
    assert page.count("<td>Structure only: needs a licensed wording</td>") == 27


@pytest.mark.usefixtures("everything_shipped")
def test_a_signature_makes_an_instrument_offered(client) -> None:
    phq9 = ContentVersion.objects.get(key="phq9")
    library.sign(content=phq9, by="c.one", as_role="Consultant", statement="I checked it.", at=NOON)
    page = seen(client, "?show=offered")
    assert names(page) == ["PHQ-9"] and "<td>Offered</td>" in page


def test_an_empty_library_says_so(client) -> None:
    assert "0 instruments" in seen(client)


def test_an_unknown_filter_shows_everything(client) -> None:
    library.load_shipped(at=NOON)
    assert len(names(seen(client, "?show=nonsense"))) == 47


@pytest.mark.parametrize(("standing", "short", "full"), [
    (Standing(OFFERED, is_signed=True), "Offered", "Offered here."),
    (Standing(OFFERED, is_signed=True, licence_ends=date(2026, 11, 27)),
     "Offered; licence ends in 10 days",
     "Offered here. Its licence ends on 27 November 2026, in 10 days."),
    (Standing(OFFERED, is_signed=True, licence_ends=date(2028, 1, 1)), "Offered",
     "Offered here. Its licence ends on 1 January 2028."),
    (Standing(OFFERED, is_signed=True, licence_ends=TODAY), "Offered; licence ends today",
     "Offered here. Its licence ends on 17 November 2026, today."),
    (Standing(ENDED, "It ended.", licence_ends=date(2026, 1, 5)),
     "Licence ended on 5 January 2026", "Not offered here. It ended."),
    (Standing(STRUCTURE, "No words."), "Structure only: needs a licensed wording",
     "Not offered here. No words."),
    (Standing(NOT_HERE, "Unsigned."), "Not signed here", "Not offered here. Unsigned."),
])  # fmt: skip
def test_whether_it_may_be_asked_is_said_in_words(standing, short, full) -> None:
    assert in_short(standing, on=TODAY) == short
    assert in_full(standing, on=TODAY) == full


def test_every_role_of_this_site_may_look_things_up_and_those_of_others_may_not() -> None:
    may_not = {code for code, role in ROLES.items() if May.SEE_LIBRARY not in role.may}
    assert may_not == {"commissioner", "gp"}


def test_the_menu_leads_to_the_library(client) -> None:
    assert f'<a href="{ADDRESS}" aria-current="page">Library' in seen(client, role="trainer")
    assert reverse("authoring:library") == ADDRESS


def test_a_commissioner_is_refused_and_a_stranger_is_led_to_sign_in(client) -> None:
    assert client.get(ADDRESS)["Location"].startswith("/sign-in/login/")
    reader = signed_in(client, "commissioner", a_service(with_content=False))
    assert reader.get(ADDRESS).status_code == 403


KETTLES = {
    "resourceType": "Questionnaire", "url": "https://example.org/kettles", "version": "3",
    "title": "Kettles of the house", "status": "active",
    "item": [
        {"linkId": "1", "text": "Do you own a kettle?", "type": "boolean"},
        {"linkId": "2", "text": "How many?", "type": "integer"},
        {"linkId": "3", "text": "Thank you.", "type": "display"},
    ],
}  # fmt: skip


@pytest.mark.usefixtures("everything_shipped")
def test_a_questionnaire_that_was_brought_in_stands_in_a_group_of_its_own(client) -> None:
    made = library.load_file(
        kind="form", text=json.dumps(KETTLES), at=NOON, is_shipped=False, by="a.nurse"
    )
    page = seen(client, "?q=kettles")
    assert names(page) == ["Kettles of the house"]
    assert "Questionnaires brought in here" in page
    assert f'<a href="/library/imports/{made.pk}/">' in page
    assert '<td class="right">2</td>' in page and "<td>Not signed here</td>" in page
    assert "1 questionnaire brought in here." in page
    assert "47 instruments: 20 with wording" in page
