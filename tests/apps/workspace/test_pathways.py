"""Pathways on their pages: who reads and changes them, what a run says."""

import pytest
from django.test import Client

from imparts.access.actions import give_role
from imparts.access.models import Staff
from imparts.authoring.models import PathwayComment, PathwayRun
from imparts.authoring.queries.pathway_drafts import pathway_in
from imparts.informatics.clinics import actions as clinics
from imparts.integrated_care.referrals.models import Referral, ReferralEvent
from imparts.library.models import ContentVersion
from imparts.library.queries import pathway_of
from imparts.pathways.models import PathwayEntry
from imparts.pathways.queries.capacity import capacities_of
from imparts.workspace.pages.pathways.run import replayed_words
from imparts.workspace.queries.pathway_run import RunAsked, comparison_of, referred
from tests.apps.workspace.pathway_staff import (
    AT_17,
    KEY,
    TODAY_TYPED,
    Desks,
    begun,
    browser,
    handed_in,
    liaison_from_15,
    row_of,
    sign,
    signed_by_all_but_the_second,
    text_of,
)
from tests.builders import NOON, TODAY, a_patient, a_sent_sitting, a_service, an_appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]


# Who may read and change


def test_the_list_says_since_when_and_what_waits_for_whom(at) -> None:
    handed_in(at)
    page = text_of(at.liaison.get("/pathways/"))
    assert "Low mood and worry in outpatients" in page and "Version 1 since" in page
    assert "1 draft waits for your signature." in page
    assert "Nothing waits for your signature." in text_of(at.lead.get("/pathways/"))


@pytest.mark.parametrize("role", ["manager", "receptionist", "researcher", "admin"])
def test_whoever_has_no_part_in_pathways_is_refused(at, role) -> None:
    draft = begun(at)
    other = browser(role, at.service)
    for where in ("/pathways/", at.where, draft, f"{draft}scores/severe/"):
        assert other.get(where).status_code == 403


def test_a_patient_representative_reads_and_comments_and_changes_nothing(at) -> None:
    draft = begun(at)
    rep = at.patient_rep
    assert rep.get(draft).status_code == 200
    assert rep.post(f"{draft}comment/", {"text": "Say why, please."}).status_code == 302
    assert "Say why, please." in text_of(at.lead.get(draft))
    for refused in (f"{draft}scores/severe/", f"{draft}hand-in/", f"{at.where}change/"):
        assert rep.post(refused).status_code == 403
    assert rep.get("/patients/").status_code == 403


def test_an_empty_comment_is_not_kept(at) -> None:
    draft = begun(at)
    assert at.patient_rep.post(f"{draft}comment/", {"text": " "}).status_code == 422
    assert not PathwayComment.objects.exists()


def test_another_service_finds_nothing(at) -> None:
    draft = begun(at)
    stranger = browser("consultant", a_service("Renal"), username="consultant.two")
    for where in (at.where, draft, f"{draft}scores/severe/", f"{draft}steps/liaison_psychiatry/"):
        answer = stranger.get(where)
        assert answer.status_code == 404 and "Low mood" not in answer.content.decode()


def test_someone_who_leads_elsewhere_cannot_change_what_they_may_only_read_here(at) -> None:
    draft = begun(at)
    lead = browser("consultant", a_service("Renal"), username="consultant.two")
    give_role(
        staff=Staff.objects.get(username="consultant.two"), service=at.service, role="nurse",
        from_on=TODAY, by="test", at=NOON,
    )  # fmt: skip
    assert lead.get(draft).status_code == 200
    assert lead.post(f"{draft}scores/severe/", {"revision": 1}).status_code == 404


def test_signed_out_every_page_leads_to_signing_in(at) -> None:
    for where in ("/pathways/", at.where, begun(at)):
        assert Client().get(where)["Location"].startswith("/sign-in/login/")


# The run


def given_a_year(at: Desks) -> None:
    """Two people at 17 and one at 0, last week."""
    for name, given in (("Ada", AT_17), ("Bea", AT_17), ("Cleo", {})):
        a_sent_sitting(at.service, a_patient(name, "Example"), at=NOON.replace(day=10), **given)


def test_the_run_on_the_page_is_what_the_rules_say(at) -> None:
    given_a_year(at)
    draft = begun(at)
    liaison_from_15(at, draft)
    row = row_of(draft)
    found = comparison_of(
        RunAsked(at.service.pk, pathway_of(row.based_on_id), pathway_in(row), on=TODAY)
    )
    line = next(one for one in found.lines if one.option == "liaison_psychiatry")
    assert (line.live, line.draft, line.change) == (0, 2, "+2")
    page = text_of(at.lead.get(draft))
    assert found.heading in page and "of 3 people" in found.heading
    assert f"{line.name} {line.live} {line.draft} {line.change}" in page
    assert "Item 9 conversations 0 0 same" in page
    assert found.too_few and found.too_few in page


def test_opening_the_page_again_does_not_run_it_again(at) -> None:
    given_a_year(at)
    draft = begun(at)
    liaison_from_15(at, draft)
    at.lead.get(draft)  # what was saved is said once
    assert PathwayRun.objects.count() == 1
    first = text_of(at.lead.get(draft))
    assert text_of(at.lead.get(draft)) == first and PathwayRun.objects.count() == 1
    at.lead.post(
        f"{at.where}capacity/liaison_psychiatry/",
        {"limit": "limit", "a_week": "4", "stated_by": "Team leader"},
    )
    assert "4.0" in text_of(at.lead.get(draft)) and PathwayRun.objects.count() == 2


def test_who_came_and_was_never_asked_is_said(at) -> None:
    given_a_year(at)
    missed = an_appointment(at.service, a_patient("Dot", "Example"), at=NOON.replace(day=11))
    clinics.check_in(appointment=missed, by="test", at=NOON.replace(day=11))
    draft = begun(at)
    liaison_from_15(at, draft)
    assert "1 person who attended was never asked" in text_of(at.lead.get(draft))


def test_live_run_over_the_past_is_held_beside_what_happened(at) -> None:
    given_a_year(at)
    draft = begun(at)
    liaison_from_15(at, draft)
    assert "Live 1 replayed equals what happened at 3 visits." in text_of(at.lead.get(draft))


def test_where_live_was_never_asked_nothing_is_said_of_what_happened(at) -> None:
    draft = begun(at)
    liaison_from_15(at, draft)
    assert "replayed" not in text_of(at.lead.get(draft))


def test_a_run_that_differs_from_what_happened_says_so() -> None:
    said = replayed_words("Live 2", visits=400, different=3)
    assert said.startswith("Live 2 replayed differs from what happened at 3 of 400 visits")


def test_only_a_referral_that_was_sent_makes_somebody_known(at) -> None:
    sent, drafted, withdrawn = (a_patient(name, "Example") for name in ("Ada", "Bea", "Cleo"))
    for patient, name in ((sent, "sent"), (drafted, "drafted"), (withdrawn, "withdrawn")):
        one = Referral.objects.create(
            patient=patient, service=at.service, option="liaison_psychiatry", to="Liaison",
            at=NOON, by="test",
        )  # fmt: skip
        ReferralEvent.objects.create(referral=one, name=name, at=NOON, by="test")
    everyone = {sent.pk, drafted.pk, withdrawn.pk}
    assert referred(everyone) == [("liaison_psychiatry", sent.pk, TODAY)]


# Capacity


def test_a_partner_or_the_lead_says_what_an_option_can_take(at) -> None:
    where = f"{at.where}capacity/liaison_psychiatry/"
    typed = {"limit": "limit", "a_week": "3.5", "stated_by": "Dr Example, team leader"}
    assert at.liaison.post(where, typed).status_code == 302
    assert at.lead.post(where, typed | {"a_week": "4"}).status_code == 302
    assert capacities_of(at.service.pk)["liaison_psychiatry"].a_week == 4
    assert "4.0 a week, stated by Dr Example, team leader" in text_of(at.lead.get(at.where))
    assert at.psychologist.post(where, typed).status_code == 403
    no_limit = {"limit": "no_limit", "stated_by": "Dr Example"}
    assert at.liaison.post(where, no_limit).status_code == 302
    assert capacities_of(at.service.pk)["liaison_psychiatry"].a_week is None


@pytest.mark.parametrize(
    "typed", [{"limit": "limit", "a_week": ""}, {"limit": "limit", "a_week": "-1"},
              {"limit": "limit", "a_week": "many"}, {"a_week": "4"}, {"limit": "no_limit",
              "stated_by": ""}]
)  # fmt: skip
def test_a_capacity_that_says_nothing_is_refused(at, typed) -> None:
    said = at.liaison.post(
        f"{at.where}capacity/liaison_psychiatry/", {"stated_by": "Dr Example"} | typed
    )
    assert said.status_code == 422 and not capacities_of(at.service.pk)


# What was answered before


def test_old_entries_keep_the_old_version_and_new_ones_have_the_new(at) -> None:
    before = a_sent_sitting(
        at.service, a_patient("Ada", "Example"), at=NOON.replace(day=10), **AT_17
    )
    sign(at.second, signed_by_all_but_the_second(at), live_from=TODAY_TYPED)
    after = a_sent_sitting(at.service, a_patient("Bea", "Example"), **AT_17)
    shipped = ContentVersion.objects.get(key=KEY, is_shipped=True)
    made = ContentVersion.objects.get(key=KEY, is_shipped=False)
    old, new = (PathwayEntry.objects.get(about=one.pk) for one in (before, after))
    assert f"{KEY} {shipped.version}" in old.pathways and f"{KEY} {made.version}" in new.pathways
    assert "liaison_psychiatry" not in {step["step_id"] for step in old.steps}
    assert "liaison_psychiatry" in {step["step_id"] for step in new.steps}
