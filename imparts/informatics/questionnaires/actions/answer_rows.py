"""Answers as rows: one as it was given, and what was written in it as JSON."""

from datetime import datetime
from typing import Any

from imparts.informatics.questionnaires.models import AnswerGiven, Invitation
from imparts.rules.forms.values import to_json
from imparts.rules.packs.asking import Given


def keep_answer(
    invitation: Invitation, *, instrument: str, item: str, given: Given, at: datetime
) -> None:
    """Keep one answer of a sitting; the last row of an item counts."""
    AnswerGiven.objects.create(
        invitation=invitation, instrument=instrument, item=item, value=given.value,
        declined=given.declined, entered=entered_as_json(given), at=at,
    )  # fmt: skip


def entered_as_json(given: Given) -> list[Any] | None:
    """What was written or chosen on a screen of a form; None where nothing is."""
    return None if given.entered is None else [to_json(one) for one in given.entered]
