"""Signing: a second person, what they have read, each with a tick of its own (hazard H7)."""

import pytest

from imparts.authoring.actions import drafting
from imparts.authoring.actions.signing import sign_all
from imparts.authoring.actions.starting import start_at
from imparts.library.actions import SamePerson
from imparts.library.models import ContentVersion, Signature
from imparts.library.queries import may_be_offered
from imparts.rules.packs import draft as rules
from tests.apps.authoring.brought import brought, confirm, questionnaire
from tests.apps.authoring.composed import (
    ON_A_MORNING,
    a_copy,
    a_draft,
    browser_of,
    handed_in,
    read_on,
    sign_what_is_shipped,
    text_of,
    two_at,
)
from tests.builders import NOON, TODAY, put_content_in_force, staff_with

pytestmark = ON_A_MORNING
STATEMENT = "I have read what stands here, and I stand for its use at this site."


def version(content: ContentVersion) -> str:
    return f"/library/versions/{content.pk}/"


def test_a_second_person_signs_with_a_statement_and_then_it_may_be_used(service, people) -> None:
    made = handed_in(a_draft(service))
    _, consultant = people
    assert not may_be_offered(made, on=TODAY)
    answer = consultant.post(f"{version(made)}sign/", {"stands_for_it": "on", "remark": "Agreed."})
    assert answer.status_code == 302
    signed = made.signatures.get()
    assert signed.signed_by == "consultant.one" and signed.statement == f"{STATEMENT} Agreed."
    assert may_be_offered(made, on=TODAY)
    assert "It is signed and may be used at this site." in text_of(consultant.get(version(made)))


def test_without_the_tick_nothing_is_signed(service, people) -> None:
    made = handed_in(a_draft(service))
    answer = people[1].post(f"{version(made)}sign/", {"remark": "Agreed."})
    assert answer.status_code == 422
    assert "Tick the statement." in text_of(answer) and "Agreed." in text_of(answer)
    assert not Signature.objects.exists()


def test_who_composed_it_cannot_sign_it_and_is_told_so(service) -> None:
    two_at(service)
    lead = staff_with("consultant", service, username="consultant.two")
    made = handed_in(a_draft(service, by="consultant.two"), by="consultant.two")
    browser = browser_of(lead)
    page = text_of(browser.get(version(made)))
    assert "so a second person must sign it." in page and 'name="stands_for_it"' not in page
    answer = browser.post(f"{version(made)}sign/", {"stands_for_it": "on"})
    assert answer.status_code == 409 and "A second person must sign this" in text_of(answer)
    assert not Signature.objects.exists()


def test_who_changed_a_draft_that_another_handed_in_cannot_sign_it_either(service) -> None:
    row = drafting.change(row=a_draft(service), by="consultant.one", at=NOON, name="Ours")
    made = handed_in(row, by="nurse.one")
    with pytest.raises(SamePerson, match="you composed it"):
        sign_all(
            contents=[made], by="consultant.one", as_role="Consultant", statement="Yes.", at=NOON
        )
    assert not Signature.objects.exists()


def test_a_nurse_may_read_a_version_and_not_sign_it(service, people) -> None:
    made = handed_in(a_draft(service))
    page = text_of(people[0].get(version(made)))
    assert "can sign it, but nobody who composed it" in page and 'name="stands_for_it"' not in page
    assert people[0].post(f"{version(made)}sign/", {"stands_for_it": "on"}).status_code == 403


def test_the_page_shows_what_changes_against_what_the_service_asks_now(
    service, people, settings
) -> None:
    settings.IMPARTS_DEMO = True
    put_content_in_force(service)
    row = a_copy(service)
    row = drafting.change(
        row=row, by="nurse.one", at=NOON,
        step=lambda draft: rules.without_instrument(
            rules.with_instrument(draft, "peg", part="Pain"), "pain_nrs"
        ),
    )  # fmt: skip
    page = text_of(people[1].get(version(handed_in(row))))
    assert f"Compared with what {service} asks now." in page
    assert "<ins>in the part Pain, at every visit</ins>" in page
    assert "<b>No longer</b></td><td>Pain 0 to 10</td>" in page
    assert "<del>Rheumatology outpatients</del></td><td><ins>Ours</ins>" in page


def test_every_kind_of_content_can_be_read_before_it_is_signed(people) -> None:
    for content in ContentVersion.objects.all():
        answer = people[1].get(version(content))
        assert answer.status_code == 200, content
        assert "Nobody at this site has signed it." in text_of(answer)


def test_a_new_text_of_a_pathway_is_compared_with_the_one_signed_before(people) -> None:
    sign_what_is_shipped()
    old = ContentVersion.objects.get(kind="pathway", key="pain")
    new = ContentVersion.objects.create(
        kind="pathway", key="pain", version="next", sha256="x" * 64, loaded_at=NOON,
        is_shipped=False, loaded_by="nurse.one",
        body=old.body.replace(f'version = "{old.version}"', 'version = "next"'),
    )  # fmt: skip
    page = text_of(people[1].get(version(new)))
    assert f"Compared with the version signed last, {old.version}." in page
    assert f"<del>{old.version}</del></td><td><ins>next</ins>" in page


def test_all_that_waits_stands_on_one_page_with_nothing_ticked(service, people) -> None:
    made = handed_in(a_copy(service))
    page = text_of(people[1].get("/library/signing/"))
    assert "Composed or brought in here" in page and f'value="{made.pk}"' in page
    for key in ("phq9", "gad7", "auditc"):
        wanted = ContentVersion.objects.get(kind="instrument", key=key)
        assert f'value="{wanted.pk}"' in page and f"/library/{key}/{wanted.pk}/" in page
    assert " checked" not in page
    licensed = ContentVersion.objects.get(kind="instrument", key="hads")
    assert f'value="{licensed.pk}"' not in page, "a signature gives no wording"


def test_what_rests_on_general_knowledge_stands_beside_its_tick_and_in_the_signature(
    service, people
) -> None:
    handed_in(a_copy(service))
    phq9 = ContentVersion.objects.get(kind="instrument", key="phq9")
    assert "general knowledge, not verified here" in text_of(people[1].get("/library/signing/"))
    read = read_on(people[1], "/library/signing/")
    people[1].post("/library/signing/", {**read, "contents": [phq9.pk]})
    assert phq9.signatures.get().accepts
    assert "Accepted with it:" in text_of(people[1].get(version(phq9)))


def test_a_new_site_signs_a_pack_and_all_it_needs_in_one_go(service, people) -> None:
    pack = ContentVersion.objects.get(kind="pack", key="rheumatology_outpatient")
    where = f"/library/signing/?pack={pack.pk}"
    page = text_of(people[1].get(where))
    wanted = [
        one for one in ContentVersion.objects.all() if f'name="contents" value="{one.pk}"' in page
    ]
    assert {(one.kind, one.key) for one in wanted} == {
        ("pack", "rheumatology_outpatient"), ("patient_text", "england"),
        *(("instrument", key) for key in
          ("pain_nrs", "smoking_core", "hsi", "phq9", "gad7", "auditc")),
    }  # fmt: skip
    given = {**read_on(people[1], where), "contents": [one.pk for one in wanted]}
    answer = people[1].post(where, given)
    assert answer.status_code == 302 and Signature.objects.count() == len(wanted)
    start_at(services=[service], content=pack, from_on=TODAY, by="manager.one", at=NOON)
    assert "Nothing waits for a signature." in text_of(people[1].get(where))


def test_of_many_either_all_are_signed_or_none(service) -> None:
    two_at(service)
    lead = staff_with("consultant", service, username="consultant.two")
    theirs = handed_in(a_draft(service))
    own = handed_in(a_draft(service, by="consultant.two"), by="consultant.two")
    given = {"contents": [theirs.pk, own.pk], "stands_for_it": "on"}
    answer = browser_of(lead).post("/library/signing/", given)
    assert answer.status_code == 409
    assert "invented_clinic_2 2026-11-17: A second person must sign this" in text_of(answer)
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"stands_for_it": "on"}, "Tick what you have read"),
        ({"stands_for_it": "on", "contents": ["999999"]}, "not one of the choices"),
        ({"stands_for_it": "on", "contents": ["x"]}, "not one of the choices"),
        ({"stands_for_it": "on", "contents": ["1"], "remark": "x" * 700}, "At most 600"),
    ],
)
def test_a_slip_in_signing_is_a_sentence(people, given: dict, said: str) -> None:
    answer = people[1].post("/library/signing/", given)
    assert answer.status_code == 422 and said in text_of(answer)
    assert not Signature.objects.exists()


def test_what_is_signed_waits_no_more(service, people) -> None:
    made = handed_in(a_draft(service))
    people[1].post("/library/signing/", {"contents": [made.pk], "stands_for_it": "on"})
    assert f'value="{made.pk}"' not in text_of(people[1].get("/library/signing/"))


@pytest.mark.parametrize("where", ["/library/signing/", "/library/versions/{}/"])
def test_what_changed_since_it_was_read_is_shown_anew_and_not_signed(people, where: str) -> None:
    nurse, consultant = people
    made = brought(nurse, questionnaire())
    where = where.format(made.pk)
    confirm(nurse, made)
    read = {**read_on(consultant, where), "contents": [made.pk]}
    confirm(nurse, made, **{"asks-1": "no"})
    post_to = where if where == "/library/signing/" else f"{where}sign/"
    answer = consultant.post(post_to, read)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "What you read has changed since; read it again." in page
    assert "dead does not ask about harm" in page and " checked" not in page
    assert not Signature.objects.exists()
    again = {**read_on(consultant, where), "contents": [made.pk]}
    assert consultant.post(post_to, again).status_code == 302
    assert Signature.objects.get().accepts[0].startswith("dead does not ask about harm")


def test_a_page_that_says_nothing_of_what_was_read_signs_nothing(people) -> None:
    nurse, consultant = people
    made = brought(nurse, questionnaire())
    confirm(nurse, made)
    answer = consultant.post(f"{version(made)}sign/", {"stands_for_it": "on"})
    assert answer.status_code == 409 and not Signature.objects.exists()
