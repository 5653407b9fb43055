"""Evaluation: the one function through which every expression of a form is worked out.

What it may cost is bounded by counting, not by a clock: each step costs what goes in and what
comes out of it, and an expression that has spent its allowance is refused. The same expression on
the same answers therefore always ends the same way.
"""

from collections.abc import Mapping
from decimal import Decimal, DecimalException
from functools import lru_cache
from typing import Any

from fhirpathpy.engine import do_eval
from fhirpathpy.engine.evaluators import evaluators
from fhirpathpy.engine.nodes import FP_Quantity, FP_Type, ResourceNode
from fhirpathpy.engine.util import get_data
from fhirpathpy.models import models

from imparts.rules.forms.fhirpath.functions import OURS
from imparts.rules.forms.fhirpath.syntax import ExpressionRefused, Tree, parse

ALLOWANCE = 300_000
LARGEST_RESULT = 20_000
LONGEST_TEXT = 100_000
LARGEST_NUMBER_BITS = 400
COUNTED = "imparts:Counted"
# What is counted: steps that go through data, or whose results can grow.
GROWING = (
    "MemberInvocation", "FunctionInvocation", "AdditiveExpression", "MultiplicativeExpression",
    "UnionExpression",
)  # fmt: skip
CONSTANTS = {
    "ucum": "http://unitsofmeasure.org",
    "sct": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
}
ITEM = "QuestionnaireResponse.item"


def evaluate(
    text: str,
    focus: Mapping[str, Any],
    *,
    names: Mapping[str, Any],
    told: Mapping[str, str] | None = None,
) -> list[Any]:
    """Work out one expression.

    `focus` is where it stands: the response, or one item of it. `names` are its %names. `told`
    holds "now", "today" and "timeOfDay" as text; what is not told is empty. ExpressionRefused says
    why there is no result. Nothing that a patient answered stands in that sentence.
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
        "left": [ALLOWANCE],
    }
    try:
        return [_plain(one) for one in do_eval(context, start, _counted(parsed.text))]
    except ExpressionRefused:
        raise
    except RecursionError:
        raise ExpressionRefused("it is nested too deeply") from None
    except (DecimalException, MemoryError, OverflowError):
        raise ExpressionRefused("its numbers become too large") from None
    except Exception:  # fhirpathpy raises plain Exception, with answers in its text
        raise ExpressionRefused("it does not work with these answers") from None


def _spend(context: dict[str, Any], data: Any, found: Any) -> None:
    gone_in = len(data) if isinstance(data, list) else 1
    come_out = found if isinstance(found, list) else [found]
    if len(come_out) > LARGEST_RESULT:
        raise ExpressionRefused("it gathers too much at once")
    for one in come_out:
        _check_size(one)
    # Gathering is done by adding list to list, so a large result has cost more than its length.
    context["left"][0] -= 1 + gone_in + len(come_out) + gone_in * len(come_out) // 100
    if context["left"][0] < 0:
        raise ExpressionRefused("it takes too many steps")


def _check_size(one: Any) -> None:
    if isinstance(one, str) and len(one) > LONGEST_TEXT:
        raise ExpressionRefused("its text becomes too long")
    if isinstance(one, int) and one.bit_length() > LARGEST_NUMBER_BITS:
        raise ExpressionRefused("its numbers become too large")
    if isinstance(one, Decimal) and one.is_finite() and abs(one.adjusted()) > LARGEST_NUMBER_BITS:
        raise ExpressionRefused("its numbers become too large")


def _count(context: dict[str, Any], data: Any, node: Tree) -> Any:
    found = do_eval(context, data, node["children"][0])
    _spend(context, data, found)
    return found


# One more kind of node beside fhirpathpy's own; its own are left as they are.
evaluators[COUNTED] = _count


@lru_cache(maxsize=8192)
def _counted(text: str) -> Tree:
    return _with_counters(parse(text).tree)


def _with_counters(node: Tree) -> Tree:
    made = dict(node)
    if "children" in node:
        made["children"] = [_with_counters(child) for child in node["children"]]
    if node["type"] not in GROWING:
        return made
    counted = {"type": COUNTED, "children": [made], "terminalNodeText": node["terminalNodeText"]}
    return counted | {"text": node["text"]} if "text" in node else counted


def _plain(found: Any) -> Any:
    """A result without fhirpathpy's own kinds: moments as text, quantities as FHIR writes them."""
    value = get_data(found)
    if isinstance(value, FP_Quantity):
        unit = str(value.unit or "").strip("'")
        return {"value": value.value, "unit": unit, "code": unit, "system": CONSTANTS["ucum"]}
    return str(value) if isinstance(value, FP_Type) else value
