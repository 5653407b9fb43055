"""Writing: from a Pathway to the text of a pathway file, which reader.py reads back to the same."""

from decimal import Decimal
from typing import Any

import tomli_w

from imparts.rules.pathways.definition import WORSE, Level, OnlyWhen, Pathway, Step, Trigger

_FIRST_LINE = "# Written at this site. A new text is a new version; this one stays as it is.\n\n"


def to_toml(pathway: Pathway) -> str:
    """The file of a pathway; without comments, since a Pathway holds none."""
    table: dict[str, Any] = {
        "id": pathway.id,
        "title": pathway.title,
        "version": pathway.version,
        "authored_by": pathway.authored_by,
        "checked_by": pathway.checked_by,
        "reviewed_on": pathway.reviewed_on,
        "next_review": pathway.next_review,
        "sources": list(pathway.sources),
        "levels": [_level(level) for level in pathway.levels],
    }
    return _FIRST_LINE + tomli_w.dumps(table)


def _level(level: Level) -> dict[str, Any]:
    table: dict[str, Any] = {"code": level.code, "when": [_trigger(one) for one in level.triggers]}
    if level.only_when is not None:
        table["only_when"] = _only_when(level.only_when)
    if level.steps:
        table["steps"] = [_step(step) for step in level.steps]
    else:
        table["nothing_follows"] = True
    return table


def _trigger(trigger: Trigger) -> dict[str, Any]:
    table: dict[str, Any] = {"instrument": trigger.instrument, "because": trigger.because}
    if trigger.score_from is not None:
        table["score_from"] = _number(trigger.score_from)
    if trigger.score_up_to is not None:
        table["score_up_to"] = _number(trigger.score_up_to)
    if trigger.change is not None:
        is_worse = trigger.change == WORSE
        table["worse_beyond_chance" if is_worse else "better_beyond_chance"] = True
    if trigger.repeated is not None:
        table["repeated"] = {
            "times": trigger.repeated.times,
            "within_days": trigger.repeated.within_days,
        }
    return table | _said({"flag": trigger.flag, "band": trigger.band})


def _only_when(one: OnlyWhen) -> dict[str, Any]:
    return _said(
        {
            "age_from": one.age_from,
            "age_up_to": one.age_up_to,
            "services": list(one.services) or None,
            "pregnant": one.pregnant,
            "in_treatment": list(one.in_treatment) or None,
            "not_in_treatment": list(one.not_in_treatment) or None,
            "after_step": one.after_step,
        }
    )


def _step(step: Step) -> dict[str, Any]:
    goes_on = step.continued
    continued = {"verb_first": goes_on.verb_first, "text": goes_on.text} if goes_on else None
    fields = [
        {"code": one.code, "label": one.label, "choices": list(one.choices)} for one in step.fields
    ]
    return _said(
        {
            "id": step.id,
            "kind": step.kind,
            "order": step.order,
            "verb_first": step.verb_first,
            "text": step.text,
            "offer": step.offer or None,
            "options": list(step.options) or None,
            "within": step.within,
            "responsible": step.responsible,
            "source": step.source,
            "answer_before_end": step.answer_before_end or None,
            "opt_out": step.opt_out or None,
            "training": step.training or None,
            "asks": list(step.asks) or None,
            "in_treatment": continued,
            "fields": fields or None,
        }
    )


def _said(table: dict[str, Any]) -> dict[str, Any]:
    """What is said; a key that is left out says the same as one that says nothing."""
    return {key: value for key, value in table.items() if value is not None}


def _number(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value
