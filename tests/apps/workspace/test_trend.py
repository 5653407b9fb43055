"""The trend of one measure: who may see it, what it says, and the table that holds the same."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.informatics.results.models import AgreedBaseline, ResponseScore
from imparts.pathways import actions as pathways
from imparts.people import actions as people
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, text_of
from tests.builders import a_patient, a_sent_sitting, a_service, an_appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]

LOW = {f"q{n}": 1 for n in range(1, 7)} | {"q7": 0, "q8": 0, "q9": 0}
HIGH = {f"q{n}": 2 for n in range(1, 8)} | {"q8": 0, "q9": 0}
JUNE = A_MORNING - timedelta(days=154)
FEBRUARY = A_MORNING - timedelta(days=273)


def address(patient, instrument="phq9", *, table=False):
    """The trend of one instrument, or its table."""
    return reverse(f"workspace:trend{'_table' if table else ''}", args=[patient.pk, instrument])


def two_visits(service=None, patient=None):
    """6 in June, 14 today."""
    service, patient = service or a_service(), patient or a_patient()
    a_sent_sitting(service, patient, at=JUNE, phq9=LOW, gad7={"q1": 2})
    a_sent_sitting(service, patient, at=A_MORNING, phq9=HIGH, gad7={"q1": 1})
    return service, patient


def heading(page):
    """The words of the h1."""
    return unescape(re.sub(r"<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", page, re.S)[1]))


def test_the_heading_is_the_finding(client):
    service, patient = two_visits()
    page = page_for(client, "consultant", service, address(patient))
    assert heading(page) == "Low mood: worse by 8 since June (more than chance change)"
    assert "THIMBLEWICK" in page and "PHQ-9, 0 to 27." in page
    assert "Higher = more symptoms." in page


def test_the_graph_has_a_title_a_description_and_other_measures_with_their_own_finding(client):
    service, patient = two_visits()
    page = page_for(client, "consultant", service, address(patient))
    assert '<title id="plot-phq9-title">Low mood: worse by 8 since June' in page
    assert '<desc id="plot-phq9-desc">PHQ-9, 0 to 27. 6 on 16 June 2026, 14 on 17' in page
    assert "Worry: about the same since June" in page
    assert page.count('role="img"') == 3


def test_looking_at_a_trend_is_noted(client):
    service, patient = two_visits()
    page_for(client, "nurse", service, address(patient))
    assert AuditEntry.objects.get(did="saw trend", patient=patient.pk).about == "phq9"


def test_the_tabs_are_links_to_two_addresses(client):
    service, patient = two_visits()
    graph = page_for(client, "consultant", service, address(patient))
    assert f'href="{address(patient, table=True)}"' in graph
    table = text_of(client.get(address(patient, table=True)))
    assert f'href="{address(patient)}"' in table and heading(table) == heading(graph)


def test_the_table_holds_every_score_of_the_graph_newest_first(client):
    service, patient = two_visits()
    graph = page_for(client, "consultant", service, address(patient))
    table = text_of(client.get(address(patient, table=True)))
    rows = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th><td class="score right">(.*?)<', table)
    assert rows == [("17 Nov 2026", "14"), ("16 Jun 2026", "6")]
    described = re.search(r"<desc[^>]*>(.*?)</desc>", graph)[1]
    for day, score in rows:
        number, month, year = day.split()
        assert re.search(rf"{score} on {number} {month}\w+ {year}", described)
    assert "8 worse, more than chance" in table and "First" in table


def test_signed_out_a_trend_leads_to_signing_in(client):
    _, patient = two_visits()
    answered = client.get(address(patient))
    assert answered.status_code == 302 and "/sign-in/" in answered["Location"]


@pytest.mark.parametrize("role", ["receptionist", "manager", "admin", "researcher"])
def test_who_may_not_see_results_sees_no_trend(client, role):
    service, patient = two_visits()
    reader = signed_in(client, role, service)
    for each in (address(patient), address(patient, table=True)):
        answered = reader.get(each)
        assert answered.status_code == 403 and "THIMBLEWICK" not in text_of(answered)


def test_another_services_patient_is_not_found(client):
    _, patient = two_visits()
    answered = signed_in(client, "consultant", a_service("Dermatology")).get(address(patient))
    assert (answered.status_code, answered.content) == (404, b"")


def test_scores_of_a_service_that_one_may_not_see_are_not_drawn(client):
    here, there, patient = a_service(), a_service("Dermatology"), a_patient()
    a_sent_sitting(there, patient, at=JUNE, phq9=LOW)
    a_sent_sitting(here, patient, at=A_MORNING, phq9=HIGH)
    page = page_for(client, "consultant", here, address(patient))
    assert heading(page) == "Low mood: first score, 14 of 27, moderate"
    assert "June" not in page


def test_a_merged_record_has_one_trend(client):
    service, patient = a_service(), a_patient()
    double = a_patient()
    a_sent_sitting(service, double, at=JUNE, phq9=LOW)
    a_sent_sitting(service, patient, at=A_MORNING, phq9=HIGH)
    people.merge(survivor=patient, loser=double, by="clerk", at=A_MORNING, why="same person")
    for pk in (patient.pk, double.pk):
        page = page_for(
            client, "consultant", service, reverse("workspace:trend", args=[pk, "phq9"])
        )
        assert "worse by 8 since June" in heading(page)


def test_an_instrument_that_nobody_knows_is_not_found(client):
    service, patient = two_visits()
    reader = signed_in(client, "consultant", service)
    assert reader.get(address(patient, "nothing")).status_code == 404


def test_no_score_yet_is_a_sentence_on_both_tabs(client):
    service, patient = a_service(), a_patient()
    an_appointment(service, patient, at=A_MORNING)
    page = page_for(client, "consultant", service, address(patient))
    assert heading(page) == "Low mood: no score yet" and "nothing to draw" in page
    table = text_of(client.get(address(patient, table=True)))
    assert "There is no score at your services yet." in table


def test_a_result_in_words_has_a_table_and_says_why_there_is_no_graph(client):
    service, patient = two_visits()
    page = page_for(client, "consultant", service, address(patient, "smoking_core"))
    assert "told in words and not as a number" in page
    table = text_of(client.get(address(patient, "smoking_core", table=True)))
    assert "never" in table.lower() and "17 Nov 2026" in table


def test_an_estimate_says_why_it_is_not_used(client):
    service, patient = a_service(), a_patient()
    a_sent_sitting(service, patient, at=JUNE, phq9=LOW | {"q6": None, "q7": None})
    a_sent_sitting(service, patient, at=A_MORNING, phq9=HIGH)
    table = page_for(client, "consultant", service, address(patient, table=True))
    assert "Estimate from 7 of 9, could be 5 to 11. Never used for change" in table
    assert "only estimates before" in heading(table)


def test_treatments_and_gaps_are_rows_of_their_own(client):
    service, patient = two_visits()
    a_sent_sitting(service, patient, at=JUNE - timedelta(days=300), phq9=LOW)
    pathways.begin_treatment(
        patient=patient, service=service, option="", what="Biologic stopped", kind="event",
        began_on=(A_MORNING - timedelta(days=91)).date(), by="test", at=A_MORNING,
    )  # fmt: skip
    table = page_for(client, "consultant", service, address(patient, table=True))
    assert "Not asked for 10 months" in table and "Aug 2025 to Jun 2026" in table
    assert table.index("17 Nov 2026") < table.index("Biologic stopped") < table.index("16 Jun 2026")
    assert "Biologic stopped" in text_of(client.get(address(patient)))


def test_what_was_answered_to_item_9_stands_in_the_table(client):
    service, patient = a_service(), a_patient()
    a_sent_sitting(service, patient, at=A_MORNING, phq9=HIGH | {"q9": 1})
    table = page_for(client, "consultant", service, address(patient, table=True))
    assert "Item 9" in table and "<b>several days</b>" in table


def score_on(patient, at):
    """The stored PHQ-9 of a day."""
    return ResponseScore.objects.get(patient=patient, instrument="phq9", completed_at=at)


def agree(client, patient, score, *, back=False):
    """Press the button of one row."""
    name = "workspace:take_back_baseline" if back else "workspace:agree_baseline"
    return client.post(reverse(name, args=[patient.pk, "phq9", score.pk]), follow=True)


def test_changes_are_counted_from_an_agreed_score_and_that_is_taken_back(client):
    service, patient = two_visits()
    a_sent_sitting(service, patient, at=FEBRUARY, phq9=HIGH | {"q8": 1})
    reader = signed_in(client, "consultant", service)
    page = text_of(agree(reader, patient, score_on(patient, FEBRUARY)))
    assert "Changes are counted from the score of 17 February 2026." in page
    assert "Low mood: about the same since February" in page
    assert "Agreed baseline" in page and "(chance: between 9 and 21)" in page
    back = text_of(agree(reader, patient, score_on(patient, FEBRUARY), back=True))
    assert "worse by 8 since June" in heading(back)
    assert AgreedBaseline.objects.count() == 2
    said = AuditEntry.objects.filter(patient=patient.pk, did__contains="baseline")
    assert [entry.did for entry in said.order_by("id")] == ["agreed baseline", "took back baseline"]


def test_an_estimate_cannot_be_agreed_on(client):
    service, patient = a_service(), a_patient()
    a_sent_sitting(service, patient, at=JUNE, phq9=LOW | {"q6": None})
    reader = signed_in(client, "consultant", service)
    page = text_of(agree(reader, patient, score_on(patient, JUNE)))
    assert "An estimate cannot be a baseline." in page
    assert not AgreedBaseline.objects.exists()


def test_another_patients_score_cannot_be_agreed_on(client):
    service, patient = two_visits()
    _, other = two_visits(service, a_patient("Bo", "Example"))
    reader = signed_in(client, "consultant", service)
    assert agree(reader, patient, score_on(other, JUNE)).status_code == 404
    assert not AgreedBaseline.objects.exists()


def test_the_first_trend_of_a_person_is_low_mood(client):
    service, patient = two_visits()
    reader = signed_in(client, "consultant", service)
    answered = reader.get(reverse("workspace:trends", args=[patient.pk]))
    assert answered["Location"] == address(patient)


def test_the_patients_page_leads_to_trends_treatments_and_measures(client):
    service, patient = two_visits()
    page = page_for(client, "consultant", service, reverse("workspace:patient", args=[patient.pk]))
    for name in ("trends", "treatments", "physical"):
        assert f'href="{reverse(f"workspace:{name}", args=[patient.pk])}"' in page


def test_a_trend_asks_the_database_as_often_for_twenty_visits_as_for_two(
    client, django_assert_max_num_queries
):
    service, patient = two_visits()
    for number in range(1, 19):
        a_sent_sitting(service, patient, at=JUNE - timedelta(days=30 * number), phq9=LOW)
    reader = signed_in(client, "consultant", service)
    reader.get(address(patient, table=True))
    with django_assert_max_num_queries(30):
        reader.get(address(patient, table=True))
