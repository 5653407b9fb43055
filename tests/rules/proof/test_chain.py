"""The chain: a missing, added, moved or changed row shows, and where; formulas stay text."""

import hashlib

import pytest

from imparts.rules.proof.chain import FIRST, Proof, first_break, safe_in_a_sheet

HEAD = ("alert", "what", "when")
ROWS = [(str(n), "raised" if n % 2 else "closed", f"2026-11-17T10:{n:02}:00") for n in range(20)]


def a_proof() -> Proof:
    return Proof.of(HEAD, ROWS)


def test_the_chain_of_what_was_handed_out_is_whole() -> None:
    proof = a_proof()
    assert first_break(proof.rows, proof.links) is None


@pytest.mark.parametrize("gone", [0, 7, 19])
def test_a_row_taken_out_with_its_link_shows_at_its_place(gone: int) -> None:
    proof = a_proof()
    rows, links = list(proof.rows), list(proof.links)
    del rows[gone], links[gone]
    if gone == 19:
        assert links[-1] != proof.last, "a shorter file ends with another digest"
    else:
        assert first_break(rows, links) == gone + 1


def test_two_rows_that_changed_places_show() -> None:
    proof = a_proof()
    rows = [*proof.rows[:3], proof.rows[4], proof.rows[3], *proof.rows[5:]]
    assert first_break(rows, proof.links) == 4


def test_a_changed_minute_shows() -> None:
    proof = a_proof()
    rows = list(proof.rows)
    rows[5] = (*rows[5][:2], "2026-11-17T10:59:00")
    assert first_break(rows, proof.links) == 6


def test_a_row_without_a_link_shows() -> None:
    proof = a_proof()
    assert first_break(proof.rows, proof.links[:-1]) == 20


def test_values_cannot_slide_from_one_column_into_the_next() -> None:
    one, other = Proof.of(HEAD, [("1", "2,3", "")]), Proof.of(HEAD, [("1", "2", "3")])
    assert one.last != other.last


def test_anyone_can_work_a_link_out_as_the_sheet_says() -> None:
    proof = Proof.of(("a", "b"), [("1", "zwölf")])
    by_hand = hashlib.sha256(("0" * 64 + '\n["1","zwölf"]').encode()).hexdigest()
    assert proof.links == (by_hand,)


def test_nothing_at_all_has_the_digest_of_nothing() -> None:
    assert Proof.of(HEAD, []).last == FIRST


def test_a_later_proof_begins_with_the_earlier_one() -> None:
    longer = Proof.of(HEAD, [*ROWS, ("20", "raised", "2026-11-17T10:20:00")])
    assert longer.links[:20] == a_proof().links


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_written_as_text(start: str) -> None:
    proof = Proof.of(("what",), [(f"{start}1+1",)])
    assert proof.rows == ((f"'{start}1+1",),)
    assert first_break(proof.rows, proof.links) is None


def test_ordinary_words_stay_as_they_are() -> None:
    assert safe_in_a_sheet("GP told - with consent") == "GP told - with consent"
