"""The page of a draft: every button keeps what was typed, and every refusal is a sentence."""

import pytest

from imparts.access.roles import ROLES, May
from imparts.authoring.models import PackDraft
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.library.queries import pack_of
from imparts.rules.packs.draft import parts_from_json
from tests.apps.authoring.composed import (
    CORE_ROWS,
    FACTS,
    ON_A_MORNING,
    a_draft,
    browser_of,
    sign_what_is_shipped,
    text_of,
)
from tests.builders import a_service, staff_with

pytestmark = ON_A_MORNING


def address(row: PackDraft) -> str:
    return f"/library/packs/drafts/{row.pk}/"


def press(browser, row: PackDraft, do: str, **given: str):
    return browser.post(address(row), {**FACTS, **CORE_ROWS, **given, "do": do})


def keys(row: PackDraft) -> list[str]:
    row.refresh_from_db()
    return [ask.instrument for part in parts_from_json(row.parts) for ask in part.asks]


def test_a_button_keeps_what_was_typed_and_then_takes_its_step(service, nurse, settings) -> None:
    settings.IMPARTS_DEMO = True
    row = a_draft(service)
    given = {"name": "Another name", "part-1": "How you feel", "often-gad7": "28"}
    answer = press(nurse, row, "add:peg", **given)
    assert answer.status_code == 302 and answer["Location"].endswith("#row-peg")
    assert keys(row) == ["peg", "smoking_core", "phq9", "gad7"]
    parts = parts_from_json(row.parts)
    assert [part.name for part in parts] == ["Pain", "Smoking", "How you feel", "Worry"]
    assert parts[3].asks[0].every_days == 28
    assert row.name == "Another name"


def test_rows_move_up_and_down_and_go(service, nurse, settings) -> None:
    settings.IMPARTS_DEMO = True
    row = a_draft(service)
    press(nurse, row, "down:smoking_core")
    assert keys(row) == ["phq9", "smoking_core", "gad7"]
    press(nurse, row, "up:smoking_core")
    press(nurse, row, "add:peg")
    with_peg = {"part-0": "Pain", "part-1": "Smoking", "part-2": "Mood", "part-3": "Worry",
                "often-peg": "0"}  # fmt: skip
    press(nurse, row, "remove:peg", **with_peg)
    assert keys(row) == ["smoking_core", "phq9", "gad7"]


@pytest.mark.parametrize("key", ["phq9", "gad7", "smoking_core"])
def test_the_core_cannot_be_taken_out_by_any_button(service, nurse, key: str) -> None:
    row = a_draft(service)
    answer = press(nurse, row, f"remove:{key}")
    assert answer.status_code == 409
    assert "They cannot go." in text_of(answer)
    assert key in keys(row)
    assert f'value="remove:{key}"' not in text_of(nurse.get(address(row)))


def test_phq9_gives_way_to_phq8_with_a_word_of_caution(service, nurse, settings) -> None:
    settings.IMPARTS_DEMO = True
    row = a_draft(service)
    press(nurse, row, "mood:phq8")
    assert keys(row) == ["smoking_core", "phq8", "gad7"]
    assert "only where nobody watches alerts" in text_of(nurse.get(address(row)))


def test_what_has_no_wording_here_is_shown_with_the_reason_and_cannot_be_added(
    service, nurse, settings
) -> None:
    settings.IMPARTS_DEMO = True
    row = a_draft(service)
    page = text_of(nurse.get(address(row)))
    assert "There is no wording of it here." in page
    assert 'value="add:hads"' not in page and 'value="add:peg"' in page
    answer = press(nurse, row, "add:hads")
    assert answer.status_code == 409 and "cannot be chosen" in text_of(answer)
    assert "hads" not in keys(row)


def test_outside_the_demonstration_only_what_is_signed_can_be_added(service, nurse) -> None:
    row = a_draft(service)
    assert 'value="add:peg"' not in text_of(nurse.get(address(row)))
    assert press(nurse, row, "add:peg").status_code == 409
    sign_what_is_shipped()
    assert press(nurse, row, "add:peg").status_code == 302
    assert "peg" in keys(row)


def test_search_finds_by_name_and_by_what_is_measured(service, nurse, settings) -> None:
    settings.IMPARTS_DEMO = True
    row = a_draft(service)
    page = text_of(press(nurse, row, "search", looked_for="pain daily"))
    assert 'value="add:peg"' in page and 'value="add:auditc"' not in page
    page = text_of(press(nurse, row, "search", looked_for="<b>nothing</b>"))
    assert "No instrument has “<b>nothing</b>”" in page


def test_what_was_typed_in_a_search_is_escaped(service, nurse) -> None:
    answer = press(nurse, a_draft(service), "search", looked_for="<script>x</script>")
    assert b"<script>x" not in answer.content


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Give the pack a name"),
        ("name", "x" * 121, "At most 120 characters"),
        ("name", "a\x00b", "Take out the empty character"),
        ("next_review", "soon", "Write the day like 24/11/2026."),
        ("next_review", "17/11/2026", "The next review lies ahead."),
        ("part-1", "", "Give the part a name in the patient's words"),
        ("often-phq9", "-1", "This is not one of the choices."),
        ("often-phq9", "99999", "This is not one of the choices."),
        ("often-phq9", "¾", "This is not one of the choices."),
    ],
)
def test_a_slip_is_said_at_its_field_and_nothing_is_lost(
    service, nurse, field: str, value: str, said: str
) -> None:
    row = a_draft(service)
    answer = press(nurse, row, "save", **{field: value, "sources": "Typed just now."})
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page and f'href="#id_{field}"' in page
    assert "Typed just now." in page
    row.refresh_from_db()
    assert row.sources != "Typed just now."


def test_a_draft_changed_elsewhere_meanwhile_is_not_overwritten(service, nurse, settings) -> None:
    settings.IMPARTS_DEMO = True
    row = a_draft(service)
    press(nurse, row, "add:peg")
    answer = press(nurse, row, "down:smoking_core")  # the page from before
    assert answer.status_code in (409, 422)
    assert keys(row) == ["peg", "smoking_core", "phq9", "gad7"]


def test_handing_in_leads_to_the_version_and_says_who_is_next(service, nurse, settings) -> None:
    settings.IMPARTS_DEMO = True
    row = a_draft(service)
    answer = press(nurse, row, "hand_in")
    row.refresh_from_db()
    assert answer["Location"] == f"/library/versions/{row.made_id}/"
    assert pack_of(row.made_id).name == FACTS["name"]
    page = text_of(nurse.get(answer["Location"]))
    assert "It is asked nowhere until someone else has signed it." in page
    assert nurse.get(address(row))["Location"] == answer["Location"]


def test_what_is_missing_stands_on_the_page_before_it_is_handed_in(service, nurse) -> None:
    row = a_draft(service)
    answer = press(nurse, row, "hand_in", illness_words="", sources="")
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Say what patients call the illness." in page
    assert "Say why these questions are asked, or who decided it." in page
    assert "Hand in for a signature</button>" not in page
    assert not ContentVersion.objects.filter(is_shipped=False).exists()


def test_a_rule_of_packs_is_said_at_its_own_row(service, nurse, settings) -> None:
    settings.IMPARTS_DEMO = True
    row = a_draft(service)
    press(nurse, row, "add:hsi")
    smoking = {"part-0": "Smoking", "part-1": "Mood", "part-2": "Worry", "often-hsi": "0"}
    nurse.post(f"{address(row)}only-when/hsi/", {"question": "smoking_core.q1", "answers": ["3"]})
    press(nurse, row, "up:hsi", **smoking)
    assert keys(row)[:2] == ["hsi", "smoking_core"]
    page = text_of(nurse.get(address(row)))
    assert "HSI depends on Smoking, which is not asked before it." in page
    assert 'href="#row-hsi"' in page


def test_a_condition_is_chosen_by_question_and_answers(service, nurse, settings) -> None:
    settings.IMPARTS_DEMO = True
    row = a_draft(service)
    press(nurse, row, "add:hsi")
    where = f"{address(row)}only-when/hsi/"
    assert "Do you smoke tobacco?" in text_of(nurse.get(where))
    page = text_of(nurse.get(f"{where}?question=smoking_core.q1"))
    assert "Yes, every day" in page and " checked" not in page
    assert nurse.post(where, {"question": "smoking_core.q1"}).status_code == 422
    assert nurse.post(where, {"question": "smoking_core.q1", "answers": ["9"]}).status_code == 422
    assert nurse.post(where, {"question": "gad7.q1", "answers": ["1"]}).status_code == 422
    nurse.post(where, {"question": "smoking_core.q1", "answers": ["3"]})
    assert "only when Smoking, question 1, is “Yes, every day”" in text_of(nurse.get(address(row)))
    nurse.post(where, {"do": "always"})
    assert "only when Smoking" not in text_of(nurse.get(address(row)))


def test_the_core_has_no_page_for_a_condition(service, nurse) -> None:
    row = a_draft(service)
    assert nurse.get(f"{address(row)}only-when/phq9/").status_code == 404
    assert nurse.get(f"{address(row)}only-when/nothing/").status_code == 404


def test_the_side_says_questions_minutes_and_reading_and_warns_when_it_is_long(
    service, nurse, settings
) -> None:
    settings.IMPARTS_DEMO = True
    row = a_draft(service)
    page = text_of(nurse.get(address(row)))
    assert "17 to 19 questions" in page and "About 4 minutes" in page
    assert "10 seconds a question" in page and "not a measurement" in page
    assert "is not ours to change" in page and "Long." not in page
    press(nurse, row, "add:pcl5")
    page = text_of(nurse.get(address(row)))
    assert "20 questions stand beside mood, worry and smoking." in page
    assert "Someone may meet 39 screens." in page


def test_another_services_draft_is_not_found(service) -> None:
    row = a_draft(service)
    stranger = browser_of(staff_with("nurse", a_service("Dermatology", with_content=False)))
    for where in (address(row), f"{address(row)}only-when/hsi/", f"{address(row)}throw-away/"):
        answer = stranger.post(where)
        assert answer.status_code == 404 and b"Invented" not in answer.content


def test_a_pack_is_started_and_copied_for_ones_own_services_only(service, nurse) -> None:
    theirs = a_service("Dermatology", with_content=False)
    shipped = ContentVersion.objects.get(key="dermatology_outpatient")
    given = {"name": "Ours", "service": service.pk, "copy": shipped.pk}
    answer = nurse.post("/library/packs/new/", given)
    row = PackDraft.objects.get()
    assert answer["Location"] == address(row) and len(keys(row)) == len(pack_of(shipped.pk).asks)
    refused = nurse.post("/library/packs/new/", {**given, "service": theirs.pk})
    assert refused.status_code == 422 and "not one of the choices" in text_of(refused)
    assert nurse.post("/library/packs/new/", {"name": "", "service": ""}).status_code == 422
    assert PackDraft.objects.count() == 1


@pytest.mark.parametrize("copied", ["0", "-1", "x", "9" * 40, "<b>"])
def test_a_copy_of_nothing_is_a_new_pack(service, nurse, copied: str) -> None:
    given = {"name": "Ours", "service": service.pk, "copy": copied}
    assert nurse.post("/library/packs/new/", given).status_code == 302
    assert keys(PackDraft.objects.get()) == ["smoking_core", "phq9", "gad7"]


def test_the_list_shows_what_each_service_asks_now_later_in_draft_and_unsigned(
    service, nurse, settings
) -> None:
    settings.IMPARTS_DEMO = True
    asks = a_service("Dermatology")
    a_draft(service, name="Half done")
    press(nurse, a_draft(service, name="Waits"), "hand_in", name="Waits")
    page = text_of(nurse.get("/library/packs/"))
    assert "1 service of 2 ask a pack today." in page
    assert str(asks) in page and "Rheumatology outpatients" in page
    assert "Half done" in page and "Waits" in page and "no pack yet" in page


def test_who_knows_a_clinic_may_compose_and_the_desk_may_not() -> None:
    may = {code for code, role in ROLES.items() if May.COMPOSE in role.may}
    assert may == {"nurse", "consultant", "liaison", "psychologist", "manager", "admin"}
    starts = {code for code, role in ROLES.items() if May.START_CONTENT in role.may}
    assert starts == {"consultant", "manager", "admin"}
    signs = {code for code, role in ROLES.items() if May.SIGN_CONTENT in role.may}
    assert signs == {"consultant", "liaison", "safety"}


def test_what_was_withdrawn_is_shown_with_its_reason(service, nurse, settings) -> None:
    settings.IMPARTS_DEMO = True
    peg = ContentVersion.objects.get(kind="instrument", key="peg")
    library.withdraw(content=peg, why="The team asks another.", by="safety.one", at=peg.loaded_at)
    page = text_of(nurse.get(address(a_draft(service))))
    assert "The team asks another." in page and 'value="add:peg"' not in page
