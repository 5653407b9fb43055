"""Expressions: the values that a form works out itself, after each answer and before the first."""

from imparts.rules.forms.definition import Form
from imparts.rules.forms.fhirpath.syntax import ExpressionRefused
from imparts.rules.forms.filling import fill
from imparts.rules.forms.paths import Place, repeating_around
from imparts.rules.forms.response_tree import ResponseTree
from imparts.rules.forms.told import NOTHING_TOLD, Told
from imparts.rules.forms.values import FormAnswers, Value
from imparts.rules.forms.working_out import Workings, as_answers


def calculated(form: Form, answers: FormAnswers, told: Told = NOTHING_TOLD) -> FormAnswers:
    """The values of every calculated item that applies, by path.

    Each expression is worked out once, after what it rests on. Who needs what applies as well asks
    `filling.fill`, which finds both in one go.
    """
    return fill(form, answers, told).calculated


def initial_answers(form: Form, told: Told = NOTHING_TOLD) -> FormAnswers:
    """What stands in a form before the first answer, for the first time of each repeating group.

    Nobody has given these answers yet. A question that is asked may show them as a proposal, which
    counts only once the patient has sent it.
    """
    found: dict[str, tuple[Value, ...]] = {}
    workings = Workings(form, ResponseTree(form), told)
    for item in form.all_items:
        if not item.is_question or item.calculated is not None:
            continue
        around = repeating_around(form, item.link_id)
        place = Place(item.link_id, tuple((link_id, 1) for link_id in around))
        values = item.initial
        if item.initial_expression is not None:
            try:
                worked_out = workings.work_out(item.initial_expression, place)
                values = as_answers(item, worked_out) or values
            except ExpressionRefused:
                pass  # a proposal that cannot be made is not made
        if values:
            found[str(place)] = values
    return found
