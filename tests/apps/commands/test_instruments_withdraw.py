"""`imparts instruments withdraw`, and bringing the words of the tablet's own pages (H4, H6)."""

from datetime import date

import pytest
import tomli_w

from imparts.commands import instruments_wording
from imparts.commands.exit_codes import DONE, SOME_REFUSED, UsedWrongly
from imparts.commands.instruments_withdraw import withdraw
from imparts.library import actions as library
from imparts.library.models import ContentVersion, Withdrawal
from imparts.library.queries import sentences, why_not_offered
from tests.apps.library.invented import load_structure, load_wording
from tests.builders import NOON, TODAY, a_service, staff_with

WRONG = "Question 2 was mistyped."


@pytest.fixture
def wording(db, settings) -> ContentVersion:
    """A licensed wording, and two people: one who may sign and one who may not."""
    settings.IMPARTS_DEMO = True
    load_structure()
    service = a_service(with_content=False)
    staff_with("consultant", service, username="clinician")
    staff_with("receptionist", service, username="desk")
    return load_wording()


def take(version: str = "1", *, by: str = "clinician", kind: str | None = None, why=WRONG) -> int:
    """Withdraw a version of the invented kettle."""
    return withdraw("kettle", version, kind=kind, why=why, by=by, at=NOON)


def test_what_is_wrong_is_withdrawn_with_its_reason_and_said(wording, capsys) -> None:
    assert why_not_offered(wording, on=TODAY) is None
    assert take() == DONE
    assert "Nobody is asked it from now on" in capsys.readouterr().out
    assert WRONG in str(why_not_offered(wording, on=TODAY))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"by": "desk"}, "desk may not sign questionnaires"),
        ({"by": "stranger"}, "nobody here with the user name stranger"),
        ({"version": "7"}, r"no such version of kettle. In the library: 1 \(wording\)"),
        ({"kind": "pack"}, "no such version of kettle"),
        ({"why": " "}, "Say why it is withdrawn"),
    ],
)
def test_a_withdrawal_that_cannot_be_is_refused_in_words(wording, asked, said) -> None:
    with pytest.raises(UsedWrongly, match=said):
        take(**asked)
    assert not Withdrawal.objects.exists()


def words_of_the_pages(**changed: object) -> str:
    whole = {
        "language": "cy", "name": "Cymraeg", "direction": "ltr", "version": "1",
        "authority": "Invented authority", "dated": date(2026, 1, 1), "source": "Invented.",
        "words": {one: f"[cy] {one}" for one in sentences()},
    }  # fmt: skip
    return tomli_w.dumps(whole | changed)


def bring(text: str) -> int:
    return instruments_wording.load(text, by="desk", at=NOON, name="welsh.toml")


def test_the_words_of_the_pages_are_brought_and_wait_for_a_second_person(
    wording, settings, capsys
) -> None:
    settings.IMPARTS_DEMO = False
    assert bring(words_of_the_pages()) == DONE
    said = capsys.readouterr().out
    assert said.startswith("cy, version 1, is in the library.\nNot offered yet.")
    made = ContentVersion.objects.get(kind="page_words")
    with pytest.raises(library.SamePerson):
        library.sign(content=made, by="desk", as_role="Desk", statement="Read.", at=NOON)


def test_words_that_leave_a_sentence_of_the_pages_out_are_refused(wording, capsys) -> None:
    assert bring(words_of_the_pages(words={"Continue": "[cy] Continue"})) == SOME_REFUSED
    assert "are not translated" in capsys.readouterr().out
    assert not ContentVersion.objects.filter(kind="page_words").exists()


def test_a_nations_own_numbers_are_brought_the_same_way(wording, capsys) -> None:
    library.load_shipped(at=NOON)
    body = ContentVersion.objects.get(kind="patient_text", key="wales").body
    assert bring(body.replace('version = "', 'version = "own ', 1)) == DONE
    assert "wales, version own " in capsys.readouterr().out
