"""Confirming which questions ask about harm, and which answers to them raise an alert."""

from datetime import datetime
from typing import Any

from django.db import transaction

from imparts.audit import actions as audit
from imparts.library.models import ContentVersion, HarmReview


class HarmNotConfirmed(Exception):
    """A confirmation leaves something open; the message says what, in one sentence."""


def confirm_harm_items(
    *, content: ContentVersion, items: list[dict[str, Any]], by: str, as_role: str, at: datetime
) -> HarmReview:
    """A named person has looked at every question that may ask about harm: no rule, no asking."""
    with transaction.atomic():
        made = HarmReview.objects.create(
            content=content, items=items, by=by, as_role=as_role, at=at
        )
        about = f"{content.kind} {content.key} {content.version}"
        audit.record(who=by, did="confirmed questions about harm", about=about, at=at)
    return made
