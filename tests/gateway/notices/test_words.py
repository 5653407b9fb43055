"""What a notice says: the service and the duty, and nothing that a passer-by may not read (H8)."""

import pytest

from imparts.gateway.notices.words import written

KINDS = (
    "alert_called", "alert_handed_on", "alert_at_desk", "queue_grew", "cover_asked",
    "delivery_grew", "delivery_drained", "new",
)  # fmt: skip
RUNGS = ("owner", "deputy", "liaison", "manager", "", "unknown")
SERVICE = "Rheumatology, Fernhollow Hospital"


def test_the_words_of_a_call_are_these() -> None:
    made = written(kind="alert_called", rung="deputy", service=SERVICE)
    assert made.subject == "imparts: please open the alert list"
    assert made.text == (
        "imparts: please open the alert list for Rheumatology, Fernhollow Hospital. "
        "You are called as deputy. No reply is read here."
    )


def test_a_colleague_who_is_wanted_at_the_desk_is_asked_to_come() -> None:
    made = written(kind="alert_at_desk", rung="", service=SERVICE)
    assert made.text == (
        "imparts: please come to the desk of Rheumatology, Fernhollow Hospital. "
        "No reply is read here."
    )
    assert made.subject == "imparts: please come to the desk"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rung", RUNGS)
def test_every_notice_names_its_service_and_fits_into_two_texts(kind: str, rung: str) -> None:
    made = written(kind=kind, rung=rung, service=SERVICE)
    assert SERVICE in made.text and made.text.startswith("imparts: ")
    longest = written(kind=kind, rung=rung, service="x" * 300)
    # two joined SMS hold 306 letters; all of ours are of the alphabet that every telephone has
    assert len(longest.text) <= 306 and longest.text.isascii()
    assert "\n" not in made.text + made.subject


def test_a_kind_that_nobody_knows_is_still_a_call() -> None:
    made = written(kind="something_new", rung="owner", service=SERVICE)
    assert "please open the alert list" in made.text and "You are called as owner." in made.text


def test_a_service_named_over_two_lines_cannot_put_a_line_into_a_mail() -> None:
    made = written(kind="alert_called", rung="", service="Pain\r\nBcc: all@trust.example")
    assert "\n" not in made.text + made.subject and "\r" not in made.text


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_clinical_is_said(kind: str) -> None:
    said = written(kind=kind, rung="owner", service=SERVICE)
    for word in ("patient", "answer", "score", "PHQ", "self-harm", "risk", "harm", "item", "mood"):
        assert word.lower() not in (said.text + said.subject).lower()
