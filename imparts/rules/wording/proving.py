"""Proving a wording pack: put together with its structure, it must make sense and score right."""

from imparts.rules.content import ContentRefused
from imparts.rules.forms.suspects import speaks_of_harm
from imparts.rules.instruments.answers import AnswerRefused
from imparts.rules.instruments.checks import check_instrument
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.refused import ScoringRefused
from imparts.rules.scoring.result import Score
from imparts.rules.scoring.score import score
from imparts.rules.wording.apply import in_language
from imparts.rules.wording.definition import ItemWords, Proof, Wording
from imparts.rules.wording.languages import best_of, primary
from imparts.rules.wording.same_words import CANNOT_BE_EDITED, first_difference


def check_whole(structure: Instrument, wording: Wording) -> None:
    """Refuse a pack with which the instrument contradicts itself, or fails its worked examples."""
    made = [one for tag in wording.languages if (one := in_language(structure, wording, tag))]
    for instrument in made:
        check_instrument(instrument)
        _refuse_edited_words(structure, instrument)
    if structure.has_wording:
        return
    first = made[0]
    _check_harm_is_looked_for(first, wording)
    _check_there_are_proofs(first, wording)
    for number, proof in enumerate(wording.additions.proofs, start=1):
        _check(first, proof, f"{structure.id}, examples {number}")


def _refuse_edited_words(structure: Instrument, instrument: Instrument) -> None:
    """In its own language an instrument that ships with words has those, and no others."""
    if structure.has_wording and primary(instrument.language) == primary(structure.language):
        where = first_difference(structure, instrument)
        if where:
            raise ContentRefused(
                f"{structure.id}, languages, {instrument.language}, {where}: {CANNOT_BE_EDITED}"
            )


def _check_harm_is_looked_for(instrument: Instrument, wording: Wording) -> None:
    """No question that may ask about harm is passed over in silence (hazard H1).

    The words that tell are looked for in English; without English every question is to be named.
    """
    said = {one.item for one in instrument.harm_items} | set(wording.additions.not_about_harm)
    english = best_of("en", wording.languages)
    for item in instrument.items:
        if item.id in said:
            continue
        if english is None or _speaks_of_harm(wording.languages[english].items[item.id]):
            raise ContentRefused(
                f"{instrument.id}: {item.id} may ask about harm to self or others; name it in "
                "harm_items, with its alerts, or in not_about_harm when it does not"
            )


def _speaks_of_harm(words: ItemWords) -> bool:
    texts = [words.text, *(said for _, said in (*words.options, *words.anchors))]
    return any(speaks_of_harm(text) for text in texts)


def _check_there_are_proofs(instrument: Instrument, wording: Wording) -> None:
    complete = [proof for proof in wording.additions.proofs if proof.example.status == "complete"]
    if not complete:
        raise ContentRefused(
            f"{instrument.id}: there is no worked example of a complete form; take one from the "
            "licence holder's manual, with its result"
        )
    if instrument.scoring.subscales and not any(proof.subscales for proof in complete):
        raise ContentRefused(
            f"{instrument.id}: it is scored by parts, so an example of a complete form must say "
            "the score of each in subscales"
        )


def _check(instrument: Instrument, proof: Proof, where: str) -> None:
    example = proof.example
    try:
        found = score(instrument, dict(example.answers), dict(example.context))
    except (AnswerRefused, ScoringRefused) as refused:
        raise ContentRefused(f"{where}: {refused}") from None
    for what, expected, got in _compared(proof, found):
        if expected != got:
            raise ContentRefused(f"{where}: {what} came out as {_said(got)}, not {_said(expected)}")


def _compared(proof: Proof, found: Score) -> list[tuple[str, object, object]]:
    """What the example says beside what came out; bounds count only where it gives them."""
    example = proof.example
    pairs: list[tuple[str, object, object]] = [
        ("the status", example.status, found.status),
        ("the score", example.score, found.score),
    ]
    if example.band is not None:
        pairs.append(("the band", example.band, found.band))
    if example.lower is not None:
        pairs.append(("the lowest that it could be", example.lower, found.lower))
    if example.upper is not None:
        pairs.append(("the highest that it could be", example.upper, found.upper))
    if example.flags:
        pairs.append(("the flags", example.flags, found.flags))
    parts = {part.name: part.score for part in found.subscales}
    pairs += [(f"the score of {name}", number, parts.get(name)) for name, number in proof.subscales]
    return pairs


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value) or "none"
    return "none" if value is None else str(value)
