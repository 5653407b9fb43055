"""The ledger: filters, names only for those who act, and a proof that anyone can check."""

import csv
import json
from io import StringIO

import pytest
from django.test import Client

from imparts.access.models import Staff
from imparts.audit.models import AuditEntry
from imparts.rules.proof.chain import first_break
from tests.apps.workspace.alerting import DONE, address, an_alert, escalate, holder
from tests.apps.workspace.given import page_for, signed_in, signed_in_as, text_of
from tests.builders import a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
LEDGER, PROOF = "/alerts/ledger/", "/alerts/ledger/proof/"
CSV, JSON = "/alerts/ledger/proof.csv", "/alerts/ledger/proof.json"


def _rows(page: str) -> str:
    return page.partition('class="all-alerts"')[2]


def test_a_clinician_sees_alerts_of_their_service_with_names_and_times(client) -> None:
    alert = an_alert(a_service())
    page = page_for(client, "nurse", alert.service, LEDGER)
    assert "1 alert, 1 open, oldest 10 min, 0 overdue." in page
    assert "THIMBLEWICK, Amara" in page
    assert "Tier A: 1 over the last 30 days." in page


def test_the_safety_officer_sees_places_times_and_job_titles_and_no_name(client) -> None:
    alert = an_alert(a_service())
    owner = holder(alert.service, "owner")
    signed_in_as(Client(), owner).post(address("take", alert))
    page = page_for(client, "safety", alert.service, LEDGER)
    assert "Nurse" in _rows(page)
    for secret in ("THIMBLEWICK", "Amara", "several days", address("alert", alert), owner.name):
        assert secret not in _rows(page), secret


def test_how_quickly_people_acted_is_said_as_medians(client) -> None:
    alert = an_alert(a_service())
    nurse = signed_in(Client(), "nurse", alert.service)
    nurse.get(address("alert", alert))
    nurse.post(address("take", alert))
    nurse.post(address("record", alert), DONE | {"save": "close"})
    page = page_for(client, "nurse", alert.service, LEDGER)
    assert "Median to seen 10 min, to taken 10 min, to acted 10 min." in page


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("tier=A", True), ("tier=B", False), ("state=open", True), ("state=closed", False),
        ("from=2026-11-17", True), ("from=2026-11-01&until=2026-11-16", False),
        ("overdue=on", False),
    ],
)  # fmt: skip
def test_each_filter_narrows_the_table(client, query: str, is_there: bool) -> None:
    alert = an_alert(a_service())
    page = page_for(client, "nurse", alert.service, f"{LEDGER}?{query}")
    assert ("THIMBLEWICK" in page) == is_there
    assert ("No alert fits." in page) == (not is_there)
    assert ("Tier A: a person must act now; B: in the worklist" in page) == is_there


def test_an_alert_past_its_deputy_is_overdue_and_stands_out(client) -> None:
    alert = an_alert(a_service())
    escalate(minutes=16)
    page = page_for(client, "nurse", alert.service, f"{LEDGER}?overdue=on")
    assert "<b>Overdue</b>, Called" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=tomorrow", "Write the day like 24/11/2026."),
        ("from=2026-11-17&until=2026-11-16", "The last day is before the first."),
        ("service=999999", "Choose one of those shown."),
        ("tier=high_risk", "Choose one of those shown."),
    ],
)
def test_a_filter_that_cannot_be_read_is_said_in_a_sentence(client, query, said) -> None:
    alert = an_alert(a_service())
    answered = signed_in(client, "nurse", alert.service).get(f"{LEDGER}?{query}")
    assert answered.status_code == 422
    assert said in text_of(answered)


def test_another_services_alerts_are_not_in_it(client) -> None:
    an_alert(a_service("Dermatology"))
    assert "No alert fits." in page_for(client, "nurse", a_service(), LEDGER)


@pytest.mark.parametrize("role", ["receptionist", "manager", "gp", "researcher", "commissioner"])
def test_roles_that_may_not_see_it_are_told_who_may(client, role: str) -> None:
    reader = signed_in(client, role, a_service())
    for where in (LEDGER, PROOF, CSV, JSON):
        assert reader.get(where).status_code == 403


def test_a_clinician_takes_no_proof(client) -> None:
    assert signed_in(client, "consultant", a_service()).get(CSV).status_code == 403


def _table(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def _proof(client, service) -> list[list[str]]:
    return _table(text_of(signed_in(client, "safety", service).get(CSV)))


def test_the_proof_holds_every_event_in_order_and_no_name_or_answer(client) -> None:
    alert = an_alert(a_service())
    nurse = signed_in(Client(), "nurse", alert.service)
    nurse.get(address("alert", alert))
    nurse.post(address("record", alert), DONE | {"save": "close", "reason": "Rang Amara"})
    head, *rows = _proof(client, alert.service)
    assert [row[head.index("event")] for row in rows] == list(
        alert.events.order_by("id").values_list("name", flat=True)
    )
    assert [row[head.index("event of the alert")] for row in rows] == [
        str(n) for n in range(1, len(rows) + 1)
    ]
    whole = str(rows)
    for secret in ("Thimblewick", "THIMBLEWICK", "Amara", "several days", "Robin Example"):
        assert secret not in whole, secret


def test_a_row_taken_out_of_the_file_shows(client) -> None:
    alert = an_alert(a_service())
    signed_in(Client(), "nurse", alert.service).post(address("take", alert))
    _, *rows = _proof(client, alert.service)
    whole = [(tuple(row[:-1]), row[-1]) for row in rows]
    assert first_break(*zip(*whole, strict=True)) is None
    assert first_break(*zip(*(whole[:1] + whole[2:]), strict=True)) == 2


def test_table_sheet_and_program_file_end_with_the_same_chain(client) -> None:
    alert = an_alert(a_service())
    safety = signed_in(client, "safety", alert.service)
    last = _table(text_of(safety.get(CSV)))[-1][-1]
    told = json.loads(text_of(safety.get(JSON)))
    assert told["last"] == last == told["rows"][-1]["chain"]
    sheet = text_of(safety.get(PROOF))
    assert last in sheet
    assert "No name, no number of a person and no answer is in it." in sheet


def test_a_job_title_that_looks_like_a_formula_stays_text(client) -> None:
    alert = an_alert(a_service())
    Staff.objects.filter(pk=holder(alert.service, "owner").pk).update(job_title="=HYPERLINK(1)")
    signed_in_as(Client(), holder(alert.service, "owner")).post(address("take", alert))
    head, *rows = _proof(client, alert.service)
    assert any(row[head.index("by")].startswith("'=HYPERLINK(1)") for row in rows)
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_taking_the_proof_is_noted_with_its_chain(client) -> None:
    alert = an_alert(a_service())
    rows = _proof(client, alert.service)
    entry = AuditEntry.objects.get(did="took proof of alerts as csv")
    assert rows[-1][-1] in entry.why


def test_the_proof_of_another_safety_officers_service_is_empty(client) -> None:
    an_alert(a_service("Dermatology"))
    assert len(_proof(client, a_service())) == 1, "only the head"


def test_signed_out_it_leads_to_signing_in(client) -> None:
    for where in (LEDGER, PROOF, CSV, JSON):
        assert client.get(where)["Location"].startswith("/sign-in/login/")
