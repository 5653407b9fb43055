"""Differences: what a draft changes in a pathway, in words, and whose signature that needs."""

from imparts.rules.pathways.definition import Pathway


def differences(live: Pathway, draft: Pathway) -> tuple[str, ...]:
    """Each change as a sentence, the gravest first; the last says what stays the same."""
    raise NotImplementedError


def needs_safety_officer(live: Pathway, draft: Pathway) -> str | None:
    """Why the clinical safety officer must sign too: a raised threshold or a removed step."""
    raise NotImplementedError


def weakens_item9(live: Pathway, draft: Pathway) -> str | None:
    """Why a draft is refused: what follows from item 9 is not the same, word for word, or more."""
    raise NotImplementedError
