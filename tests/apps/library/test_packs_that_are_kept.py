"""A pack in force stays readable whatever becomes of its instruments; less is never silent (H1)."""

import pytest
from freezegun import freeze_time

from imparts.informatics.questionnaires.actions.hand_overs import CannotStart
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.library.queries import instruments_for, left_out_for, pack_in_force, reading
from imparts.rules.content import ContentRefused
from imparts.rules.packs.reader import read_kept_pack, read_pack
from tests.apps.authoring.composed import browser_of
from tests.apps.library.invented import load, sign, sign_everything
from tests.builders import (
    NOON,
    TODAY,
    a_hand_over,
    a_service,
    an_appointment,
    staff_with,
)
from tests.rules.invented_packs import a_pack, asks
from tests.rules.reference_instruments import shipped

pytestmark = pytest.mark.django_db
AFTER_PAIN = ', when = { instrument = "pain_nrs", any_of = ["q1"], is_at_least = 4 }'
AFTER_A_LAMP = a_pack("lamp", Kettles=f"{asks('pain_nrs')}, {asks('peg', AFTER_PAIN)}")


@pytest.fixture
def service():
    """A service of which the pack asks PEG after an answer to q1 of the pain scale."""
    made = a_service(with_content=False)
    library.load_shipped(at=NOON)
    content = load("pack", AFTER_A_LAMP)
    sign_everything()
    library.put_in_force(service=made, content=content, from_on=TODAY, by="lead", at=NOON)
    return made


def without_q1() -> ContentVersion:
    """A later version of the pain scale, which calls its question by another name."""
    shipped_one = ContentVersion.objects.get(kind="instrument", key="pain_nrs")
    text = shipped_one.body.replace('"q1"', '"now"').replace("q1 =", "now =")
    text = text.replace(f'version = "{shipped_one.version}"', 'version = "later"')
    made = library.load_file(kind="instrument", text=text, at=NOON)
    assert made is not None
    return made


def after_a_restart() -> None:
    """Nothing that was read before is still in memory."""
    reading.pack_of.cache_clear()


def test_a_later_version_that_drops_a_question_leaves_the_pack_readable(service) -> None:
    without_q1()
    after_a_restart()
    _, pack = pack_in_force(service.pk, on=TODAY)
    assert [ask.instrument for ask in pack.asks][-2:] == ["pain_nrs", "peg"]
    assert left_out_for(pack, on=TODAY) == (), "nobody has signed the later version"
    assert {"pain_nrs", "peg"} <= a_hand_over(an_appointment(service)).invitation.instruments.keys()


def test_what_can_no_longer_be_reached_is_left_out_with_a_sentence(service) -> None:
    sign(without_q1())
    after_a_restart()
    _, pack = pack_in_force(service.pk, on=TODAY)
    assert "peg" not in instruments_for(pack, on=TODAY)
    ((key, why),) = left_out_for(pack, on=TODAY)
    assert key == "peg"
    assert why.startswith("It is asked after an answer to q1 of Pain")
    assert why.endswith("which version later does not ask.")
    invitation = a_hand_over(an_appointment(service)).invitation
    invitation.refresh_from_db()
    assert invitation.context["left_out"] == [[key, why]]


def test_what_follows_an_instrument_that_is_gone_is_left_out_with_it(service) -> None:
    pain = ContentVersion.objects.get(kind="instrument", key="pain_nrs")
    library.withdraw(content=pain, why="A slip.", by="lead", at=NOON)
    _, pack = pack_in_force(service.pk, on=TODAY)
    assert dict(left_out_for(pack, on=TODAY)) == {
        "pain_nrs": "It was withdrawn on 17 November 2026: A slip.",
        "peg": "It is asked after an answer to pain_nrs, which is not asked.",
    }


def test_without_the_core_the_tablet_is_not_handed_over(service) -> None:
    worry = ContentVersion.objects.get(kind="instrument", key="gad7")
    library.withdraw(content=worry, why="A slip.", by="lead", at=NOON)
    said = "gad7 cannot be asked. It was withdrawn on 17 November 2026: A slip."
    with pytest.raises(CannotStart, match=said):
        a_hand_over(an_appointment(service))


def test_the_pages_of_such_a_pack_can_be_read(service) -> None:
    sign(without_q1())
    after_a_restart()
    content, _ = pack_in_force(service.pk, on=TODAY)
    with freeze_time(NOON):
        lead = browser_of(staff_with("consultant", service))
        for where in (f"/library/versions/{content.pk}/", "/library/packs/"):
            assert lead.get(where).status_code == 200


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('"peg"', '"pegg"', "pegg is not an instrument of the library"),
        ('["q1"]', '["q7"]', "depends on pain_nrs q7, but there is no such item"),
    ],
)
def test_a_pack_that_comes_anew_is_still_held_against_the_instruments(
    was: str, becomes: str, said: str
) -> None:
    text = AFTER_A_LAMP.replace(was, becomes)
    with pytest.raises(ContentRefused, match=said):
        read_pack(text, shipped())
    assert read_kept_pack(text).id == "lamp_clinic"


def test_a_kept_pack_without_the_core_is_refused_all_the_same() -> None:
    with pytest.raises(ContentRefused, match="mood, worry and smoking cannot be taken out"):
        read_kept_pack(AFTER_A_LAMP.replace("gad7", "gad2"))
