"""Evaluation: the one function through which every expression of a form is worked out.

What it may cost is bounded by counting, not by a clock: each step costs what goes in and what
comes out of it, and an expression that has spent its allowance is refused. The same expression on
the same answers therefore always ends the same way.
"""

from collections.abc import Mapping
from decimal import DecimalException
from typing import Any

from fhirpathpy.engine import do_eval
from fhirpathpy.engine.nodes import FP_Quantity, FP_Type, ResourceNode
from fhirpathpy.engine.util import get_data
from fhirpathpy.models import models

from imparts.rules.forms.fhirpath.functions import OURS
from imparts.rules.forms.fhirpath.nodes import prepared
from imparts.rules.forms.fhirpath.syntax import ExpressionRefused, parse
from imparts.rules.forms.reading.vocabulary import LOINC, SNOMED, UCUM

ALLOWANCE = 300_000
CONSTANTS = {"ucum": UCUM, "sct": SNOMED, "loinc": LOINC}
ITEM = "QuestionnaireResponse.item"


def evaluate(
    text: str,
    focus: Mapping[str, Any],
    *,
    names: Mapping[str, Any],
    told: Mapping[str, str] | None = None,
    of_form: dict[int, list[Any]] | None = None,
) -> list[Any]:
    """Work out one expression.

    `focus` is where it stands: the response, or one item of it. `names` are its %names. `told`
    holds "now", "today" and "timeOfDay" as text; what is not told is empty. `of_form` remembers
    what depends on %questionnaire alone, from one call to the next. ExpressionRefused says why
    there is no result. Nothing that a patient answered stands in that sentence.
    """
    parsed = parse(text)
    root = focus if "resourceType" in focus else ResourceNode.create_node(focus, ITEM)
    start = [root]
    context = {
        "dataRoot": start,
        "vars": {**CONSTANTS, "context": root, **names},
        "model": models["r4"],
        "userInvocationTable": OURS,
        "told": told or {},
        "left": [ALLOWANCE],  # this and the rest: see nodes.py
        "of_call": {},
        "of_form": {} if of_form is None else of_form,
    }
    try:
        return [_plain(one) for one in do_eval(context, start, prepared(parsed.text))]
    except ExpressionRefused:
        raise
    except RecursionError:
        raise ExpressionRefused("it is nested too deeply") from None
    except (DecimalException, MemoryError, OverflowError):
        raise ExpressionRefused("its numbers become too large") from None
    except Exception:  # fhirpathpy raises plain Exception, with answers in its text
        raise ExpressionRefused("it does not work with these answers") from None


def _plain(found: Any) -> Any:
    """A result without fhirpathpy's own kinds: moments as text, quantities as FHIR writes them."""
    value = get_data(found)
    if isinstance(value, FP_Quantity):
        unit = str(value.unit or "").strip("'")
        return {"value": value.value, "unit": unit, "code": unit, "system": UCUM}
    return str(value) if isinstance(value, FP_Type) else value
