"""Signing a pathway: which signatures, by whom, and that nothing goes live without (hazard H7)."""

import pytest

from imparts.authoring.actions.signing import sign_all
from imparts.authoring.actions.starting import start_at
from imparts.authoring.models import PathwaySignature
from imparts.library import actions as library
from imparts.library.actions import CannotSign, NotReady
from imparts.library.queries import may_be_offered, newest_versions, pathways_in_force
from tests.apps.workspace.pathway_staff import (
    KEY,
    TODAY_TYPED,
    TOMORROW,
    begun,
    browser,
    handed_in,
    liaison_from_15,
    live_now,
    row_of,
    sign,
    signed_by_all_but_the_second,
    text_of,
)
from tests.builders import NOON, TODAY, a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]


def parts(draft: str) -> set[str]:
    return set(
        PathwaySignature.objects.filter(draft=row_of(draft), decision="signed").values_list(
            "part", flat=True
        )
    )


def test_the_signatures_that_a_change_needs_are_worked_out(at) -> None:
    page = text_of(at.second.get(handed_in(at)))
    for one in ("Clinical lead", "Liaison psychiatry , own step", "Psychologist , own step",
                "Clinical safety officer", "Second clinician"):  # fmt: skip
        assert one in page, page
    assert "Two at 17 waited 9 weeks." in page


def test_signed_by_all_it_is_live_from_its_day_and_not_before(at) -> None:
    draft = signed_by_all_but_the_second(at)
    assert "Your signature" in text_of(at.second.get(draft))
    said = sign(at.second, draft, live_from="18/11/2026")
    assert said.status_code == 302
    made = row_of(draft).made
    assert may_be_offered(made, on=TOMORROW) and made.signatures.get().signed_by == "second.one"
    assert live_now(at.service).pk != made.pk
    followed = {one.id: one for one in pathways_in_force(at.service.pk, on=TOMORROW)}
    assert followed[KEY].version == made.version


def test_outside_the_demonstration_the_library_still_asks_for_its_signature(at, settings) -> None:
    draft = signed_by_all_but_the_second(at)
    settings.IMPARTS_DEMO = False
    assert not may_be_offered(row_of(draft).made, on=TODAY)
    sign(at.second, draft, live_from=TODAY_TYPED)
    assert may_be_offered(row_of(draft).made, on=TODAY)


@pytest.mark.parametrize("day", ["", "16/11/2026", "soon"])
def test_without_a_day_from_today_on_nothing_is_signed(at, day) -> None:
    draft = signed_by_all_but_the_second(at)
    said = sign(at.second, draft, live_from=day, reason="Agreed.")
    assert said.status_code == 422
    assert "today or later" in text_of(said) and "Agreed." in said.content.decode()
    assert "second" not in parts(draft)


def test_nothing_is_chosen_before_and_no_choice_is_no_signature(at) -> None:
    draft = handed_in(at)
    assert " checked" not in at.liaison.get(draft).content.decode()
    said = sign(at.liaison, draft, decision="")
    assert said.status_code == 422 and "Choose whether you sign" in text_of(said)


def test_the_second_clinician_cannot_sign_before_all_others(at) -> None:
    draft = handed_in(at)
    sign(at.liaison, draft)
    sign(at.psychologist, draft)
    said = sign(at.second, draft, live_from=TODAY_TYPED)
    assert said.status_code == 409 and "No signature of yours" in text_of(said)
    assert row_of(draft).live_from is None


def test_the_author_is_never_the_second_clinician(at) -> None:
    draft = signed_by_all_but_the_second(at)
    assert "You have changed this draft" in text_of(at.lead.get(draft))
    assert sign(at.lead, draft, live_from=TODAY_TYPED).status_code == 409
    assert "second" not in parts(draft)


def test_whoever_changed_the_draft_is_never_the_second_clinician(at) -> None:
    draft = begun(at)
    liaison_from_15(at, draft)
    at.second.post(
        f"{draft}scores/mild/",
        {"revision": 2, "from-1": "6", "because-1": "low mood is 6 to 9", "from-2": "5",
         "because-2": "worry is 5 to 7"},
    )  # fmt: skip
    at.lead.post(f"{draft}hand-in/", {"revision": 3, "reason": "Agreed at the meeting."})
    for one in (at.liaison, at.psychologist, at.safety):
        sign(one, draft)
    assert sign(at.second, draft, live_from=TODAY_TYPED).status_code == 409


def test_while_it_waits_for_signatures_the_lead_reads_why_there_is_no_edit(at) -> None:
    draft = handed_in(at)
    page = text_of(at.lead.get(draft))
    assert "It waits for signatures, so it cannot be edited now." in page
    assert "Edit scores" not in page
    assert str(at.service) in page


def test_nobody_signs_twice(at) -> None:
    draft = handed_in(at)
    sign(at.liaison, draft)
    said = sign(at.liaison, draft)
    assert said.status_code == 409
    assert PathwaySignature.objects.filter(draft=row_of(draft), by="liaison.one").count() == 1


def test_a_partner_who_signed_their_own_step_is_not_the_second_clinician_too(at) -> None:
    draft = signed_by_all_but_the_second(at)
    assert sign(at.liaison, draft, live_from=TODAY_TYPED).status_code == 409
    assert row_of(draft).live_from is None


def test_without_the_safety_officer_a_removed_step_does_not_go_live(at) -> None:
    draft = begun(at)
    at.lead.post(f"{draft}steps/self_help_guide/", {"revision": 1, "do": "remove"})
    at.lead.post(f"{draft}hand-in/", {"revision": 2, "reason": "Not printed any more."})
    page = text_of(at.second.get(draft))
    assert "Clinical safety officer" in page
    assert sign(at.second, draft, live_from=TODAY_TYPED).status_code == 409
    assert sign(at.safety, draft).status_code == 302
    assert sign(at.second, draft, live_from=TODAY_TYPED).status_code == 302


def test_sent_back_with_a_reason_it_is_changed_again_and_all_sign_anew(at) -> None:
    draft = handed_in(at)
    sign(at.psychologist, draft)
    nothing = sign(at.liaison, draft, decision="send_back")
    assert nothing.status_code == 422 and "Say why it is sent back" in text_of(nothing)
    made = row_of(draft).made
    assert sign(at.liaison, draft, decision="send_back", reason="Not before March.").status_code
    assert row_of(draft).made is None and not may_be_offered(made, on=TODAY)
    page = text_of(at.lead.get(draft))
    assert "Sent back by" in page and "Not before March." in page
    at.lead.post(f"{draft}hand-in/", {"revision": 2, "reason": "From March."})
    assert parts(draft) >= {"lead"} and row_of(draft).made.pk != made.pk
    assert "Your signature" in text_of(at.psychologist.get(draft))


def test_a_signature_for_a_text_that_was_sent_back_meanwhile_is_refused(at) -> None:
    draft = handed_in(at)
    was = row_of(draft).made_id
    sign(at.liaison, draft, decision="send_back", reason="Not before March.")
    at.lead.post(f"{draft}hand-in/", {"revision": 2, "reason": "From March."})
    said = sign(at.psychologist, draft, content=was)
    assert said.status_code == 409 and "Read it again" in text_of(said)


def test_the_library_has_no_way_round_the_signatures(at) -> None:
    made = row_of(handed_in(at)).made
    with pytest.raises(CannotSign, match="Sign it on Pathways"):
        sign_all(contents=[made], by="second.one", as_role="Consultant", statement="Read.", at=NOON)
    with pytest.raises(NotReady, match="by its signatures"):
        start_at(services=[at.service], content=made, from_on=TODAY, by="second.one", at=NOON)
    page = text_of(at.second.get("/library/signing/"))
    assert made.version not in page


def test_what_one_service_changed_is_nowhere_else_the_newest(at) -> None:
    sign(at.second, signed_by_all_but_the_second(at), live_from=TODAY_TYPED)
    assert newest_versions("pathway")[KEY].is_shipped


def test_a_draft_that_was_overtaken_does_not_go_live(at) -> None:
    draft = signed_by_all_but_the_second(at)
    live = live_now(at.service)
    made = library.load_file(
        kind="pathway", text=live.body.replace(f'"{live.version}"', '"another"'), at=NOON
    )
    library.put_in_force(service=at.service, content=made, from_on=TODAY, by="test", at=NOON)
    said = sign(at.second, draft, live_from=TODAY_TYPED)
    assert said.status_code == 409 and "Meanwhile another went live here" in text_of(said)


def test_going_back_takes_one_signature_and_a_reason(at) -> None:
    before = live_now(at.service)
    sign(at.second, signed_by_all_but_the_second(at), live_from=TODAY_TYPED)
    assert live_now(at.service).pk != before.pk
    without = at.second.post(f"{at.where}back/", {"content": before.pk})
    assert without.status_code == 422 and live_now(at.service).pk != before.pk
    said = at.second.post(f"{at.where}back/", {"content": before.pk, "reason": "Too many."})
    assert said.status_code == 302 and live_now(at.service).pk == before.pk
    assert PathwaySignature.objects.get(part="back").reason == "Too many."


def test_a_version_that_was_never_followed_cannot_be_gone_back_to(at) -> None:
    made = row_of(handed_in(at)).made
    said = at.second.post(f"{at.where}back/", {"content": made.pk, "reason": "Because."})
    assert said.status_code == 422 and live_now(at.service).pk != made.pk


def test_someone_of_another_service_cannot_sign_and_finds_no_draft(at) -> None:
    draft = handed_in(at)
    stranger = browser("liaison", a_service("Renal"), username="liaison.two")
    assert sign(stranger, draft).status_code == 404
