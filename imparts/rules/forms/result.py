"""Results: the numbers that a form works out, and whether all that they rest on was answered."""

from dataclasses import dataclass
from decimal import Decimal

from imparts.rules.forms.definition import Form, FormItem, ReportLine
from imparts.rules.forms.filling import Filled, fill
from imparts.rules.forms.flow import walk
from imparts.rules.forms.paths import place_of
from imparts.rules.forms.told import NOTHING_TOLD, Told
from imparts.rules.forms.values import FormAnswers, Quantity, number_in


@dataclass(frozen=True, slots=True)
class NamedNumber:
    """A number that the form worked out, under the words of its author."""

    link_id: str
    label: str
    value: Decimal
    unit: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class FormResult:
    """What follows from the answers, as the form's author wrote it; nobody here has checked it.

    A form that is not complete may still have numbers: many authors count what was not answered as
    nothing. Whoever shows them says so.
    """

    numbers: tuple[NamedNumber, ...]
    complete: bool
    missing: tuple[str, ...]  # paths of questions that are required or weighed, and not answered
    problems: tuple[ReportLine, ...] = ()


def result_of(form: Form, answers: FormAnswers, told: Told = NOTHING_TOLD) -> FormResult:
    """The result of a form."""
    return result_in(fill(form, answers, told))


def result_in(filled: Filled) -> FormResult:
    """The result of a form that has been worked out already."""
    form = filled.form
    missing = tuple(
        one.path
        for one in walk(filled, form.language)
        if one.is_asked and not one.values and _counts(one.item)
    )
    return FormResult(
        numbers=tuple(_numbers(filled)),
        complete=not missing and not filled.problems,
        missing=missing,
        problems=filled.problems,
    )


def _counts(item: FormItem) -> bool:
    return item.required or any(option.weight is not None for option in item.options)


def _numbers(filled: Filled) -> list[NamedNumber]:
    found = []
    for path, values in filled.calculated.items():
        item = filled.form.by_id[place_of(path).link_id]
        for value in values:
            number = number_in(value)
            if number is not None:
                unit = value.unit if isinstance(value, Quantity) else _unit(item)
                label = item.text or item.link_id
                found.append(NamedNumber(item.link_id, label, number, unit, path))
    return sorted(found, key=lambda one: filled.form.ranks[one.link_id])


def _unit(item: FormItem) -> str:
    return item.unit.words if item.unit else ""
