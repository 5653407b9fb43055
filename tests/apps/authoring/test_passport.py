"""The passport page of every instrument, all of them on one page, and one as a FHIR file."""

import json
from html import unescape

import pytest
from freezegun import freeze_time

from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.library.queries import newest_instruments
from imparts.rules.content import read_toml
from tests.apps.library.invented import load_structure, load_wording, sign
from tests.apps.workspace.given import BACKEND, signed_in, text_of
from tests.builders import NOON, a_service, staff_with
from tests.rules.wording.invented import PACK

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    """A nurse, and everything that is shipped."""
    library.load_shipped(at=NOON)
    return signed_in(client, "nurse", a_service(with_content=False))


def reader_again():
    """Someone to sign in anew, on another day."""
    return staff_with("nurse", a_service(with_content=False))


def page_of(reader, address: str) -> str:
    """What stands on a page."""
    answer = reader.get(address)
    assert answer.status_code == 200, address
    return unescape(text_of(answer))


def test_every_instrument_has_a_passport_that_can_be_read(reader) -> None:
    everything = newest_instruments()
    assert len(everything) == 47
    for name, instrument in everything.items():
        page = page_of(reader, f"/library/{name}/")
        assert f"<h1>{instrument.short_title}</h1>" in page
        for heading in ("How it is scored", "When answers are missing", "What may not be done"):
            assert f"<h2>{heading}</h2>" in page, (name, heading)
        assert not any(leak in page for leak in ("Decimal(", "=None", "{'")), name


def test_a_passport_says_whether_it_is_offered_and_that_nobody_has_checked_it(reader) -> None:
    page = page_of(reader, "/library/phq9/")
    assert "Not offered here. It may not be used here until a clinician has signed it." in page
    assert "No clinician has checked this file yet." in page


def test_the_notice_stands_on_the_page_and_on_paper(reader) -> None:
    notice = newest_instruments()["core10"].rights.notice
    assert page_of(reader, "/library/core10/").count(notice) >= 3


def test_a_structure_shows_no_wording_and_says_what_it_needs(reader) -> None:
    page = page_of(reader, "/library/hads/")
    assert "A site with a licence loads the wording that came with it." in page
    assert "(wording not held here)" in page
    assert "Anxiety = q1 + q3 + q5 + q7 + q9 + q11 + q13" in page


def test_signatures_made_here_are_named_with_what_was_accepted(reader) -> None:
    phq9 = ContentVersion.objects.get(key="phq9")
    library.sign(content=phq9, by="c.one", as_role="Consultant", statement="I checked it.", at=NOON)
    page = page_of(reader, "/library/phq9/")
    assert "Signed by c.one, Consultant, 17 November 2026: I checked it." in page
    assert "Offered here." in page


def test_an_older_version_keeps_its_own_page(reader) -> None:
    old = ContentVersion.objects.get(key="phq9")
    body = old.body.replace(f'version = "{old.version}"', 'version = "2027-01-01"')
    assert read_toml(body, "instrument").words("version") == "2027-01-01"
    library.load_file(kind="instrument", text=body, at=NOON)
    page = page_of(reader, "/library/phq9/")
    assert "<b>2027-01-01, as shipped</b>" in page
    assert f'<a href="/library/phq9/{old.pk}/">{old.version}, as shipped</a>' in page
    assert f"Version {old.version}</p>" in page_of(reader, f"/library/phq9/{old.pk}/")


def test_what_is_not_there_is_not_found(reader) -> None:
    other = ContentVersion.objects.get(key="gad7")
    for address in ("unicorns/", "phq9/0/", f"phq9/{other.pk}/", "phq9/0/questionnaire.json"):
        assert reader.get(f"/library/{address}").status_code == 404, address


def test_a_language_that_is_not_there_shows_one_that_is(reader) -> None:
    assert "Little interest or pleasure" in page_of(reader, "/library/phq9/?language=<tlh>")


def test_the_file_is_a_fhir_questionnaire_to_be_kept(reader) -> None:
    phq9 = ContentVersion.objects.get(key="phq9")
    answer = reader.get(f"/library/phq9/{phq9.pk}/questionnaire.json")
    assert answer["Content-Type"] == "application/fhir+json"
    assert answer["Content-Disposition"] == f'attachment; filename="phq9-{phq9.version}.json"'
    assert json.loads(answer.content)["resourceType"] == "Questionnaire"


def test_all_passports_can_be_printed_from_one_page(reader) -> None:
    page = page_of(reader, "/library/guide/")
    assert page.count('<article class="sheet"') == 47
    for name, instrument in newest_instruments().items():
        said = instrument.title.removesuffix(f" ({instrument.short_title})")
        assert f'id="{name}"' in page and said in page


def test_signed_out_a_passport_leads_to_signing_in(client) -> None:
    assert client.get("/library/phq9/")["Location"].startswith("/sign-in/login/")


def test_a_licensed_wording_stands_in_for_its_structure_and_is_not_handed_out(reader) -> None:
    structure = load_structure()
    assert "There is no wording of it here." in page_of(reader, "/library/kettle/")
    wording = load_wording()
    sign(wording)
    page = page_of(reader, "/library/kettle/")
    assert "Its licence ends on 31 March 2027" in page
    assert "A licensed wording is not handed out as a file." in page
    assert reader.get(f"/library/kettle/{wording.pk}/questionnaire.json").status_code == 404
    assert f'<a href="/library/kettle/{structure.pk}/">' in page
    assert wording.version + ", with a licensed wording or a translation</b>" in page


def test_each_language_of_a_wording_has_its_own_passport(reader) -> None:
    load_structure()
    wording = load_wording()
    sign(wording)
    english = page_of(reader, "/library/kettle/")
    assert f'<a href="/library/kettle/{wording.pk}/?language=cy">Welsh</a>' in english
    welsh = page_of(reader, f"/library/kettle/{wording.pk}/?language=cy")
    assert "<b>Welsh</b>" in welsh and welsh != english


def test_after_its_licence_has_ended_the_passport_says_so(reader) -> None:
    load_structure()
    sign(load_wording())
    with freeze_time("2027-04-02"):
        reader.force_login(reader_again(), backend=BACKEND)
        page = page_of(reader, "/library/kettle/")
        assert "Not offered here. Its licence from" in page and "31 March 2027" in page
        assert "<td>Licence ended on 31 March 2027</td>" in page_of(reader, "/library/?show=ended")


def test_the_owners_of_codes_are_named_where_their_codes_stand(reader) -> None:
    assert "Regenstrief Institute" in page_of(reader, "/library/phq9/")
    assert "Regenstrief Institute" not in page_of(reader, "/library/hads/")


def test_the_guide_leaves_licensed_wordings_out(reader) -> None:
    load_structure()
    sign(load_wording())
    page = page_of(reader, "/library/guide/")
    text = json.loads(PACK)["languages"]["en-GB"]["items"]["q1"]["text"]
    assert text in page_of(reader, "/library/kettle/") and text not in page
