"""Confirming which questions of an imported questionnaire ask about harm (hazard H1)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from imparts.audit import actions as audit
from imparts.library import queries
from imparts.library.actions.turns import take_turn
from imparts.library.models import ContentVersion, HarmReview
from imparts.rules.forms.harm_review import HarmNotConfirmed, check_review


def confirm_harm_items(
    *,
    content: ContentVersion,
    items: Sequence[Mapping[str, Any]],
    by: str,
    as_role: str,
    at: datetime,
) -> HarmReview:
    """A named person has looked at every question that may ask about harm.

    Confirming anew is a new row, and what was signed before is to be signed again.
    """
    if content.kind != ContentVersion.Kind.FORM:
        raise HarmNotConfirmed(
            "Only imported questionnaires are confirmed; others say it themselves."
        )
    if not by.strip() or not as_role.strip():
        raise HarmNotConfirmed("A confirmation says by whom it is given, and as whom.")
    check_review(queries.form_of(content.pk), queries.harm_suspects_of(content.pk), items)
    with transaction.atomic():
        take_turn(f"standing of {content.pk}")
        if content.signatures.filter(at__gte=at).exists():
            raise HarmNotConfirmed("It was signed just now. Look at its page again, then confirm.")
        made = HarmReview.objects.create(
            content=content, items=[dict(one) for one in items], by=by, as_role=as_role, at=at
        )
        about = f"{content.kind} {content.key} {content.version}"
        audit.record(who=by, did="confirmed questions about harm", about=about, at=at)
    return made
