"""Needed: which worked-out values decide what is asked; a page works out only those.

Totals are slow to work out, and most decide nothing. They are worked out when the answers are sent.
"""

from functools import lru_cache

from imparts.rules.forms import scope
from imparts.rules.forms.definition import Expression, Form, FormItem


@lru_cache(maxsize=256)
def not_needed_to_ask(form: Form) -> frozenset[str]:
    """The calculated items on which nothing rests that is asked or shown."""
    calculated = {item.link_id for item in form.all_items if item.calculated is not None}
    needed: set[str] = set()
    left = [link_id for item in form.all_items for link_id in _decides(form, item, calculated)]
    while left:
        link_id = left.pop()
        if link_id in needed or link_id not in calculated:
            continue
        needed.add(link_id)
        expression = form.by_id[link_id].calculated
        left += _rests_on(form, expression, link_id, calculated) if expression else ()
    return frozenset(calculated - needed)


def _decides(form: Form, item: FormItem, calculated: set[str]) -> set[str]:
    """What decides whether an item applies: its conditions, and the item that it stands under."""
    found = {condition.question for condition in item.enable_when} | {form.parents[item.link_id]}
    if item.enable_expression is not None:
        found |= _rests_on(form, item.enable_expression, item.link_id, calculated)
    return found


def _rests_on(form: Form, expression: Expression, at: str, calculated: set[str]) -> set[str]:
    """The items that an expression names; one that may rest on any needs every total."""
    if scope.may_rest_on_any(form, expression.text, at):
        return set(calculated)
    return set(scope.link_ids(form, expression.text, at))
