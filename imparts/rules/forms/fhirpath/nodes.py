"""Nodes: the tree of an expression made ready: its cost is counted, and nothing is done twice.

Four kinds of node stand beside fhirpathpy's own, which are left as they are:

- a counted node takes from the allowance what goes in and what comes out of it;
- a kept node holds the result of a literal, or of several joined by |;
- a node done once holds what begins with a %name and depends on nothing around it, such as the
  answer that every option of a question is compared with;
- a named node finds items by linkId, and extensions by url, without asking each of them.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import count
from typing import Any

from fhirpathpy.engine import do_eval
from fhirpathpy.engine.evaluators import evaluators
from fhirpathpy.engine.util import get_data

from imparts.rules.forms.fhirpath.syntax import ExpressionRefused, Tree, parse

LARGEST_RESULT = 20_000
LONGEST_TEXT = 100_000
LARGEST_NUMBER_BITS = 400
COUNTED, KEPT, ONCE, NAMED = (f"imparts:{name}" for name in ("Counted", "Kept", "Once", "Named"))
# What is counted: steps that go through data, or whose results can grow.
GROWING = (
    "MemberInvocation", "FunctionInvocation", "AdditiveExpression", "MultiplicativeExpression",
    "UnionExpression",
)  # fmt: skip
_LITERALS = ("StringLiteral", "NumberLiteral", "BooleanLiteral")
_AROUND_LITERALS = ("TermExpression", "LiteralTerm", "ParenthesizedTerm", "UnionExpression")

_NOWHERE: Tree = {"dataRoot": [], "vars": {}, "model": None, "userInvocationTable": {}}


# Functions whose parameters look at each item only, and not at what stands around.
_FOR_EACH = ("where", "select", "exists", "all", "repeat")
_AROUND = ("ThisInvocation", "IndexInvocation", "TotalInvocation")
_NAMES = ("linkId", "url")
_numbers = count()


@lru_cache(maxsize=8192)
def prepared(text: str) -> Tree:
    """The tree of an expression, made ready once."""
    return _prepared(parse(text).tree)


def _prepared(node: Tree) -> Tree:
    about: Tree = {key: node[key] for key in ("terminalNodeText", "text") if key in node}
    if _is_fixed(node):
        return {"type": KEPT, "value": do_eval(dict(_NOWHERE), [], node), **about}
    if wanted := _wanted_name(node):
        return {"type": NAMED, "wanted": wanted, **about}
    made = dict(node)
    if "children" in node:
        made["children"] = [_prepared(child) for child in node["children"]]
    if node["type"] in GROWING:
        return {"type": COUNTED, "children": [made], **about}
    if node["type"] == "InvocationExpression" and _stands_alone(node):
        names = frozenset(_names(node))
        memory = "of_form" if names <= {"questionnaire"} else "of_call"
        return {"type": ONCE, "number": next(_numbers), "memory": memory,
                "children": [made], **about}  # fmt: skip
    return made


def _wanted_name(node: Tree) -> tuple[str, str] | None:
    """The name in where(linkId = 'x') or where(url = 'x'), if that is what a node is."""
    if node["type"] != "FunctionInvocation":
        return None
    called = node["children"][0]["children"]
    if called[0].get("text") != "where" or len(called) != 2 or len(called[1]["children"]) != 1:
        return None
    asked = called[1]["children"][0]
    if asked["type"] != "EqualityExpression" or asked["terminalNodeText"] != ["="]:
        return None
    left, right = asked["children"]
    if left.get("text") not in _NAMES or not _is_fixed(right):
        return None
    found = do_eval(dict(_NOWHERE), [], right)
    is_text = len(found) == 1 and isinstance(found[0], str)
    return (left["text"], found[0]) if is_text else None


def _stands_alone(node: Tree) -> bool:
    """Whether a node begins with a %name and gives the same wherever it stands."""
    if any(inner["type"] in _AROUND for inner in _inside(node)):
        return False
    while node["type"] == "InvocationExpression":
        node, step = node["children"]
        if step["type"] == "FunctionInvocation":
            name, *given = step["children"][0]["children"]
            fixed = all(map(_is_fixed, given[0]["children"])) if given else True
            if name.get("text") not in _FOR_EACH and not fixed:
                return False
    kinds = (node["type"], node["children"][0]["type"])
    return kinds == ("TermExpression", _CONSTANT)


_CONSTANT = "ExternalConstantTerm"


def _names(node: Tree) -> Iterator[str]:
    return (
        str(inner["children"][0]["children"][0].get("text", ""))
        for inner in _inside(node)
        if inner["type"] == _CONSTANT
    )


def _inside(node: Tree) -> Iterator[Tree]:
    yield node
    for child in node.get("children", ()):
        yield from _inside(child)


def _is_fixed(node: Tree) -> bool:
    if node["type"] in _LITERALS:
        return True
    inside = node.get("children", ())
    return node["type"] in _AROUND_LITERALS and bool(inside) and all(map(_is_fixed, inside))


def _keep(context: dict[str, Any], data: Any, node: Tree) -> Any:
    return list(node["value"])  # a list of its own, since fhirpathpy writes into some


def _once(context: dict[str, Any], data: Any, node: Tree) -> Any:
    memory: dict[int, list[Any]] = context[node["memory"]]
    found = memory.get(node["number"])
    if found is None:
        found = memory[node["number"]] = do_eval(context, data, node["children"][0])
    return list(found)


def _find(context: dict[str, Any], data: Any, node: Tree) -> Any:
    key, name = node["wanted"]
    _spend(context, 1 + len(data))
    return [
        one
        for one in data
        if isinstance(held := get_data(one), Mapping) and held.get(key) == name
    ]  # fmt: skip


def _spend(context: dict[str, Any], steps: int) -> None:
    context["left"][0] -= steps
    if context["left"][0] < 0:
        raise ExpressionRefused("it takes too many steps")


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
    _spend(context, 1 + gone_in + len(come_out) + gone_in * len(come_out) // 100)
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


_OURS: dict[str, Callable[[dict[str, Any], Any, Tree], Any]] = {
    COUNTED: _count,
    KEPT: _keep,
    ONCE: _once,
    NAMED: _find,
}
evaluators.update(_OURS)
