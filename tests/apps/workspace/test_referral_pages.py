"""One referral: prefilled, sent once with one press, withdrawn with a reason; never a pretence."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from imparts.integrated_care.referrals.actions import NotDone, draft_referral
from imparts.integrated_care.referrals.models import Letter, Referral, ReferralEvent
from imparts.integrated_care.referrals.queries import referrals_of
from imparts.pathways.models import StepTaken
from imparts.people import actions as people
from tests.apps.workspace.given import signed_in, signed_in_as, text_of
from tests.apps.workspace.letters_given import MODERATE, Visit
from tests.apps.workspace.morning import A_MORNING
from tests.builders import a_patient, a_service, staff_with, who

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]


def _address(referral: Referral, what: str = "referral") -> str:
    return reverse(f"workspace:{what}", args=[referral.pk])


def _last(referral: Referral) -> ReferralEvent:
    return referral.events.order_by("id").last()


def _written(referral: Referral, **other) -> dict:
    """The form as the page has it, with what is changed."""
    last = _last(referral)
    return {"based_on": last.pk, "to": last.to, "words": last.reason, "although": "", **other}


def _refused(answer) -> str:
    assert answer.status_code == 422
    return unescape(text_of(answer))


def test_accepting_a_step_drafts_a_referral_that_says_what_why_and_how_soon() -> None:
    visit = Visit()
    referral = visit.referral()
    last = _last(referral)
    assert last.name == "drafted" and last.is_agreed is None
    assert "Please see this patient for:" in last.reason
    assert "within 2 weeks" in last.reason and "low mood is 10 to 14" in last.reason
    taken = StepTaken.objects.get(entry=visit.entry, step=referral.step)
    assert taken.decision == "done" and taken.details == {"referral": str(referral.pk)}


def test_accepted_in_two_windows_it_is_one_draft() -> None:
    visit = Visit()
    assert visit.referral() == visit.referral()
    assert Referral.objects.count() == 1
    assert StepTaken.objects.count() == 1


def test_a_step_that_was_not_suggested_is_refused() -> None:
    visit = Visit()
    with pytest.raises(NotDone, match="not suggested"):
        draft_referral(entry=visit.entry, step="anything", by="test", at=A_MORNING)


def test_the_draft_stands_on_one_page_with_what_goes_with_it(client) -> None:
    visit = Visit()
    page = unescape(text_of(visit.browser(client).get(_address(visit.referral()))))
    assert "Nothing has gone out." in page
    assert "imparts delivers nothing itself" in page
    assert "14 of 27" in page and "Item 9" in page
    assert "checked" not in page


def test_one_press_makes_the_letter_and_says_how_it_was_said_to_go(client) -> None:
    visit = Visit()
    referral = visit.referral()
    browser = visit.browser(client)
    answer = browser.post(
        _address(referral, "referral_send"), _written(referral, send="yes secure_mail"), follow=True
    )
    page = unescape(text_of(answer))
    assert "Marked as sent by secure e-mail by Consultant, 17 November 2026, 09:30." in page
    assert "imparts itself has delivered nothing" in page
    assert "The patient agreed to this referral." in page
    assert "Referral to " in page and "within 2 weeks" in page
    assert Letter.objects.get().kind == "referral"


def test_it_is_sent_once(client) -> None:
    visit = Visit()
    referral = visit.referral()
    browser, written = visit.browser(client), _written(referral, send="yes post")
    assert browser.post(_address(referral, "referral_send"), written).status_code == 302
    again = browser.post(_address(referral, "referral_send"), written)
    assert "already sent" in _refused(again)
    assert Letter.objects.count() == 1
    with pytest.raises(NotDone, match="already sent"):
        visit.referral()


@pytest.mark.parametrize("pressed", ["", "post", "yes pigeon", "perhaps post"])
def test_without_agreement_and_a_known_way_nothing_is_sent(client, pressed: str) -> None:
    visit = Visit()
    referral = visit.referral()
    answer = visit.browser(client).post(
        _address(referral, "referral_send"), _written(referral, send=pressed)
    )
    assert _refused(answer)
    assert _last(referral).name == "drafted"


def test_against_the_patients_will_it_needs_a_reason_that_stands_in_the_letter(client) -> None:
    visit = Visit()
    referral = visit.referral()
    browser = visit.browser(client)
    send = _address(referral, "referral_send")
    page = _refused(browser.post(send, _written(referral, send="no post")))
    assert "needs a reason" in page
    written = _written(referral, send="no post", although="a child at home")
    page = unescape(text_of(browser.post(send, written, follow=True)))
    assert "The patient did not agree to this referral." in page and "A child at home." in page


def test_other_words_are_kept_and_are_those_that_are_sent(client) -> None:
    visit = Visit()
    referral = visit.referral()
    browser = visit.browser(client)
    browser.post(_address(referral, "referral_save"), _written(referral, words="Please see soon."))
    assert _last(referral).reason == "Please see soon." and _last(referral).name == "drafted"
    written = _written(referral, words="Please see today.", send="yes by_hand")
    page = text_of(browser.post(_address(referral, "referral_send"), written, follow=True))
    assert "Please see today." in page and "Please see soon." not in page


def test_a_draft_changed_in_another_window_is_not_overwritten(client) -> None:
    visit = Visit()
    referral = visit.referral()
    browser, mine = visit.browser(client), _written(referral, words="Mine")
    browser.post(_address(referral, "referral_save"), _written(referral, words="Theirs"))
    page = _refused(browser.post(_address(referral, "referral_save"), mine))
    assert "changed in another window" in page and "Mine" in page and "Theirs" in page
    assert _last(referral).reason == "Theirs"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("words", " ", "Write why"), ("to", "", "Write who"), ("words", "x" * 1501, "too long")],
)
def test_an_empty_or_endless_draft_is_refused(client, field: str, value: str, says: str) -> None:
    visit = Visit()
    referral = visit.referral()
    written = _written(referral, **{field: value})
    assert says in _refused(
        visit.browser(client).post(_address(referral, "referral_save"), written)
    )


def test_withdrawn_needs_a_reason_and_the_step_is_not_done_any_more(client) -> None:
    visit = Visit()
    referral = visit.referral()
    browser, address = visit.browser(client), _address(referral, "referral_withdraw")
    assert "Write why" in _refused(browser.post(address, _written(referral)))
    late = _written(referral, send="yes post")
    browser.post(address, _written(referral, why_withdrawn="already seen there"))
    page = text_of(browser.get(_address(referral)))
    assert "Withdrawn by Consultant, 17 November 2026: already seen there" in page
    last = StepTaken.objects.order_by("id").last()
    assert last.decision == "not_now" and "already seen there" in last.why
    sent = browser.post(_address(referral, "referral_send"), late)
    assert "This referral was withdrawn." in _refused(sent)


def test_a_referral_to_stop_smoking_tells_no_mood(client) -> None:
    visit = Visit(phq9=MODERATE, smoking_core={"q1": 3})
    referral = visit.referral(option="stop_smoking_service")
    browser = visit.browser(client)
    written = _written(referral, send="yes post")
    answer = browser.post(_address(referral, "referral_send"), written, follow=True)
    paper = unescape(text_of(answer)).partition('class="paper"')[2]
    assert "PHQ-9" not in paper and "Item 9" not in paper and "ow mood" not in paper
    assert "moke" in paper


def test_joined_with_another_record_it_must_be_read_again_before_it_is_sent(client) -> None:
    visit = Visit()
    referral = visit.referral()
    people.merge(
        loser=visit.patient, survivor=a_patient("Amara", "Thimblewicke"), by="test",
        at=A_MORNING + timedelta(seconds=1), why="same",
    )  # fmt: skip
    browser, send = visit.browser(client), _address(referral, "referral_send")
    page = _refused(browser.post(send, _written(referral, send="yes post")))
    assert "joined with another one" in page and "THIMBLEWICKE" in page
    assert not Letter.objects.exists()


def test_read_again_after_a_merge_the_letter_is_about_the_survivor(client) -> None:
    visit = Visit()
    referral = visit.referral()
    survivor = a_patient("Amara", "Thimblewicke")
    people.merge(
        loser=visit.patient, survivor=survivor, by="test", at=A_MORNING - timedelta(seconds=1),
        why="same",
    )  # fmt: skip
    written = _written(referral, send="yes post")
    answer = visit.browser(client).post(_address(referral, "referral_send"), written, follow=True)
    assert "THIMBLEWICKE, Amara" in text_of(answer)
    letter = Letter.objects.get()
    assert letter.patient == survivor and letter.facts["person"]["id"] == str(survivor.pk)


def test_a_persons_referrals_are_those_of_every_record_of_theirs() -> None:
    visit = Visit()
    made = visit.referral()
    survivor = a_patient("Amara", "Thimblewicke")
    people.merge(loser=visit.patient, survivor=survivor, by="test", at=A_MORNING, why="same")
    assert [one.referral for one in referrals_of(who(visit.consultant), survivor)] == [made]


def test_another_service_finds_nothing_and_other_roles_are_refused(client) -> None:
    visit = Visit()
    referral = visit.referral()
    elsewhere = signed_in(client, "consultant", a_service("Dermatology", with_content=False))
    for what in ("referral_save", "referral_send", "referral_withdraw"):
        assert elsewhere.post(_address(referral, what), _written(referral)).status_code == 404
    assert elsewhere.get(_address(referral)).status_code == 404
    desk = signed_in_as(client, staff_with("receptionist", visit.service))
    assert desk.get(_address(referral)).status_code == 403


def test_hostile_words_are_words(client) -> None:
    visit = Visit()
    referral = visit.referral()
    browser = visit.browser(client)
    words = '<img src=x onerror=alert(1)>{{ 777*777 }}\n#read("x")\x00'
    browser.post(
        _address(referral, "referral_save"), _written(referral, words=words, to="<b>x</b>")
    )
    raw = text_of(browser.get(_address(referral)))
    assert (
        "<img src=x" not in raw
        and "<b>x</b>" not in raw
        and "603729" not in raw.split("Why, and")[1]
    )
