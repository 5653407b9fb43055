"""Screens: what of a form is asked now, one question each, with what is read around it.

Worked-out values are not shown to whoever answers: a total without words would be misread. A
question that cannot be answered here is read, and said to be so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from imparts.rules.forms.definition import NEEDS_OPTIONS, Form, FormItem
from imparts.rules.forms.expressions import initial_answers
from imparts.rules.forms.filling import MOST_TIMES, Filled, fill
from imparts.rules.forms.paths import Place
from imparts.rules.forms.told import NOTHING_TOLD, Told
from imparts.rules.forms.values import FormAnswers, Value

Within = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A text that is read, with the value that stands there already, if any."""

    text: str
    values: tuple[Value, ...] = ()
    item: FormItem | None = None  # when it is a question that nobody can answer here
    path: str = ""
    headings: tuple[str, ...] = ()  # of the groups around it


@dataclass(frozen=True, slots=True)
class Screen:
    """One question on its own; or, after each time of a repeating group, whether there is more."""

    path: str
    item: FormItem
    text: str
    help: str
    language: str
    headings: tuple[str, ...] = ()  # of the groups around, outermost first
    before: tuple[Read, ...] = ()
    after: tuple[Read, ...] = ()  # only on the last one: what no question follows
    group: str = ""  # the repeating group that it stands in, in its author's words
    time: int = 0  # which time of that group
    times: int = 0  # how often that group is filled in
    proposal: tuple[Value, ...] = ()  # what its author would have stand there at first

    @property
    def asks_for_another(self) -> bool:
        """Whether it asks for another time of a group, and not a question of the form."""
        return self.item.type == "group"

    @property
    def may_add(self) -> bool:
        """Whether the group may be filled in once more."""
        return self.times < (self.item.max_occurs or MOST_TIMES)

    @property
    def may_remove(self) -> bool:
        """Whether the last time may be taken away."""
        return self.times > max(self.item.min_occurs or 0, 1)


def screens(
    form: Form, answers: FormAnswers, *, language: str = "", told: Told = NOTHING_TOLD
) -> tuple[Screen, ...]:
    """Everything that is asked now, in order."""
    filled = fill(form, answers, told, only_to_ask=True)
    worked_out = initial_answers(form, told) if proposes(form) else {}
    listing = _Listing(filled, language or form.language, worked_out)
    for item in form.items:
        listing.take(item, ())
    return listing.finished()


@dataclass(slots=True)
class _Around:
    """What stands around the item that is being listed."""

    headings: tuple[str, ...] = ()
    group: str = ""
    time: int = 0
    times: int = 0


@dataclass(slots=True)
class _Listing:
    """The screens so far, and the texts that wait for the next one."""

    filled: Filled
    language: str
    proposals: FormAnswers
    found: list[Screen] = field(default_factory=list)
    waiting: list[Read] = field(default_factory=list)
    around: _Around = field(default_factory=_Around)

    def take(self, item: FormItem, within: Within) -> None:
        """One item, with what stands under it."""
        path = str(Place(item.link_id, within))
        if path not in self.filled.applies or item.hidden:
            return
        if item.type == "group":
            self._group(item, path, within)
            return
        if item.may_be_asked:
            self._add(path, item)
        else:
            self.waiting += self._read(path, item)
        for inside in self._inside(item, path, within):
            for under in item.items:
                self.take(under, inside)

    def finished(self) -> tuple[Screen, ...]:
        """All screens; texts that no question follows go to the last one."""
        if not self.waiting or not self.found:
            return tuple(self.found)
        last = self.found[-1]
        self.found[-1] = replace(last, after=tuple(self.waiting))
        return tuple(self.found)

    def _group(self, item: FormItem, path: str, within: Within) -> None:
        outside = self.around
        text = item.words(self.language)
        headings = (*outside.headings, text) if text else outside.headings
        if not item.repeats:
            self.around = _Around(headings, outside.group, outside.time, outside.times)
            for under in item.items:
                self.take(under, within)
        else:
            times = self.filled.times[path]
            for time in range(1, times + 1):
                self.around = _Around(headings, text, time, times)
                for under in item.items:
                    self.take(under, (*within, (item.link_id, time)))
            self.around = _Around(headings, text, times, times)
            self._add(path, item)
        self.around = outside

    def _inside(self, item: FormItem, path: str, within: Within) -> Iterator[Within]:
        """Where the items under a question stand: once, or under each of its answers."""
        if not item.repeats:
            yield within
            return
        for number in range(1, len(self.filled.answers.get(path, ())) + 1):
            yield (*within, (item.link_id, number))

    def _add(self, path: str, item: FormItem) -> None:
        around = self.around
        helps = dict(item.helps)
        self.found.append(
            Screen(
                path, item, item.words(self.language), helps.get(self.language, item.help),
                self.language, around.headings, tuple(self.waiting), (), around.group, around.time,
                around.times, self.proposals.get(path, item.initial),
            )
        )  # fmt: skip
        self.waiting = []

    def _read(self, path: str, item: FormItem) -> Iterator[Read]:
        text, cannot = item.words(self.language), _cannot_be_answered(item)
        if not text or item.calculated is not None:
            return
        values = self.filled.answers.get(path, ()) if item.is_question else ()
        yield Read(text, values, item if cannot else None, path, self.around.headings)


@lru_cache(maxsize=256)
def proposes(form: Form) -> bool:
    """Whether a form works out what stands in a field at first."""
    return any(item.may_be_asked and item.initial_expression for item in form.all_items)


def _cannot_be_answered(item: FormItem) -> bool:
    is_asked = item.is_question and not (item.read_only or item.hidden or item.calculated)
    return is_asked and item.type in NEEDS_OPTIONS and not item.options
