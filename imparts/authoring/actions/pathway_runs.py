"""Keeping what a run of a draft came to, under the mark of all that it was worked out from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from imparts.authoring.models import PathwayDraft, PathwayRun
from imparts.authoring.queries.pathway_drafts import kept_run


def keep_run(
    *, draft: PathwayDraft, mark: str, result: Mapping[str, Any], at: datetime
) -> PathwayRun:
    """Keep it once; whoever worked the same out at the same moment reads the one that is there."""
    try:
        with transaction.atomic():
            return PathwayRun.objects.create(draft=draft, mark=mark, result=dict(result), at=at)
    except IntegrityError:
        found = kept_run(mark)
        if found is None:
            raise
        return found
