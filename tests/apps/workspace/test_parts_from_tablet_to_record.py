"""From the tablet to the page and to the record: parts, a profile and halves, each as itself."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from imparts.informatics.questionnaires.models import Invitation
from imparts.informatics.results.models import ResponseScore
from imparts.outbox.models import Message
from imparts.rules.record.result_facts import ResultFacts
from tests.apps.library.invented_parts import asks_for_parts
from tests.apps.workspace.given import A_MORNING, page_for
from tests.builders import a_patient, a_sent_sitting, a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
MUGS = {f"q{n}": 2 if n % 2 else 1 for n in range(1, 15)}  # cracks 14, stains 7
PLATES = {"q1": 1, "q2": 1, "q3": 2, "q4": 2, "q5": 3, "scale": 75}
EARLIER = A_MORNING - timedelta(hours=2)


@pytest.fixture
def service():
    """A service that asks for parts."""
    return asks_for_parts(a_service())


def _page(client, service, sent: Invitation) -> str:
    address = reverse("workspace:visit", args=[sent.patient_id, sent.pk])
    return page_for(client, "consultant", service, address)


def _facts(sent: Invitation, instrument: str) -> ResultFacts:
    found = [ResultFacts.from_json(message.facts) for message in Message.objects.all()]
    (one,) = [facts for facts in found if facts.instrument.id == instrument]
    return one


def test_what_was_scored_is_stored_whole(service) -> None:
    sent = a_sent_sitting(service, at=A_MORNING, mugs=MUGS, plates=PLATES)
    mugs = ResponseScore.objects.get(sitting=sent.pk, instrument="mugs")
    assert (mugs.status, mugs.score, mugs.profile) == ("complete", None, "")
    assert [(part["label"], part["status"], part["score"]) for part in mugs.subscales] == [
        ("Cracks", "complete", 14),
        ("Stains", "complete", 7),
    ]
    plates = ResponseScore.objects.get(sitting=sent.pk, instrument="plates")
    assert (plates.profile, plates.subscales[0]["score"]) == ("11223", 75)


def test_the_page_shows_each_with_its_scale_and_words(client, service) -> None:
    page = _page(client, service, a_sent_sitting(service, at=A_MORNING, mugs=MUGS, plates=PLATES))
    assert "Mug Scale: cracks much trouble; stains little." in page
    assert '<b>14</b> <span class="two">of 21</span></td>\n<td>much trouble</td>' in page
    assert "profile 11223" in page
    assert "All plates" in page
    assert "below the cut of 3" in page  # the halves of PHQ-4
    for refusal in ("no score", "not scored", "None<"):
        assert refusal not in page


def test_the_letter_and_the_folded_part_say_it_too(client, service) -> None:
    page = _page(client, service, a_sent_sitting(service, at=A_MORNING, mugs=MUGS, plates=PLATES))
    assert "Mug Scale: cracks 14/21 (much trouble), stains 7/21 (little)." in page
    assert "Plate Profile: profile 11223, all plates 75/100." in page
    assert "Parts with a score of their own, from 14 answers; no total." in page


def test_a_part_is_compared_with_the_same_part_of_the_time_before(client, service) -> None:
    patient = a_patient()
    a_sent_sitting(service, patient, at=EARLIER, mugs={**MUGS, "q1": 0, "q3": 0})
    page = _page(client, service, a_sent_sitting(service, patient, at=A_MORNING, mugs=MUGS))
    assert "important rise (+4)" in page
    assert "Mug Scale: a change of 1.5 points (from general knowledge) matters to people." in page
    assert page.count('aria-label="10 in November 2026, 14 in November 2026"') == 1


def test_an_answer_missing_makes_an_estimate_of_its_part_alone(client, service) -> None:
    sent = a_sent_sitting(service, at=A_MORNING, mugs={**MUGS, "q1": None}, plates=PLATES)
    page = _page(client, service, sent)
    assert "estimated 14, could be 12 to 15" in page
    facts = _facts(sent, "mugs")
    assert [part.status for part in facts.score.parts] == ["prorated", "complete"]


def test_the_record_is_owed_each_part_and_the_profile(service) -> None:
    sent = a_sent_sitting(service, at=A_MORNING, mugs=MUGS, plates=PLATES, phq4={"q3": 3})
    mugs, plates, phq4 = (_facts(sent, name).score for name in ("mugs", "plates", "phq4"))
    assert (mugs.kind, plates.kind, phq4.kind) == ("parts", "profile", "")
    assert [(one.label, one.score, one.out_of, one.band) for one in mugs.parts] == [
        ("Cracks", 14, 21, "much"),
        ("Stains", 7, 21, "little"),
    ]
    assert plates.profile == "11223"
    assert (phq4.score, [one.is_flagged for one in phq4.parts]) == (3, [False, True])
    assert _facts(sent, "phq9").to_json()["version"] == 1


def test_long_courses_are_read_without_their_parts_where_none_are_shown(client, service) -> None:
    here = a_service("Dermatology")
    sent = a_sent_sitting(here, at=A_MORNING)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        _page(client, here, sent)
    course = [one["sql"] for one in asked if '"completed_at" ASC' in one["sql"]]
    assert course
    assert not any('"subscales"' in sql for sql in course)
