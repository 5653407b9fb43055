"""Alerts in words: what was asked, and what a person must do about it; never a grade of risk."""

from typing import TYPE_CHECKING, Protocol

from imparts.rules.summary.item9 import HAS_ITEM9, ITEM9, ITEM9_ID

if TYPE_CHECKING:
    from imparts.pathways.models import Alert

TALK, ASK = "talk before they leave", "ask in person"
TALK_IN_FULL, ASK_IN_FULL = "Talk with the patient before they leave.", "Ask in person."
SHORT = 60
DUTIES = {
    "owner": "Owner",
    "deputy": "Deputy",
    "liaison": "Liaison psychiatry",
    "manager": "Service manager",
}
"""Who is called, in the order in which they are called."""
CALLED_AS = {**DUTIES, "everyone": "Everyone", "taker": "Whoever took it"}
"""The same, with whom a call may go to besides the duties of the day."""


class Asked(Protocol):
    """An alert's story, as far as it says what was asked."""

    @property
    def alert(self) -> "Alert":
        """What the alert is about."""

    @property
    def question(self) -> str:
        """The question in the words of a form's author; empty for our own instruments."""


def item_name(item: str) -> str:
    """Item 9, for the q9 of an instrument's file."""
    return f"Item {item.lstrip('q')}"


def asked_in_short(story: Asked) -> str:
    """Item 9; a form's question as its author words it, shortened for a line."""
    words = story.question
    if not words:
        return item_name(story.alert.item)
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"


def asked_before(story: Asked) -> str:
    """The same before an answer: "Item 9: ", or "Do you want to hurt yourself? "."""
    words = asked_in_short(story)
    return f"{words} " if words.endswith("?") else f"{words}: "


def asked_in_full(story: Asked) -> str:
    """Item 9 (better off dead, or hurting oneself); a form's question as its author words it."""
    alert = story.alert
    if (alert.instrument, alert.item) == (HAS_ITEM9, ITEM9_ID):
        return ITEM9
    return story.question or item_name(alert.item)


def question_in_words(story: Asked) -> str:
    """Better off dead, or hurting oneself."""
    full = asked_in_full(story)
    return full if story.question else full.partition("(")[2].rstrip(")") or full


def to_do(kind: str) -> str:
    """What a person must do: "talk before they leave" or "ask in person"."""
    return TALK if kind == "positive" else ASK


def to_do_in_row(kind: str, asked: str) -> str:
    """The same for a row of a list."""
    if kind == "positive":
        return "Talk before they leave"
    return f"Ask in person: {asked[:1].lower()}{asked[1:]}"
