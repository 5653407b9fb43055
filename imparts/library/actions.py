"""Loading content by hash, signing it, and putting it in force at a service."""

import hashlib
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

import imparts.content
from imparts.audit import actions as audit
from imparts.library import queries
from imparts.library.models import ContentVersion, InForce, Signature
from imparts.organisations.models import Service

FOLDERS = {
    "instruments": ContentVersion.Kind.INSTRUMENT,
    "packs": ContentVersion.Kind.PACK,
    "pathways": ContentVersion.Kind.PATHWAY,
    "patient_texts": ContentVersion.Kind.PATIENT_TEXT,
}


class NotSigned(Exception):
    """Content that nobody at this site has signed cannot go into force."""


def load_shipped(*, at: datetime, folder: Path | None = None) -> list[ContentVersion]:
    """Load every shipped file whose text is not known yet; known texts are left as they are."""
    root = folder or Path(imparts.content.__file__).parent
    loaded = []
    with transaction.atomic():
        for name, kind in FOLDERS.items():
            for path in sorted((root / name).rglob("*.toml")):
                if made := load_file(kind=kind, text=path.read_text(encoding="utf-8"), at=at):
                    loaded.append(made)
    return loaded


def load_file(
    *, kind: str, text: str, at: datetime, is_shipped: bool = True
) -> ContentVersion | None:
    """Add one text as a version; None when this very text is already there.

    Raises ContentRefused, with a sentence, when the file breaks a rule of its kind.
    """
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if ContentVersion.objects.filter(sha256=sha256).exists():
        return None
    key, version = queries.name_of(kind, text)
    return ContentVersion.objects.create(
        kind=kind,
        key=key,
        version=version,
        sha256=sha256,
        body=text,
        is_shipped=is_shipped,
        loaded_at=at,
    )


def sign(
    *, content: ContentVersion, by: str, as_role: str, statement: str, at: datetime
) -> Signature:
    """A named person of this site stands for one version."""
    with transaction.atomic():
        made = Signature.objects.create(
            content=content, signed_by=by, as_role=as_role, statement=statement, at=at
        )
        audit.record(who=by, did="signed content", about=f"{content.kind} {content.key}", at=at)
    return made


def _needed_with(content: ContentVersion, service: Service) -> tuple[ContentVersion, ...]:
    """What must be signed before this goes into force.

    A pack asks about self-harm, so what a patient is told next must be signed with it.
    """
    if content.kind != ContentVersion.Kind.PACK:
        return (content,)
    texts = queries.newest_versions(ContentVersion.Kind.PATIENT_TEXT)
    return (content, texts[service.organisation.nation])


def put_in_force(
    *, service: Service, content: ContentVersion, from_on: date, by: str, at: datetime
) -> InForce:
    """From a day on this service uses this version; refused while it waits for a signature."""
    for needed in _needed_with(content, service):
        if not queries.may_be_offered(needed):
            raise NotSigned(
                f"{needed.key} {needed.version} has not been checked by a clinician. "
                "A clinician of this site must sign it before it can be used."
            )
    with transaction.atomic():
        made = InForce.objects.create(
            service=service, content=content, kind=content.kind, from_on=from_on, by=by, at=at
        )
        audit.record(
            who=by, did="put content in force", about=f"{content.kind} {content.key}",
            why=f"service {service.pk}", at=at,
        )  # fmt: skip
    return made
