"""Working out: one expression at one place of a form, its variables first, and what comes out."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from imparts.rules.forms import scope
from imparts.rules.forms.definition import Expression, Form, FormItem
from imparts.rules.forms.fhirpath.evaluation import evaluate
from imparts.rules.forms.fhirpath.syntax import ExpressionRefused
from imparts.rules.forms.paths import Place, repeating_around
from imparts.rules.forms.reading.values_reader import as_type, coding_of, quantity_of
from imparts.rules.forms.response_tree import ResponseTree
from imparts.rules.forms.told import Told
from imparts.rules.forms.values import Coding, Quantity, Value, measured

MOST_VALUES = 100
_Known = dict[tuple[str, str, tuple[tuple[str, int], ...]], list[Any]]


class Workings:
    """What the expressions of one form see, and the variables that are worked out already."""

    def __init__(self, form: Form, tree: ResponseTree, told: Told) -> None:
        self.form, self.tree = form, tree
        self._known: _Known = {}
        self._moments = told.moments()
        self._resource = {
            "resourceType": "QuestionnaireResponse",
            "status": "in-progress",
            "item": tree.items,
        }
        self._given = {
            "resource": self._resource,
            "rootResource": self._resource,
            "questionnaire": form.resource,
            "patient": told.patient(),
        }

    def work_out(self, expression: Expression, place: Place) -> list[Any]:
        """What comes out of an expression of an item; ExpressionRefused when nothing can."""
        link_id, text = place.link_id, expression.text
        for step in scope.steps(self.form, text, link_id):
            self._work_out_step(step, place)
        return self._evaluate(text, link_id, place)

    def _work_out_step(self, step: scope.Variable, place: Place) -> None:
        """A variable, once for the place of the item that holds it."""
        key = (step.holder, step.expression.name, self._within(step.holder, place))
        if key not in self._known:
            self._known[key] = self._evaluate(step.expression.text, step.holder, place)

    def _evaluate(self, text: str, holder: str, place: Place) -> list[Any]:
        return evaluate(
            text,
            self._focus(holder, place),
            names={**self._given, "qitem": _qitem(self.form, holder)}
            | self._variables(text, holder, place),
            told=self._moments,
            of_form=_memory(self.form),
        )

    def _variables(self, text: str, holder: str, place: Place) -> dict[str, list[Any]]:
        found = {}
        for name in scope.variables_of(text):
            one = scope.variable(self.form, name, holder)
            if one is not None:
                found[name] = self._known[one.holder, name, self._within(one.holder, place)]
        return found

    def _within(self, holder: str, place: Place) -> tuple[tuple[str, int], ...]:
        """The numbered groups around the item that holds a variable, and its own number."""
        if not holder:
            return ()
        around = len(repeating_around(self.form, holder))
        is_repeated = self.form.by_id[holder].repeats and holder != place.link_id
        return place.within[: around + is_repeated]

    def _focus(self, holder: str, place: Place) -> Mapping[str, Any]:
        if not holder:
            return self._resource
        if holder == place.link_id:
            return self.tree.at(place)
        within = self._within(holder, place)
        around = len(repeating_around(self.form, holder))
        number = within[around][1] if len(within) > around else 0
        if self.form.by_id[holder].is_question:
            number = 0
        return self.tree.at(Place(holder, within[:around]), number)


def as_answers(item: FormItem, found: list[Any]) -> tuple[Value, ...]:
    """What came out of an expression, as answers; ExpressionRefused when it is of another kind."""
    if len(found) > (MOST_VALUES if item.repeats else 1):
        raise ExpressionRefused("it gives several values where one belongs")
    answers = tuple(_as_answer(item, one) for one in found)
    kept = tuple(answer for answer in answers if answer is not None)
    if len(kept) != len(answers):
        raise ExpressionRefused(f"what comes out does not fit a question of type {item.type}")
    return kept


def _as_answer(item: FormItem, found: Any) -> Value | None:
    if item.type in ("choice", "open-choice"):
        return _as_choice(item, found)
    if isinstance(found, Mapping):
        quantity = quantity_of(found)
        if item.type in ("decimal", "integer") and quantity is not None:
            return as_type(quantity.value, item.type)
        return quantity if item.type == "quantity" else None
    if item.type in ("string", "text") and type(found) in (int, Decimal):
        return format(Decimal(found).normalize(), "f")
    if item.type == "date" and isinstance(found, str):
        found = found[:10]
    value = as_type(found, item.type)
    if isinstance(value, Quantity) and not value.unit and item.unit is not None:
        return measured(value.value, item.unit)
    return value


def _as_choice(item: FormItem, found: Any) -> Value | None:
    value = coding_of(found) if isinstance(found, Mapping) else found
    option = item.option(value)
    if option is not None:
        return option.value
    for option in item.options:
        if isinstance(option.value, Coding) and value in (option.value.code, option.label):
            return option.value
    if item.type == "choice" and item.options:
        return None
    return as_type(value, item.type)


@lru_cache(maxsize=256)
def _memory(form: Form) -> dict[int, list[Any]]:
    """What expressions found in the questionnaire itself, which never changes."""
    return {}


@lru_cache(maxsize=4096)
def _qitem(form: Form, link_id: str) -> Mapping[str, Any]:
    """The questionnaire's own item, as its file has it."""
    left = list(form.resource.get("item", ()))
    while left:
        item: Mapping[str, Any] = left.pop()
        if item.get("linkId") == link_id:
            return item
        left += item.get("item", ())
    return {}
