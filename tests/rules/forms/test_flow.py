"""What of a form applies: as a second, plainer reading of FHIR says, for any form and answers."""

from operator import ge, gt, le, lt
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imparts.rules.forms.definition import Form, FormItem
from imparts.rules.forms.filling import fill
from imparts.rules.forms.flow import shown
from imparts.rules.forms.screens import screens
from imparts.rules.forms.values import Coding, FormAnswers, Quantity
from tests.rules.forms.made_forms import answered, questionnaires
from tests.rules.forms.published import read

RANDOM = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)


class _Plain:
    """FHIR's rules once more, without order, paths or trees: each item asks what it needs."""

    def __init__(self, form: Form, answers: FormAnswers) -> None:
        self.form, self.answers = form, answers
        self.order = list(form.by_id)

    def applying(self) -> set[str]:
        """The path of everything that applies."""
        found: set[str] = set()
        self._under(self.form.items, "", {}, found)
        return found

    def _under(
        self, items: tuple[FormItem, ...], start: str, within: dict[str, int], found: set[str]
    ) -> None:
        for item in items:
            path = start + _escaped(item.link_id)
            if not self._is_on(item, within):
                continue
            found.add(path)
            for number in self._numbers(item, path):
                inner = start if number is None else f"{path}[{number}]/"
                inside = within if number is None else {**within, item.link_id: number}
                self._under(item.items, inner, inside, found)

    def _numbers(self, item: FormItem, path: str) -> list[int | None]:
        given = len(self.answers.get(path, ()))
        if item.is_question:
            return list(range(1, given + 1)) if item.repeats else [None] * min(given, 1)
        if not item.repeats:
            return [None]
        used = [int(rest.split("]")[0]) for other in self.answers
                if (rest := other.removeprefix(f"{path}[")) != other]  # fmt: skip
        return list(range(1, max([1, *used]) + 1))

    def _is_on(self, item: FormItem, within: dict[str, int]) -> bool:
        held = [self._holds(one, item, within) for one in item.enable_when]
        return not held or (any(held) if item.enable_behavior == "any" else all(held))

    def _holds(self, one: Any, item: FormItem, within: dict[str, int]) -> bool:
        given = self._answers_to(one.question, item, within)
        if one.operator == "exists":
            return (len(given) > 0) == one.answer
        same = [_plain(value) == _plain(one.answer) for value in given]
        if one.operator in ("=", "!="):
            return any(same) is (one.operator == "=")
        compare = {">": gt, "<": lt, ">=": ge, "<=": le}[one.operator]
        return any(
            compare(_plain(value), _plain(one.answer)) for value in given if type(value) is not bool
        )

    def _answers_to(self, link_id: str, item: FormItem, within: dict[str, int]) -> Any:
        """The answers to a question as it stands nearest, if it and all around it apply."""
        way = [link_id]
        while self.form.parents[way[0]]:
            way.insert(0, self.form.parents[way[0]])
        start, inside = "", {}
        for step in way:
            around = self.form.by_id[step]
            path = start + _escaped(step)
            if not self._is_on(around, inside):
                return ()
            if step == link_id:
                return self.answers.get(path, ())
            numbers = self._numbers(around, path)
            if not numbers:
                return ()
            if numbers == [None]:
                continue
            near = numbers[-1] if self.order.index(step) < self.order.index(item.link_id) else 1
            own = within.get(step) if all(within.get(k) == n for k, n in inside.items()) else None
            number = own or near
            assert number is not None
            start, inside = f"{path}[{number}]/", {**inside, step: number}
        raise AssertionError


def _plain(value: Any) -> Any:
    if isinstance(value, Coding):
        return (value.system, value.code)
    return value.value if isinstance(value, Quantity) else value


def _escaped(link_id: str) -> str:
    return link_id.replace("~", "~0").replace("/", "~1").replace("[", "~2")


@RANDOM
@given(st.data())
def test_what_applies_is_what_a_plainer_reading_of_fhir_says(data: st.DataObject) -> None:
    form, _ = read(data.draw(questionnaires()))
    answers = data.draw(answered(form))
    assert fill(form, answers).applies == _Plain(form, answers).applying()


@RANDOM
@given(st.data())
def test_no_answer_counts_where_its_question_does_not_apply(data: st.DataObject) -> None:
    form, _ = read(data.draw(questionnaires()))
    filled = fill(form, data.draw(answered(form)))
    assert set(filled.answers) <= filled.applies


@RANDOM
@given(st.data())
def test_everything_that_applies_is_shown_once_and_in_order(data: st.DataObject) -> None:
    form, _ = read(data.draw(questionnaires()))
    answers = data.draw(answered(form))
    asked = shown(form, answers)
    assert {one.path for one in asked} == fill(form, answers).applies
    places = [(one.path, one.number) for one in asked]
    assert len(places) == len(set(places))
    ranks = {link_id: rank for rank, link_id in enumerate(form.by_id)}
    tops = [ranks[one.item.link_id] for one in asked if not form.parents[one.item.link_id]]
    assert tops == sorted(tops)


@RANDOM
@given(st.data())
def test_each_question_that_is_asked_has_a_screen_of_its_own(data: st.DataObject) -> None:
    form, _ = read(data.draw(questionnaires()))
    answers = data.draw(answered(form))
    on_screens = [one.path for one in screens(form, answers) if not one.asks_for_another]
    assert on_screens == [one.path for one in shown(form, answers) if one.is_asked]
