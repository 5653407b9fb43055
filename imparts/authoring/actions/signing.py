"""Signing: one statement for everything that was ticked, by someone who made none of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from imparts.authoring.queries.drafts import composed_by
from imparts.authoring.queries.pathway_drafts import made_for
from imparts.library import actions as library
from imparts.library.models import ContentVersion, Signature


def sign_all(
    *, contents: Iterable[ContentVersion], by: str, as_role: str, statement: str, at: datetime,
    read: Mapping[int, str] | None = None,
) -> list[Signature]:  # fmt: skip
    """Sign each, or none of them; raises CannotSign with a sentence that names the one refused.

    `read` says by version what the signer's page showed of it, as a mark.
    """
    made = []
    with transaction.atomic():
        for content in contents:
            try:
                made.append(
                    _sign(
                        content, by=by, as_role=as_role, statement=statement, at=at,
                        read=None if read is None else read.get(content.pk, ""),
                    )
                )  # fmt: skip
            except library.CannotSign as refused:
                raise type(refused)(f"{content.key} {content.version}: {refused}") from refused
    return made


def _sign(
    content: ContentVersion, *, by: str, as_role: str, statement: str, at: datetime,
    read: str | None,
) -> Signature:  # fmt: skip
    if by in composed_by(content.pk):
        raise library.SamePerson("A second person must sign this; you composed it.")
    if (service := made_for(content.pk)) is not None:
        raise library.CannotSign(
            f"It was changed for {service} and needs several signatures. Sign it on Pathways."
        )
    return library.sign(
        content=content, by=by, as_role=as_role, statement=statement, at=at, read=read
    )
