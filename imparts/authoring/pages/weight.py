"""What a pack asks of a patient: questions, minutes, reading; and what is said when it is much."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.design.words import counted
from imparts.rules.forms.definition import Form
from imparts.rules.packs.burden import (
    MOST_CONDITION_ITEMS,
    MOST_SCREENS,
    SECONDS_A_QUESTION,
    Burden,
    burden,
)
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.reading_load import ReadingLoad, load_of, load_of_form, reading_load

if TYPE_CHECKING:
    from imparts.authoring.queries.choosing import Choice, Shelf

ADVISED = (
    "First the illness itself, then smoking, mood and worry. Someone who has told of their pain "
    "goes on more easily to how they feel."
)
NOT_OURS = (
    "The wording belongs to the instruments and is not ours to change. What is hard to read is "
    "mended by another instrument, or by offering help."
)
HOW_RECKONED = (
    f"Reckoned with {SECONDS_A_QUESTION} seconds a question and every question asked. "
    "This is a proposal and not a measurement."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: what it is, its number, and what it means."""

    what: str
    said: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a pack asks of a patient's time and reading."""

    lines: tuple[Line, ...]
    warnings: tuple[str, ...]
    longest: str
    longest_in: str
    each: tuple[tuple[str, str, str, str], ...]
    """Each instrument: its name, questions, words, grade."""
    advised: str = ADVISED
    not_ours: str = NOT_OURS

    @classmethod
    def of(cls, pack: Pack, shelf: "Shelf") -> "Weight":
        """Weigh a pack; what is not known weighs nothing."""
        instruments, forms = shelf.instruments, shelf.forms
        found = burden(pack, instruments, forms)
        load = reading_load(pack, instruments, forms)
        known = [shelf.by_key[a.instrument] for a in pack.asks if a.instrument in shelf.by_key]
        return cls(
            lines=_lines(found, load),
            warnings=_warnings(found),
            longest=load.longest,
            longest_in=f"{load.longest_in}, {counted(load.longest_words, 'word')}",
            each=tuple(_one(choice) for choice in known),
        )


def _lines(found: Burden, load: ReadingLoad) -> tuple[Line, ...]:
    if found.fewest == found.most:
        questions = counted(found.most, "question")
    else:
        questions = f"{found.fewest} to {found.most} questions"
    lines = [
        Line("One a screen", questions, "The fewest and the most, as answers lead."),
        Line("Time", f"About {counted(found.minutes, 'minute')}", HOW_RECKONED),
        Line("To read", f"{load.words} words", f"{load.words_a_sentence} words a sentence."),
    ]
    if load.grade is not None:
        lines.append(
            Line(
                "Reading grade",
                f"{load.grade}",
                f"Most people who read as well as a {load.age}-year-old can read it. An estimate "
                "(Flesch-Kincaid): it was made for running text.",
            )
        )
    return tuple(lines)


def _warnings(found: Burden) -> tuple[str, ...]:
    said = []
    if found.too_many_screens:
        said.append(
            f"Someone may meet {found.most} screens. Above {MOST_SCREENS} fewer people finish."
        )
    if found.too_many_condition_items:
        said.append(
            f"{found.condition_items} questions stand beside mood, worry and smoking. "
            f"Above {MOST_CONDITION_ITEMS} is long: what would be done with each answer?"
        )
    return tuple(said)


def _one(choice: "Choice") -> tuple[str, str, str, str]:
    asked = choice.asked
    load = load_of_form(asked) if isinstance(asked, Form) else load_of(asked)
    grade = "" if load.grade is None else str(load.grade)
    return choice.name, str(choice.questions), str(load.words), grade
