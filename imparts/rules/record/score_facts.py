"""What the answers add up to, as the hospital record is told: one result, and each of its parts.

`from_json` of result_facts reads these back. Facts that were stored before parts were known have
none, and are read as they were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from imparts.rules.record.json_facts import FactsRefused, many, plain, read

STATUSES = ("complete", "prorated", "incomplete")
KINDS = ("", "parts", "profile")


@dataclass(frozen=True, slots=True)
class PartFacts:
    """The result of a subscale; `is_flagged` when a flag on its answers together fired."""

    name: str
    label: str
    status: str
    score: Decimal | None
    out_of: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    band: str = ""
    band_label: str = ""
    is_flagged: bool = False

    def __post_init__(self) -> None:
        _check(self.status)


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """What the answers add up to; the same words as rules.scoring.score.Score.

    `is_flagged` is true when a flag on the score itself fired (a cut reached, an algorithm met);
    flags on one item are `ItemFacts.flagged`. `flags` lists the codes of both. `kind` says what
    stands in place of a total: "parts", "profile", or nothing, when there is a number or a word.
    """

    status: str
    score: Decimal | None
    out_of: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    answered: int
    asked: int
    band: str = ""
    band_label: str = ""
    is_flagged: bool = False
    flags: tuple[str, ...] = ()
    kind: str = ""
    profile: str = ""
    parts: tuple[PartFacts, ...] = ()

    def __post_init__(self) -> None:
        _check(self.status)
        if self.kind not in KINDS:
            raise FactsRefused("kind is not one of parts, profile or nothing")

    @property
    def needs_version_2(self) -> bool:
        """Whether a program that knows version 1 alone would leave something of it out."""
        return bool(self.kind or self.profile or self.parts)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; what version 1 did not know is left out where there is none of it."""
        said = plain(self) | {"parts": [plain(one) for one in self.parts]}
        new = () if self.needs_version_2 else ("kind", "profile", "parts")
        return {name: value for name, value in said.items() if name not in new}


def read_score(facts: Mapping[str, Any]) -> ScoreFacts:
    """A score read back."""
    parts = tuple(read(PartFacts, each) for each in many(facts, "parts"))
    return read(ScoreFacts, facts, parts=parts)


def _check(status: str) -> None:
    if status not in STATUSES:
        raise FactsRefused("status is not one of complete, prorated, incomplete")
