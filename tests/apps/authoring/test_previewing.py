"""Preview: the tablet's own pages, branching as they do, and nothing stored anywhere."""

import pytest
from django.apps import apps

from imparts.authoring.actions import drafting
from imparts.authoring.views.walking import COOKIE
from imparts.library.models import ContentVersion
from imparts.rules.packs import draft as rules
from tests.apps.authoring.composed import ON_A_MORNING, a_copy, a_draft, browser_of, text_of
from tests.builders import NOON, a_service, staff_with

pytestmark = [*ON_A_MORNING, pytest.mark.usefixtures("in_the_demo")]


def preview(row) -> str:
    return f"/library/preview/draft/{row.pk}/"


def rows_in_every_table() -> dict[str, int]:
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.managed
    }


def answer(browser, where: str, value: str) -> str:
    """Answer the question at an address; the address that it leads to."""
    response = browser.post(where, {"a": value})
    assert response.status_code == 302, text_of(response)
    return response["Location"]


def walk(browser, where: str, **values: str) -> list[str]:
    """Answer every question, 0 unless `values` says otherwise; every page that was met."""
    seen = [where]
    for _ in range(80):
        if where.endswith("/check/"):
            return seen
        if where.endswith("/calm/"):
            where = browser.post(where, {"talk": "later"})["Location"]
        else:
            where = answer(browser, where, values.get("/".join(where.split("/")[-3:-1]), "0"))
        seen.append(where)
    raise AssertionError("the preview never ends")


def test_a_walk_through_a_whole_pack_stores_nothing_in_any_table(service, nurse) -> None:
    row = a_copy(service)
    before = rows_in_every_table()
    nurse.get(preview(row))
    start = nurse.post(f"{preview(row)}before/", {"helper": "nobody"})["Location"]
    seen = walk(nurse, start, **{"phq9/q9": "3", "smoking_core/q1": "3"})
    assert any(where.endswith("/calm/") for where in seen)
    nurse.get(f"{preview(row)}check/")
    nurse.get(f"{preview(row)}questions/")
    assert rows_in_every_table() == before


def test_it_looks_as_on_the_tablet_and_says_that_it_is_a_preview(service, nurse) -> None:
    row = a_draft(service)
    page = text_of(nurse.get(f"{preview(row)}q/phq9/q9/"))
    item = "Thoughts that you would be better off dead or of hurting yourself in some way"
    assert item in page and "Over the last 2 weeks, how often" in page
    assert 'class="patient' in page and "design/patient/question.css" in page
    assert "<b>Preview</b><span>Nothing is stored</span>" in page
    around = text_of(nurse.get(preview(row)))
    assert "Preview: nothing is stored" in around and "<iframe" in around


def test_an_answer_brings_in_what_depends_on_it_and_a_change_takes_it_away(service, nurse) -> None:
    row = a_copy(service)
    smoking = f"{preview(row)}q/smoking_core/q1/"
    hsi = f"{preview(row)}q/hsi/q1/"
    assert nurse.get(hsi).status_code == 404
    answer(nurse, smoking, "3")
    assert nurse.get(hsi).status_code == 200
    answer(nurse, smoking, "0")
    assert nurse.get(hsi).status_code == 404


def test_an_answer_given_is_there_when_one_comes_back(service, nurse) -> None:
    where = f"{preview(a_draft(service))}q/phq9/q1/"
    answer(nurse, where, "2")
    assert 'value="2" checked' in text_of(nurse.get(where))


def test_the_calm_page_follows_item_9_and_no_alert_is_raised(service, nurse) -> None:
    row = a_draft(service)
    answer(nurse, f"{preview(row)}q/phq9/q9/", "1")
    calm = nurse.get(f"{preview(row)}calm/")
    assert "We are glad you told us" in text_of(calm)
    assert not apps.get_model("pathways", "Alert").objects.exists()


def test_no_choice_is_said_as_on_the_tablet(service, nurse) -> None:
    where = f"{preview(a_draft(service))}q/phq9/q1/"
    for given in ({}, {"a": "17"}, {"a": "<b>"}):
        refused = nurse.post(where, given)
        assert refused.status_code == 400 and "Choose one" in text_of(refused)


def test_the_answers_stand_in_no_address(service, nurse) -> None:
    row = a_copy(service)
    start = nurse.post(f"{preview(row)}before/", {"helper": "nobody"})["Location"]
    for where in walk(nurse, start, **{"phq9/q9": "3"}):
        assert "?" not in where and "=" not in where


def test_only_our_own_pages_may_frame_it_and_only_inside(service, nurse) -> None:
    row = a_draft(service)
    inside = nurse.get(f"{preview(row)}q/phq9/q1/")
    assert inside["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in inside["Content-Security-Policy"]
    around = nurse.get(preview(row))
    assert around["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in around["Content-Security-Policy"]


@pytest.mark.parametrize("cookie", ["", "x", "W10:1abc:xyz", "a" * 5000])
def test_a_cookie_that_we_did_not_make_begins_anew(service, nurse, cookie: str) -> None:
    nurse.cookies[COOKIE] = cookie
    assert nurse.get(preview(a_draft(service))).status_code == 200


def test_another_preview_begins_with_no_answers(service, nurse) -> None:
    first, second = a_draft(service), a_draft(service)
    answer(nurse, f"{preview(first)}q/phq9/q1/", "2")
    assert " checked" not in text_of(nurse.get(f"{preview(second)}q/phq9/q1/"))


def test_starting_again_forgets_every_answer(service, nurse) -> None:
    row = a_draft(service)
    answer(nurse, f"{preview(row)}q/phq9/q1/", "2")
    nurse.get(f"{preview(row)}?again=1")
    assert " checked" not in text_of(nurse.get(f"{preview(row)}q/phq9/q1/"))


def test_the_size_of_the_words_and_the_device_can_be_chosen(service, nurse) -> None:
    row = a_draft(service)
    page = text_of(nurse.get(f"{preview(row)}?shape=phone&size=largest"))
    assert "device--phone" in page
    assert "size-largest" in text_of(nurse.get(f"{preview(row)}q/phq9/q1/"))
    nonsense = nurse.get(f"{preview(row)}?shape=<b>&size=<b>")
    assert nonsense.status_code == 200 and b"<b>&" not in nonsense.content


def test_a_draft_is_previewed_by_those_who_compose_for_its_service_only(service) -> None:
    row = a_draft(service)
    stranger = browser_of(staff_with("nurse", a_service("Dermatology", with_content=False)))
    for page in ("", "questions/", "before/", "q/phq9/q1/", "calm/", "check/"):
        assert stranger.get(f"{preview(row)}{page}").status_code == 404


def test_a_version_is_previewed_by_everyone_who_may_read_the_library(service) -> None:
    pack = ContentVersion.objects.get(kind="pack", key="rheumatology_outpatient")
    desk = browser_of(staff_with("receptionist", service))
    assert desk.get(f"/library/preview/version/{pack.pk}/q/phq9/q1/").status_code == 200
    phq9 = ContentVersion.objects.get(kind="instrument", key="phq9")
    assert desk.get(f"/library/preview/version/{phq9.pk}/").status_code == 404
    assert desk.get(f"/library/preview/nothing/{pack.pk}/").status_code == 404


def test_what_has_no_wording_is_named_and_not_drawn(service, nurse) -> None:
    row = drafting.change(
        row=a_draft(service), by="nurse.one", at=NOON,
        step=lambda draft: rules.with_instrument(draft, "hads", part="Mood"),
    )  # fmt: skip
    page = text_of(nurse.get(preview(row)))
    assert "Not shown, for want of its wording: hads." in page
    assert nurse.get(f"{preview(row)}q/hads/q1/").status_code == 404


def test_all_questions_stand_on_one_page_with_their_notices(service, nurse) -> None:
    page = text_of(nurse.get(f"{preview(a_copy(service))}questions/"))
    assert "Feeling nervous, anxious or on edge" in page
    assert "only when Smoking, question 1, is “Yes, every day”" in page
    assert "asked as answers lead" in page and "Pfizer" in page
