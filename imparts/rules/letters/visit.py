"""What both letters tell of one visit, put into words by whoever knows the visit."""

from dataclasses import dataclass

from imparts.rules.letters.definition import Person, Said, ScoreRow


@dataclass(frozen=True, slots=True)
class VisitTold:
    """One visit as letters tell it."""

    sender: str
    """The service and where it is."""
    person: Person
    seen: str
    gist: tuple[Said, ...]
    scores: tuple[ScoreRow, ...]
    scores_note: str
    harm: tuple[str, ...]
    """Questions about harm: as answered, and what was recorded as done; empty where none asked."""
    foot: str
    kept_at: str
    plot: str = ""
