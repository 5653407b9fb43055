"""Ordering: in which order the items of a form are worked out, each after what it rests on.

An item rests on the item that it stands under, on the questions of its conditions, and on the items
that its expressions ask for by their link ids. An expression that goes through the whole response
without naming items comes as late as it can.
"""

from functools import lru_cache
from heapq import heapify, heappop, heappush

from imparts.rules.content import ContentRefused
from imparts.rules.forms import scope
from imparts.rules.forms.definition import Form, FormItem


@lru_cache(maxsize=256)
def order_of(form: Form) -> tuple[str, ...]:
    """Every link id, each after those that it rests on; ContentRefused when that is impossible."""
    rests_on = {item.link_id: _rests_on(form, item) for item in form.all_items}
    leads_to: dict[str, list[str]] = {link_id: [] for link_id in rests_on}
    for link_id, others in rests_on.items():
        for other in others:
            leads_to[other].append(link_id)
    rank = {item.link_id: (_goes_through_all(form, item), place)
            for place, item in enumerate(form.all_items)}  # fmt: skip
    left = {link_id: len(others) for link_id, others in rests_on.items()}
    ready = [(rank[link_id], link_id) for link_id, count in left.items() if not count]
    heapify(ready)
    order: list[str] = []
    while ready:
        _, link_id = heappop(ready)
        order.append(link_id)
        for other in leads_to[link_id]:
            left[other] -= 1
            if not left[other]:
                heappush(ready, (rank[other], other))
    if len(order) != len(rests_on):
        raise ContentRefused(_loop_sentence(rests_on, set(order)))
    return tuple(order)


def _rests_on(form: Form, item: FormItem) -> frozenset[str]:
    found = {condition.question for condition in item.enable_when}
    for expression in (item.enable_expression, item.calculated):
        if expression is None:
            continue
        named = scope.link_ids(form, expression.text, item.link_id)
        # A group is named to go through what stands in it, a total in that group among them.
        found |= {link_id for link_id in named if form.by_id[link_id].is_question}
    if above := form.parents[item.link_id]:
        found.add(above)
    return frozenset(found)


def _goes_through_all(form: Form, item: FormItem) -> bool:
    return any(
        scope.may_rest_on_any(form, expression.text, item.link_id)
        for expression in (item.enable_expression, item.calculated)
        if expression is not None
    )


def _loop_sentence(rests_on: dict[str, frozenset[str]], done: set[str]) -> str:
    """One way round: from an item that could not be placed along what it rests on, back to it."""
    at = next(link_id for link_id in rests_on if link_id not in done)
    way: list[str] = []
    while at not in way:
        way.append(at)
        at = next(other for other in sorted(rests_on[at]) if other not in done)
    round_trip = [*way[way.index(at) :], at]
    shown = " rests on ".join(link_id[:60] for link_id in round_trip[:6])
    return f"items rest on each other in a loop, so none could be worked out first: {shown}"
