"""The frozen shapes of one wording pack: whose words, in which languages, by which licence.

Texts are plain text: whoever shows them escapes them, so an angle bracket is an angle bracket.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imparts.rules.instruments.definition import (
    AlertRule,
    Example,
    Flag,
    HarmItem,
    Licence,
)
from imparts.rules.instruments.scoring_definition import (
    BestOf,
    Decision,
    LookUp,
    SubscaleRule,
)

FORMAT = "imparts-wording-1"
Labels = tuple[tuple[int, str], ...]  # what each value is called


@dataclass(frozen=True, slots=True)
class ItemWords:
    """One question in one language."""

    text: str
    options: Labels
    anchors: Labels = ()


@dataclass(frozen=True, slots=True)
class Words:
    """An instrument's words in one language, with who made or approved them."""

    tag: str
    name: str
    authority: str
    dated: date
    source: str
    title: str
    part: str  # the patient's word for what is asked about; empty takes the structure's own
    stem: str
    recall: str
    notice: str
    items: Mapping[str, ItemWords]


@dataclass(frozen=True, slots=True)
class Proof:
    """A worked example, with the score of each part where the instrument has no total."""

    example: Example
    subscales: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Additions:
    """What belongs to the words and could not ship without them: how answers count, and alerts."""

    tables: tuple[LookUp, ...] = ()
    subscales: tuple[SubscaleRule, ...] = ()
    groups: tuple[BestOf, ...] = ()
    groups_needed: int = 0
    decisions: tuple[Decision, ...] = ()
    reversed_items: tuple[str, ...] = ()
    harm_items: tuple[HarmItem, ...] = ()
    # They sound so; whoever made the pack has looked at them.
    not_about_harm: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    alerts: tuple[AlertRule, ...] = ()
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording pack, whole; every language of it is complete."""

    instrument: str
    structure: str  # the version of the instrument that it was made for
    version: str
    licence: Licence
    statement: str  # what the licence allows, in words
    languages: Mapping[str, Words]
    additions: Additions
    authored_by: str
    checked_by: str
