"""The page on which a pack is composed: its parts, what may be added, and what is still wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.authoring.pages.weight import Weight
from imparts.design.words import counted
from imparts.rules.packs.differences import how_often, name_of, only_when
from imparts.rules.packs.draft import Draft, is_core, place_of
from imparts.rules.packs.reader import CORE

if TYPE_CHECKING:
    from imparts.authoring.models import PackDraft
    from imparts.authoring.queries.choosing import Choice, Shelf
    from imparts.rules.content import ContentRefused
    from imparts.rules.packs.definition import Ask, Pack

OFTEN = (0, 7, 14, 28, 91, 182, 365)
PHQ8 = "PHQ-8 leaves out the question about self-harm. Ask it only where nobody watches alerts."
MOOD = {"phq9": ("phq8", "Ask PHQ-8 instead"), "phq8": ("phq9", "Ask PHQ-9 instead")}
MISSING = {
    "name": "Give the pack a name.",
    "illness_words": "Say what patients call the illness.",
    "sources": "Say why these questions are asked, or who decided it.",
}
HAND_IN_SAYS = (
    "It becomes a version of the library that nobody can change. Someone else, who may sign, reads "
    "it and signs it. Then it can start."
)
NOT_OFFERED = "Patients are not asked this as things stand. {why}"


@dataclass(frozen=True, slots=True)
class Often:
    """One answer to: how often?"""

    days: int
    said: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AskRow:
    """One instrument of the draft."""

    key: str
    name: str
    measures: str
    questions: str
    is_core: bool
    often: tuple[Often, ...]
    when: str
    notes: tuple[str, ...]
    problem: str
    swap: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part: its name in the patient's words, and what it asks."""

    number: int
    name: str
    problem: str
    asks: tuple[AskRow, ...]


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One instrument that may be added, or may not and why."""

    key: str
    name: str
    measures: str
    questions: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ComposePage:
    """A draft, whole."""

    title: str
    draft: int
    service: str
    facts: Mapping[str, str]
    asks_who_helps: bool
    parts: tuple[PartRow, ...]
    problem: str
    wrong: Mapping[str, str]
    weight: Weight
    choices: tuple[ChoiceRow, ...]
    refused: tuple[ChoiceRow, ...]
    looked_for: str
    authors: str
    missing: tuple[str, ...]
    hand_in_says: str = HAND_IN_SAYS

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """What was typed and could not be kept, each with the field that it leads to."""
        return tuple((f"id_{name}", said) for name, said in self.wrong.items())

    @property
    def still_to_do(self) -> tuple[tuple[str, str], ...]:
        """What stands between this draft and handing it in, each with its place on the page."""
        rows = [(f"row-{a.key}", a.problem) for p in self.parts for a in p.asks if a.problem]
        whole = [("parts", self.problem)] if self.problem else []
        missing = [(f"id_{name}", said) for name, said in MISSING.items() if name in self.missing]
        return (*missing, *whole, *rows)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and could not be kept, and what is wrong with it."""

    values: Mapping[str, str]
    wrong: Mapping[str, str]


NOTHING_TYPED = Typed({}, {})


def compose_page(
    row: "PackDraft", draft: Draft, pack: "Pack", shelf: "Shelf", *,
    refused: "ContentRefused | None", found: "tuple[Choice, ...]", looked_for: str,
    authors: tuple[str, ...], typed: Typed = NOTHING_TYPED,
) -> ComposePage:  # fmt: skip
    """Put a draft on its page."""
    where = place_of(refused, draft) if refused else ""
    said = _sentence(refused, shelf) if refused else ""
    addable = [one for one in found if not _is_in(draft, one.key)]
    return ComposePage(
        title=row.name,
        draft=row.pk,
        service=str(row.service),
        facts=_facts(row, typed.values),
        asks_who_helps=row.asks_who_helps,
        parts=_parts(draft, shelf, typed, where=where, said=said),
        problem="" if where else said,
        wrong=typed.wrong,
        weight=Weight.of(pack, shelf),
        choices=tuple(_choice(one) for one in addable if not one.why_not),
        refused=tuple(_choice(one) for one in addable if one.why_not),
        looked_for=looked_for,
        authors=", ".join(authors),
        missing=tuple(name for name in MISSING if not getattr(draft, name)),
    )


def _facts(row: "PackDraft", typed: Mapping[str, str]) -> dict[str, str]:
    kept = {
        "name": row.name,
        "illness_words": row.illness_words,
        "sources": row.sources,
        "next_review": f"{row.next_review:%d/%m/%Y}",
    }
    return {name: typed.get(name, value) for name, value in kept.items()}


def _parts(
    draft: Draft, shelf: "Shelf", typed: Typed, *, where: str, said: str
) -> tuple[PartRow, ...]:
    return tuple(
        PartRow(
            number=number,
            name=typed.values.get(f"part-{number}", part.name),
            problem=typed.wrong.get(f"part-{number}", ""),
            asks=tuple(
                _row(ask, shelf, typed, problem=said if ask.instrument == where else "")
                for ask in part.asks
            ),
        )
        for number, part in enumerate(draft.parts)
    )


def _row(ask: "Ask", shelf: "Shelf", typed: Typed, *, problem: str) -> AskRow:
    key = ask.instrument
    choice = shelf.by_key.get(key)
    notes = [PHQ8] if key == "phq8" else []
    if choice is None or choice.why_not:
        notes.append(NOT_OFFERED.format(why=choice.why_not if choice else "It is not known here."))
    days = typed.values.get(f"often-{key}", "")
    return AskRow(
        key=key,
        name=name_of(key, shelf.known),
        measures=choice.measures if choice else "",
        questions=counted(choice.questions, "question") if choice else "",
        is_core=is_core(key),
        often=_often(int(days) if days.isdecimal() and len(days) < 5 else ask.every_days),
        when=only_when(ask.when, shelf.known),
        notes=tuple(notes),
        problem=problem or typed.wrong.get(f"often-{key}", ""),
        swap=MOOD.get(key),
    )


def _often(chosen: int) -> tuple[Often, ...]:
    every = sorted({*OFTEN, chosen})
    return tuple(Often(days, _in_short(days), days == chosen) for days in every)


def _in_short(days: int) -> str:
    """ "Every visit", "Not within 6 months": short enough for a narrow field."""
    if days == 0:
        return "Every visit"
    _, _, in_words = how_often(days).partition("(")
    return f"Not within {in_words.rstrip(')') or f'{days} days'}"


def _choice(choice: "Choice") -> ChoiceRow:
    return ChoiceRow(
        key=choice.key,
        name=choice.name,
        measures=choice.measures,
        questions=counted(choice.questions, "question"),
        why_not=choice.why_not,
    )


def _is_in(draft: Draft, key: str) -> bool:
    """Also PHQ-8 beside PHQ-9: the row of mood changes between them."""
    return draft.has(key) or key in CORE[0]


def _sentence(refused: "ContentRefused", shelf: "Shelf") -> str:
    """The reader's sentence without the place in the file, instruments by the names staff use."""
    words = re.sub(
        r"[A-Za-z0-9_-]+",
        lambda found: name_of(found[0], shelf.known),
        str(refused).split(": ", 1)[-1],
    )
    return f"{words[0].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"
