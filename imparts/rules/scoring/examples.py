"""Worked examples: every one that stands in an instrument's file must come out as it says.

A file whose own examples fail is refused like one that cannot be read: either the example or a rule
is wrong, and nobody can tell which without the published paper.
"""

from collections.abc import Iterator
from decimal import Decimal

from imparts.rules.content import ContentRefused
from imparts.rules.instruments.answers import AnswerRefused
from imparts.rules.instruments.definition import Example, Instrument
from imparts.rules.instruments.reader import read_instrument
from imparts.rules.scoring.change import plain
from imparts.rules.scoring.refused import ScoringRefused
from imparts.rules.scoring.result import Score
from imparts.rules.scoring.score import score


def read_proven(text: str) -> Instrument:
    """Read one instrument file and work out its examples; raises ContentRefused with a sentence."""
    instrument = read_instrument(text)
    prove_examples(instrument)
    return instrument


def prove_examples(instrument: Instrument) -> None:
    """Refuse an instrument of which an example comes out otherwise than it says."""
    for number, example in enumerate(instrument.examples, start=1):
        at = ("examples", number)
        try:
            found = score(instrument, dict(example.answers), dict(example.context))
        except (AnswerRefused, ScoringRefused) as problem:
            raise ContentRefused(f"{instrument.id}, examples {number}: {problem}", at=at) from None
        for key, said, came_out in _differences(example, found):
            raise ContentRefused(
                f"{instrument.id}, examples {number}: {key} is {came_out}, not {said}",
                at=(*at, key),
            )


def _differences(example: Example, found: Score) -> Iterator[tuple[str, str, str]]:
    pairs = (
        ("status", example.status, found.status),
        ("score", _number(example.score), _number(found.score)),
        ("band", example.band or "no band", found.band or "no band"),
        ("lower", _number(example.lower), _number(found.lower)),
        ("upper", _number(example.upper), _number(found.upper)),
        ("flags", _list(example.flags), _list(found.flags)),
    )
    return (pair for pair in pairs if pair[1] != pair[2])


def _number(value: Decimal | None) -> str:
    return "no number" if value is None else plain(value)


def _list(codes: tuple[str, ...]) -> str:
    return ", ".join(sorted(codes)) or "no flag"
