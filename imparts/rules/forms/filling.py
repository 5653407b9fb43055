"""Filling: a form with some answers worked out once, in order: what applies, and what follows.

This is the one place where conditions, expressions and repeats meet. What is shown, what is sent
and what is counted are three ways to look at its result.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from imparts.rules.forms.definition import Form, FormItem, ReportLine
from imparts.rules.forms.enabling import conditions_hold
from imparts.rules.forms.fhirpath.syntax import ExpressionRefused
from imparts.rules.forms.needed import not_needed_to_ask
from imparts.rules.forms.ordering import order_of
from imparts.rules.forms.paths import Place, repeating_around
from imparts.rules.forms.reading.values_reader import takes
from imparts.rules.forms.response_tree import ResponseTree
from imparts.rules.forms.told import NOTHING_TOLD, Told
from imparts.rules.forms.values import FormAnswers, Value
from imparts.rules.forms.working_out import Workings, as_answers

MOST_TIMES = 100


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """A form with answers, worked out."""

    form: Form
    answers: FormAnswers  # those that count, worked-out values among them
    calculated: FormAnswers  # the worked-out ones alone
    applies: frozenset[str]  # the path of every item that applies
    times: Mapping[str, int]  # how often each repeating group that applies is filled in
    problems: tuple[ReportLine, ...]  # expressions that could not be worked out
    tree: ResponseTree

    @property
    def items(self) -> list[dict[str, Any]]:
        """The items of the response, as FHIR nests them."""
        return self.tree.items


def fill(
    form: Form, answers: FormAnswers, told: Told = NOTHING_TOLD, *, only_to_ask: bool = False
) -> Filled:
    """Work a form out for some answers; each expression once, after what it rests on.

    `only_to_ask` leaves out the totals on which nothing rests that is asked.
    """
    filling = _Filling(form, answers, told)
    left_out = not_needed_to_ask(form) if only_to_ask else frozenset()
    for link_id in order_of(form):
        if link_id not in left_out:
            filling.take(form.by_id[link_id])
    return Filled(
        form=form,
        answers=filling.counted,
        calculated=filling.calculated,
        applies=frozenset(filling.applies),
        times=filling.times,
        problems=tuple(filling.problems),
        tree=filling.tree,
    )


class _Filling:
    """The state of working out one form."""

    def __init__(self, form: Form, answers: FormAnswers, told: Told) -> None:
        self.form, self._given = form, answers
        self.tree = ResponseTree(form)
        self.counted: dict[str, tuple[Value, ...]] = {}
        self.calculated: dict[str, tuple[Value, ...]] = {}
        self.applies: dict[str, None] = {}
        self.times: dict[str, int] = {}
        self.problems: list[ReportLine] = []
        self._open: dict[str, list[Place]] = {}
        self._deepest = _deepest(answers)
        self._workings = Workings(form, self.tree, told)

    def take(self, item: FormItem) -> None:
        """Work out one item everywhere it may stand."""
        self._open[item.link_id] = []
        for place in self._places(item):
            if not self._is_enabled(item, place):
                continue
            self._open[item.link_id].append(place)
            self.applies[str(place)] = None
            if item.is_question:
                self._answer(item, place)
            elif item.repeats:
                self._repeat(item, place)

    def _places(self, item: FormItem) -> Iterator[Place]:
        above = self.form.parents[item.link_id]
        if not above:
            yield Place(item.link_id)
            return
        around = self.form.by_id[above]
        for place in self._open.get(above, ()):
            if around.repeats:
                for number in range(1, self._times_of(around, place) + 1):
                    yield Place(item.link_id, (*place.within, (above, number)))
            elif not around.is_question or self._stands(around, place):
                yield Place(item.link_id, place.within)

    def _times_of(self, around: FormItem, place: Place) -> int:
        if around.is_question:
            return len(self.counted.get(str(place), ()))
        return self.times[str(place)]

    def _stands(self, around: FormItem, place: Place) -> bool:
        """Whether a question has an answer for others to stand under, or can have none here."""
        return bool(self.counted.get(str(place))) or not around.may_be_asked

    def _repeat(self, item: FormItem, place: Place) -> None:
        path = str(place)
        said = self._given.get(path, ())
        least = max(item.min_occurs or 0, 1)
        wanted = (
            said[0] if said and type(said[0]) is int else max(least, self._deepest.get(path, 0))
        )
        self.times[path] = max(0, min(wanted, item.max_occurs or MOST_TIMES, MOST_TIMES))
        self.counted[path] = (self.times[path],)
        for number in range(1, self.times[path] + 1):
            self.tree.open(place, number)

    def _is_enabled(self, item: FormItem, place: Place) -> bool:
        def answered(question: str) -> tuple[Value, ...]:
            near = self._nearest(question, place)
            return self.counted.get(str(near), ()) if near else ()

        if not conditions_hold(item, answered):
            return False
        if item.enable_expression is None:
            return True
        try:
            return self._workings.work_out(item.enable_expression, place) == [True]
        except ExpressionRefused as refused:
            self._name(item, f"whether it applies could not be worked out, so it does: {refused}")
            return True

    def _nearest(self, question: str, place: Place) -> Place | None:
        """The question as it stands nearest: around, then before, then after."""
        around = repeating_around(self.form, question)
        own = dict(place.within)
        within: tuple[tuple[str, int], ...] = ()
        for link_id in around:
            number = own.get(link_id)
            if number is None or within != place.within[: len(within)]:
                group = Place(link_id, within)
                is_there = str(group) in self.counted
                times = self._times_of(self.form.by_id[link_id], group) if is_there else 0
                before = self.form.ranks[link_id] < self.form.ranks[place.link_id]
                number = times if before else min(times, 1)
            if not number:
                return None
            within = (*within, (link_id, number))
        return Place(question, within)

    def _answer(self, item: FormItem, place: Place) -> None:
        path = str(place)
        if item.calculated is not None:
            found = self._calculate(item, place)
        else:
            given = self._given.get(path, ())
            found = tuple(value for value in given if takes(item.type, value))
            if not found and not item.may_be_asked:
                found = item.initial
        if found:
            self.counted[path] = found
            self.tree.answer(place, found)

    def _calculate(self, item: FormItem, place: Place) -> tuple[Value, ...]:
        assert item.calculated is not None
        try:
            found = as_answers(item, self._workings.work_out(item.calculated, place))
        except ExpressionRefused as refused:
            self._name(item, f"its value could not be worked out: {refused}")
            return ()
        if found:
            self.calculated[str(place)] = found
        return found

    def _name(self, item: FormItem, sentence: str) -> None:
        self.problems.append(ReportLine(item.link_id, "expression", sentence))


def _deepest(answers: FormAnswers) -> dict[str, int]:
    """The highest number under which anything in a repeating group is answered, by its path."""
    found: dict[str, int] = {}
    for path, values in answers.items():
        steps = path.split("/") if values else []
        for last in range(len(steps) - 1):
            name, _, number = steps[last].partition("[")
            group = "/".join([*steps[:last], name])
            if number.removesuffix("]").isdecimal() and len(number) < 5:
                found[group] = max(found.get(group, 0), int(number[:-1]))
    return found
