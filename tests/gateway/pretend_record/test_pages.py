"""The pretend record shows what came, in words, escaped; its buttons change how it behaves."""

import json
from collections.abc import Callable
from dataclasses import replace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from imparts.gateway.hl7v2.result_message import write_result
from imparts.gateway.hl7v2.sender import Sender
from imparts.gateway.outcomes import Outcome
from imparts.rules.record.result_facts import ResultFacts
from tests.gateway.conftest import RECEIVED_AT, RunningRecord
from tests.gateway.samples import (
    PATIENT,
    a_phq9,
    a_smoking_status,
    an_estimate,
    an_incomplete,
)

Results = Callable[[str], bytes]


def get(record: RunningRecord, path: str = "/") -> str:
    with urlopen(record.page + path, timeout=5) as answer:
        return answer.read().decode()


def post(record: RunningRecord, form: str, **headers: str) -> int:
    try:
        with urlopen(Request(record.page + "/mood", form.encode(), headers), timeout=5) as answer:
            return answer.status
    except HTTPError as refused:
        refused.close()
        return refused.code


def send(sender: Sender, facts: ResultFacts, control_id: str = "M1") -> None:
    text = write_result(facts, control_id=control_id, made_at=RECEIVED_AT)
    assert sender.send(text.encode(), control_id=control_id).outcome is Outcome.TAKEN


def test_an_empty_record_says_so(record: RunningRecord) -> None:
    assert "Nothing has come yet." in get(record)


def test_the_list_says_who_what_and_what_became_of_it(
    record: RunningRecord, sender: Sender
) -> None:
    send(sender, a_phq9())
    page = get(record)
    assert "O&#x27;DAPPLE, Priya" in page
    assert "Patient Health Questionnaire 9: <b>12, Moderate</b>" in page
    assert "Stored, answered AA" in page
    assert "10:00:00" in page, "British summer time"


def test_a_result_is_shown_in_words_with_its_notes(record: RunningRecord, sender: Sender) -> None:
    send(sender, an_estimate())
    page = get(record, "/message/1")
    for words in (
        "NHS number 9990000018",
        "X001 hospital number F104432",
        "15 Oct 1984, female",
        "preliminary",
        "Estimated, 7 of 9 answered, could be 7 to 13.",
        "The patient chose not to answer.",
        "Helped by: family or a friend.",
        "Rheumatology, answered 14 Jul 2026 at 09:58.",
    ):
        assert words in page, words


def test_results_without_a_number_are_shown_in_words(record: RunningRecord, sender: Sender) -> None:
    send(sender, a_smoking_status(), "M1")
    send(sender, an_incomplete(), "M2")
    page = get(record)
    assert "Smoking, version 1: <b>Smokes every day</b>" in page
    assert "Patient Health Questionnaire 9: <b>no total</b>" in page


def test_hostile_names_are_shown_as_text(record: RunningRecord, sender: Sender) -> None:
    send(sender, replace(a_phq9(), patient=replace(PATIENT, family="<script>alert(1)</script>")))
    for path in ("/", "/message/1"):
        assert "<script>" not in get(record, path).lower()


def test_pages_have_no_script_and_nothing_from_elsewhere(
    record: RunningRecord, sender: Sender
) -> None:
    send(sender, a_phq9())
    with urlopen(record.page, timeout=5) as answer:
        page = answer.read().decode()
        assert answer.headers["Refresh"] == "2"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "font" in get(record, "/look.css")


def test_the_page_can_be_held_still(record: RunningRecord) -> None:
    with urlopen(record.page + "/?still", timeout=5) as answer:
        assert answer.headers["Refresh"] is None


def test_the_buttons_change_how_it_behaves(
    record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    assert post(record, "mood=ae") == 200
    assert "HL7 v2 now: <b>Says it cannot now (AE)</b>" in get(record)
    assert sender.send(a_result("M1"), control_id="M1").outcome is Outcome.NOT_THIS_TIME
    assert post(record, "mood=ar&times=1") == 200
    assert sender.send(a_result("M1"), control_id="M1").outcome is Outcome.REFUSED
    assert sender.send(a_result("M1"), control_id="M1").outcome is Outcome.TAKEN
    assert "HL7 v2 now: <b>Answers at once</b>" in get(record)


def test_it_can_be_down_and_come_back_while_its_pages_stay(
    record: RunningRecord, sender: Sender, a_result: Results
) -> None:
    post(record, "mood=down")
    assert sender.send(a_result("M1"), control_id="M1").outcome is Outcome.NO_ANSWER
    post(record, "mood=normal")
    assert sender.send(a_result("M1"), control_id="M1").outcome is Outcome.TAKEN


def test_a_wrong_mood_and_another_sites_form_are_refused(record: RunningRecord) -> None:
    assert post(record, "mood=angry") == 400
    assert post(record, "mood=ae&times=often") == 400
    assert post(record, "mood=ae", Origin="http://elsewhere.example") == 403
    assert "HL7 v2 now: <b>Answers at once</b>" in get(record)


@pytest.mark.parametrize("path", ["/message/1", "/message/x", "/message/99999999999999", "/etc"])
def test_what_is_not_there_is_not_found(path: str, record: RunningRecord) -> None:
    with pytest.raises(HTTPError) as refused:
        get(record, path)
    assert refused.value.code == 404
    refused.value.close()


def test_a_message_that_cannot_be_read_is_listed_all_the_same(
    record: RunningRecord, sender: Sender
) -> None:
    sender.send(b"no message <b>", control_id="M1")
    assert "A message that cannot be read" in get(record)
    assert "no message &lt;b&gt;" in get(record, "/message/1")


def test_the_ledger_is_there_for_programs(record: RunningRecord, sender: Sender) -> None:
    send(sender, a_phq9())
    entry = json.loads(get(record, "/ledger.json"))[0]
    assert (entry["control_id"], entry["said"], entry["is_kept"]) == ("M1", "AA", True)
