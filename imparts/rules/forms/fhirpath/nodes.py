"""Nodes: the tree of an expression made ready: what it may cost is counted, what is fixed is kept.

Two kinds of node stand beside fhirpathpy's own, which are left as they are. A counted node takes
from the allowance what goes in and what comes out of it. A kept node holds the result of
a literal, or of several joined by |, which fhirpathpy would work out anew for every item.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from fhirpathpy.engine import do_eval
from fhirpathpy.engine.evaluators import evaluators

from imparts.rules.forms.fhirpath.syntax import ExpressionRefused, Tree, parse

LARGEST_RESULT = 20_000
LONGEST_TEXT = 100_000
LARGEST_NUMBER_BITS = 400
COUNTED, KEPT = "imparts:Counted", "imparts:Kept"
# What is counted: steps that go through data, or whose results can grow.
GROWING = (
    "MemberInvocation", "FunctionInvocation", "AdditiveExpression", "MultiplicativeExpression",
    "UnionExpression",
)  # fmt: skip
_LITERALS = ("StringLiteral", "NumberLiteral", "BooleanLiteral")
_AROUND_LITERALS = ("TermExpression", "LiteralTerm", "ParenthesizedTerm", "UnionExpression")

_NOWHERE: Tree = {"dataRoot": [], "vars": {}, "model": None, "userInvocationTable": {}}


@lru_cache(maxsize=8192)
def prepared(text: str) -> Tree:
    """The tree of an expression, made ready once."""
    return _prepared(parse(text).tree)


def _prepared(node: Tree) -> Tree:
    about: Tree = {key: node[key] for key in ("terminalNodeText", "text") if key in node}
    if _is_fixed(node):
        return {"type": KEPT, "value": do_eval(dict(_NOWHERE), [], node), **about}
    made = dict(node)
    if "children" in node:
        made["children"] = [_prepared(child) for child in node["children"]]
    if node["type"] not in GROWING:
        return made
    return {"type": COUNTED, "children": [made], **about}


def _is_fixed(node: Tree) -> bool:
    if node["type"] in _LITERALS:
        return True
    inside = node.get("children", ())
    return node["type"] in _AROUND_LITERALS and bool(inside) and all(map(_is_fixed, inside))


def _keep(context: dict[str, Any], data: Any, node: Tree) -> Any:
    return list(node["value"])  # a list of its own, since fhirpathpy writes into some


def _count(context: dict[str, Any], data: Any, node: Tree) -> Any:
    inner = node["children"][0]
    found = do_eval(context, data, inner)
    gone_in = len(data) if isinstance(data, list) else 1
    come_out = found if isinstance(found, list) else [found]
    if len(come_out) > LARGEST_RESULT:
        raise ExpressionRefused("it gathers too much at once")
    if inner["type"] != "MemberInvocation":  # what stands in the response has been checked before
        for one in come_out:
            _check_size(one)
    # Gathering is done by adding list to list, so a large result has cost more than its length.
    context["left"][0] -= 1 + gone_in + len(come_out) + gone_in * len(come_out) // 100
    if context["left"][0] < 0:
        raise ExpressionRefused("it takes too many steps")
    return found


def _check_size(one: Any) -> None:
    if isinstance(one, str):
        if len(one) > LONGEST_TEXT:
            raise ExpressionRefused("its text becomes too long")
    elif isinstance(one, int):
        if one.bit_length() > LARGEST_NUMBER_BITS:
            raise ExpressionRefused("its numbers become too large")
    elif isinstance(one, Decimal) and one.is_finite() and abs(one.adjusted()) > LARGEST_NUMBER_BITS:
        raise ExpressionRefused("its numbers become too large")


evaluators[COUNTED] = _count
evaluators[KEPT] = _keep
