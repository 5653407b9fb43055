"""Alerts in words: what was asked, and what a person must do about it; never a grade of risk."""

from imparts.rules.summary.item9 import HAS_ITEM9, ITEM9, ITEM9_ID

TALK, ASK = "talk before they leave", "ask in person"


def item_name(item: str) -> str:
    """Item 9, for the q9 of an instrument's file."""
    return f"Item {item.lstrip('q')}"


def item_in_full(instrument: str, item: str) -> str:
    """Item 9 (better off dead, or hurting oneself)."""
    return ITEM9 if (instrument, item) == (HAS_ITEM9, ITEM9_ID) else item_name(item)


def question_in_words(instrument: str, item: str) -> str:
    """Better off dead, or hurting oneself."""
    return item_in_full(instrument, item).partition("(")[2].rstrip(")") or item_name(item)


def to_do(kind: str) -> str:
    """What a person must do: "talk before they leave" or "ask in person"."""
    return TALK if kind == "positive" else ASK


def to_do_in_row(kind: str, item: str) -> str:
    """The same for a row of a list."""
    if kind == "positive":
        return "Talk before they leave"
    return f"Ask in person: {item_name(item).lower()}"
