"""Drafts: they are started, copied, changed by steps, handed in once, and never lose the core."""

import pytest
from django.http import Http404

from imparts.audit.models import AuditEntry
from imparts.authoring.actions import drafting
from imparts.authoring.models import PackDraft
from imparts.authoring.queries import drafts
from imparts.library.models import ContentVersion
from imparts.library.queries import pack_of
from imparts.rules.content import ContentRefused
from imparts.rules.packs import draft as rules
from imparts.rules.packs.draft import NotPossible
from tests.apps.authoring.composed import a_copy, a_draft, handed_in, sign
from tests.builders import NOON, TODAY, a_service, staff_with, who

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything_shipped")]


def test_a_new_draft_holds_the_core_and_is_a_pack_when_handed_in(service) -> None:
    made = handed_in(a_draft(service))
    pack = pack_of(made.pk)
    assert [ask.instrument for ask in pack.asks] == ["smoking_core", "phq9", "gad7"]
    assert made.loaded_by == "nurse.one" and not made.is_shipped
    assert pack.checked_by == "not yet checked by a clinician"
    assert pack.authored_by == "nurse.one"
    assert (made.key, made.version) == ("invented_clinic", "2026-11-17")


def test_a_copy_keeps_what_the_other_service_asks_under_a_name_of_its_own(service) -> None:
    row = a_copy(service)
    theirs = pack_of(ContentVersion.objects.get(key="rheumatology_outpatient").pk)
    ours = pack_of(handed_in(row).pk)
    assert ours.parts == theirs.parts
    assert ours.id == "ours" and theirs.id == "rheumatology_outpatient"
    assert ours.sources[-1].startswith("Copied from Rheumatology outpatients, version")


def test_two_packs_of_one_name_have_keys_of_their_own(service) -> None:
    handed_in(a_draft(service))
    assert a_draft(service).key == "invented_clinic_2"
    assert a_draft(service).key == "invented_clinic_3"


@pytest.mark.parametrize("name", ["♥", "...", "Ω" * 200, "a" * 300])
def test_any_name_gives_a_key_that_can_be_kept(service, name: str) -> None:
    assert 0 < len(a_draft(service, name=name[:120]).key) <= 60


def test_everyone_who_changes_a_draft_is_its_author(service) -> None:
    row = a_draft(service)
    row = drafting.change(row=row, by="nurse.two", at=NOON, name="Invented clinic")
    assert row.authors == ["nurse.one", "nurse.two"]
    made = handed_in(row, by="nurse.three")
    assert drafts.composed_by(made.pk) == {"nurse.one", "nurse.two", "nurse.three"}


def test_a_draft_that_breaks_a_rule_is_not_handed_in_and_stays_a_draft(service) -> None:
    row = drafting.start(service=service, name="Unfinished", by="nurse.one", on=TODAY, at=NOON)
    with pytest.raises(ContentRefused, match="illness_words"):
        handed_in(row)
    row.refresh_from_db()
    assert row.made is None
    assert not ContentVersion.objects.filter(key=row.key).exists()


def test_what_was_handed_in_is_not_changed_any_more(service) -> None:
    row = a_draft(service)
    handed_in(row)
    with pytest.raises(NotPossible, match="next version"):
        drafting.change(row=row, by="nurse.one", at=NOON, name="Another")
    with pytest.raises(NotPossible, match="next version"):
        handed_in(row)


def test_the_next_version_goes_on_from_the_last_under_the_same_key(service) -> None:
    first = handed_in(a_draft(service))
    row = drafting.next_version_of(
        content=first, service=service, by="nurse.one", on=TODAY, at=NOON
    )
    row = drafting.change(
        row=row, by="nurse.one", at=NOON,
        step=lambda draft: rules.with_instrument(draft, "peg", part="Pain"),
    )  # fmt: skip
    second = handed_in(row)
    assert (second.key, second.version) == (first.key, "2026-11-17 no. 2")
    assert pack_of(second.pk).asks[0].instrument == "peg"
    assert pack_of(first.pk).asks[0].instrument == "smoking_core"


def test_a_shipped_pack_has_no_next_version_here(service) -> None:
    shipped = ContentVersion.objects.get(key="rheumatology_outpatient")
    with pytest.raises(NotPossible, match="Copy it"):
        drafting.next_version_of(
            content=shipped, service=service, by="nurse.one", on=TODAY, at=NOON
        )


def test_a_draft_is_for_those_who_compose_for_its_service(service) -> None:
    row = a_draft(service)
    theirs = staff_with("nurse", a_service("Dermatology", with_content=False))
    ours = staff_with("nurse", service)
    desk = staff_with("receptionist", service)
    assert drafts.draft_for(who(ours), row.pk) == row
    for stranger in (theirs, desk):
        with pytest.raises(Http404):
            drafts.draft_for(who(stranger), row.pk)
        assert drafts.open_drafts(who(stranger)) == []


def test_a_draft_thrown_away_is_found_no_more(service) -> None:
    row = a_draft(service)
    drafting.throw_away(row=row, by="nurse.one", at=NOON)
    with pytest.raises(Http404):
        drafts.draft_for(who(staff_with("nurse", service)), row.pk)
    assert PackDraft.objects.filter(pk=row.pk).exists()


def test_starting_handing_in_and_throwing_away_are_in_the_audit(service) -> None:
    handed_in(a_draft(service))
    drafting.throw_away(row=a_draft(service), by="nurse.one", at=NOON)
    did = set(AuditEntry.objects.values_list("did", flat=True))
    assert {"started a pack draft", "loaded content", "threw a pack draft away"} <= did


def test_a_version_can_be_signed_by_someone_else_only(service) -> None:
    made = handed_in(a_draft(service))
    sign(made)
    assert made.signatures.get().signed_by == "consultant.one"
