"""Choosing: all that a pack may ask, whether it may be asked here, and if not, why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from imparts.library import queries as library
from imparts.library.models import ContentVersion
from imparts.rules.forms.definition import Form
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.burden import questions_in
from imparts.rules.packs.definition import Ask, Part
from imparts.rules.packs.draft import Draft, Made, as_pack
from imparts.rules.passport.themes import also_called

Kind = ContentVersion.Kind
ENGLISH = "en"
BROUGHT_IN = "Brought in from elsewhere"


@dataclass(frozen=True, slots=True)
class Choice:
    """One instrument, or one questionnaire that was brought in, as it may be chosen."""

    asked: Instrument | Form
    content_id: int
    why_not: str = ""

    @property
    def key(self) -> str:
        """What a pack names it by."""
        return self.asked.key if isinstance(self.asked, Form) else self.asked.id

    @property
    def name(self) -> str:
        """What staff call it."""
        return self.asked.title if isinstance(self.asked, Form) else self.asked.short_title

    @property
    def measures(self) -> str:
        """What it is about, for staff; a form does not say."""
        return BROUGHT_IN if isinstance(self.asked, Form) else self.asked.measures

    @property
    def part(self) -> str:
        """The part under which it is put first; a person may name it otherwise."""
        return self.asked.title[:40] if isinstance(self.asked, Form) else self.asked.part

    @property
    def questions(self) -> int:
        """How many questions it has; a repeated group counts once."""
        return questions_in(self.asked) if isinstance(self.asked, Form) else len(self.asked.items)

    def holds(self, words: list[str]) -> bool:
        """Whether every word stands in one of its names."""
        names = [self.key, self.name, self.asked.title, self.measures, self.part]
        names.append(also_called(self.measures))
        said = " ".join(names).lower()
        return all(word in said for word in words)


@dataclass(frozen=True)
class Shelf:
    """All that there is on a day, each in the version that patients would be asked."""

    choices: tuple[Choice, ...]

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """Every instrument by its id."""
        found = {choice.key: choice.asked for choice in self.choices}
        return {key: one for key, one in found.items() if isinstance(one, Instrument)}

    @cached_property
    def forms(self) -> dict[str, Form]:
        """Every questionnaire that was brought in, by its key."""
        found = {choice.key: choice.asked for choice in self.choices}
        return {key: one for key, one in found.items() if isinstance(one, Form)}

    @cached_property
    def known(self) -> Mapping[str, Instrument | Form]:
        """Both, for whoever only needs their names."""
        return {**self.instruments, **self.forms}

    @cached_property
    def by_key(self) -> dict[str, Choice]:
        """Every choice by what a pack names it by."""
        return {choice.key: choice for choice in self.choices}


def shelf(*, on: date) -> Shelf:
    """Everything that there is, by what it measures; what was brought in comes last."""
    newest = {**library.newest_versions(Kind.FORM), **library.newest_versions(Kind.INSTRUMENT)}
    asked = tuple(Ask(key) for key in newest)
    everything = as_pack(
        Draft(parts=(Part("everything", asked),)), Made("everything", "", "", on, on), {}
    )
    offered = library.instruments_for(everything, language=ENGLISH, on=on)
    why_not = dict(library.left_out_for(everything, language=ENGLISH, on=on))
    found = [
        _choice(offered.get(key, content), why_not.get(key, "")) for key, content in newest.items()
    ]
    found.sort(key=lambda one: (isinstance(one.asked, Form), one.measures.lower(), one.name))
    return Shelf(tuple(found))


def _choice(content: ContentVersion, why_not: str) -> Choice:
    if content.kind == Kind.FORM:
        return Choice(library.form_of(content.pk), content.pk, why_not)
    return Choice(library.instrument_of(content.pk), content.pk, why_not)


def matching(choices: tuple[Choice, ...], looked_for: str) -> tuple[Choice, ...]:
    """The choices whose names hold every word that was typed."""
    words = looked_for.lower().split()
    return tuple(one for one in choices if one.holds(words))
