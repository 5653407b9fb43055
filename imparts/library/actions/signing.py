"""Signing: a named person of this site stands for one version, and never for their own work."""

from datetime import datetime

from django.db import transaction

from imparts.audit import actions as audit
from imparts.library import queries
from imparts.library.actions.turns import take_turn
from imparts.library.models import ContentVersion, Signature

Kind = ContentVersion.Kind
LONGEST_STATEMENT = 1000


class CannotSign(Exception):
    """A signature cannot be given; the message says why in words for staff."""


class ReadAgain(CannotSign):
    """What the signer was shown is not what would be signed now."""


class SamePerson(CannotSign):
    """Whoever loaded, composed or confirmed something cannot be the one who signs it."""


def sign(
    *, content: ContentVersion, by: str, as_role: str, statement: str, at: datetime,
    read: str | None = None,
) -> Signature:  # fmt: skip
    """A named person of this site stands for one version, and accepts what it has unverified.

    `read` is the mark of the lines that their page showed (queries.mark_of); a page that shows
    nothing, such as a command's, gives none.
    """
    _refuse_the_same_person(content, by)
    if not as_role.strip() or not statement.strip():
        raise CannotSign("A signature says as whom it is given and what was checked.")
    if len(statement) > LONGEST_STATEMENT:
        raise CannotSign(f"Say in at most {LONGEST_STATEMENT} characters what was checked.")
    with transaction.atomic():
        take_turn(f"standing of {content.pk}")
        if content.kind == Kind.FORM:
            _refuse_what_was_not_read(content, at)
        accepts = queries.to_confirm(content.pk)
        if read is not None and read != queries.mark_of(accepts):
            raise ReadAgain("What you read has changed since; read it again.")
        made = Signature.objects.create(
            content=content, signed_by=by, as_role=as_role, statement=statement,
            accepts=list(accepts), at=at,
        )  # fmt: skip
        about = f"{content.kind} {content.key} {content.version}"
        audit.record(who=by, did="signed content", about=about, at=at)
    return made


def _refuse_what_was_not_read(content: ContentVersion, at: datetime) -> None:
    """Who signs has read what was confirmed: not nothing, and not what came meanwhile."""
    review = queries.harm_review_of(content.pk)
    if review is None:
        raise CannotSign("Confirm first which of its questions ask about harm; then sign.")
    if review.at > at:
        raise CannotSign(
            "Its questions about harm were confirmed just now. Read them again, then sign."
        )


def _refuse_the_same_person(content: ContentVersion, by: str) -> None:
    if content.loaded_by and _is_same(content.loaded_by, by):
        raise SamePerson("A second person must sign this; you loaded it.")
    review = queries.harm_review_of(content.pk)
    if review is not None and _is_same(review.by, by):
        raise SamePerson("A second person must sign this; you confirmed its questions about harm.")


def _is_same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
