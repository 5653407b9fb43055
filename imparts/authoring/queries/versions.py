"""Versions: one text of the library, who stands for it, what came before it, what it needs."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from imparts.access.queries import Asking
from imparts.authoring.queries.drafts import composed_by
from imparts.authoring.queries.packs import drafted_for
from imparts.authoring.queries.pathway_drafts import made_for
from imparts.library import queries as library
from imparts.library.models import ContentVersion, Signature

Kind = ContentVersion.Kind


def version_for(content_id: int) -> ContentVersion:
    """One version; 404 when there is none."""
    found = ContentVersion.objects.filter(pk=content_id).first()
    if found is None:
        raise Http404
    return found


def signatures_of(content_id: int) -> list[Signature]:
    """Who has signed a version, first to last."""
    return list(Signature.objects.filter(content_id=content_id).order_by("id"))


def is_signed(content_id: int) -> bool:
    """Whether anybody has signed a version."""
    return Signature.objects.filter(content_id=content_id).exists()


def why_may_not_sign(asking: Asking, content: ContentVersion) -> str:
    """Why this person cannot be the one who signs; empty when they can, and for whoever may not."""
    if content.loaded_by and content.loaded_by.casefold() == asking.username.casefold():
        return "You brought this in, so a second person must sign it."
    if content.kind == Kind.PACK and asking.username in composed_by(content.pk):
        return "You composed this, so a second person must sign it."
    if (service := made_for(content.pk)) is not None:
        return f"It was changed for {service} and needs several signatures. Sign it on Pathways."
    if content.kind != Kind.FORM:
        return ""
    review = library.harm_review_of(content.pk)
    if review is None:
        return "Someone must first confirm which of its questions ask about harm."
    if review.by.casefold() == asking.username.casefold():
        return "You confirmed its questions about harm, so a second person must sign it."
    return ""


@dataclass(frozen=True, slots=True)
class Before:
    """What a version is compared with, and why with that one."""

    content: ContentVersion | None
    why: str


def what_came_before(content: ContentVersion, *, on: date) -> Before:
    """The pack in force at the service that it was composed for; else the version signed before."""
    service = drafted_for(content.pk) if content.kind == Kind.PACK else None
    if service is not None:
        now = library.in_force(Kind.PACK, service.pk, on=on)
        if now and now[0].pk != content.pk:
            return Before(now[0], f"Compared with what {service} asks now.")
    earlier = ContentVersion.objects.filter(
        kind=content.kind, key=content.key, pk__lt=content.pk, signatures__isnull=False
    )
    found = earlier.order_by("-id").first()
    if found is not None:
        return Before(found, f"Compared with the version signed last, {found.version}.")
    return Before(None, "")
