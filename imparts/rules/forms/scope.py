"""Scope: what the names in an expression stand for at the place where it stands in its form."""

from dataclasses import dataclass
from functools import lru_cache

from imparts.rules.content import ContentRefused
from imparts.rules.forms.definition import Expression, Form
from imparts.rules.forms.fhirpath.syntax import parse

# Names that every expression may use; the rest are variables of the form.
GIVEN = frozenset(
    {"resource", "rootResource", "context", "questionnaire", "qitem", "patient",
     "ucum", "sct", "loinc"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Variable:
    """A named step, and the item that holds it; "" for the form itself."""

    holder: str
    expression: Expression


def variables_of(text: str) -> frozenset[str]:
    """The names in an expression that must be variables of its form."""
    return parse(text).names - GIVEN


def variable(form: Form, name: str, at: str) -> Variable | None:
    """The variable that a name means at an item: the nearest around it, then the form's own."""
    while at:
        for one in form.by_id[at].variables:
            if one.name == name:
                return Variable(at, one)
        at = form.parents[at]
    return next((Variable("", one) for one in form.variables if one.name == name), None)


def unknown_names(form: Form, text: str, at: str) -> frozenset[str]:
    """Names that stand for nothing, in an expression or in the variables that it rests on."""
    standing = [(text, at), *((one.expression.text, one.holder) for one in steps(form, text, at))]
    return frozenset(
        name
        for used, holder in standing
        for name in variables_of(used)
        if variable(form, name, holder) is None
    )


def link_ids(form: Form, text: str, at: str) -> frozenset[str]:
    """The items that an expression asks for by name, itself or through its variables."""
    texts = [text, *(one.expression.text for one in steps(form, text, at))]
    found = (parse(used).link_ids for used in texts)
    return frozenset(link_id for some in found for link_id in some if link_id in form.by_id)


def may_rest_on_any(form: Form, text: str, at: str) -> bool:
    """Whether an expression goes through groups, or through the response without naming items."""
    named = link_ids(form, text, at)
    return not named or any(not form.by_id[link_id].is_question for link_id in named)


@lru_cache(maxsize=8192)
def steps(form: Form, text: str, at: str) -> tuple[Variable, ...]:
    """The variables that an expression rests on, each after those that it rests on itself."""
    done: dict[Variable, None] = {}
    left: list[tuple[Variable, bool]] = [(one, False) for one in _used(form, text, at)]
    under_way: set[Variable] = set()
    while left:
        one, is_through = left.pop()
        if is_through:
            done[one] = None
            under_way.discard(one)
        elif one in under_way:
            raise ContentRefused(f"the variable {one.expression.name} rests on itself in a loop")
        elif one not in done:
            under_way.add(one)
            left.append((one, True))
            left += [(next_, False) for next_ in _used(form, one.expression.text, one.holder)]
    return tuple(done)


def _used(form: Form, text: str, at: str) -> list[Variable]:
    found = (variable(form, name, at) for name in sorted(variables_of(text)))
    return [one for one in found if one is not None]
