"""Adding tablets, turning a browser into one, and taking one out of use."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from imparts.access.models import Tablet
from imparts.access.secret_hash import hash_of
from imparts.audit import actions as audit
from imparts.organisations.models import Service


class TabletRefused(Exception):
    """The tablet was not changed; the message says why."""


def add_tablet(*, service: Service, name: str, by: str, at: datetime, username: str = "") -> Tablet:
    """Add a clinic tablet; it has no credential until a browser is bound to it.

    Its user name, which stands in the audit, follows from the service when none is given.
    """
    _refuse_same_name(service.tablets.all(), name)
    with transaction.atomic():
        number = service.tablets.count() + 1
        made = Tablet.objects.create(
            service=service, name=name, username=username or f"tablet.{service.pk}.{number}"
        )
        audit.record(who=by, did="added tablet", about=f"tablet {made.pk}", at=at)
    return made


def change_tablet(
    *, tablet: Tablet, name: str, one_tap: bool, left_hand: bool, by: str, at: datetime
) -> None:
    """Another name, or another way in which it begins: one tap an answer, the left hand."""
    _refuse_same_name(tablet.service.tablets.exclude(pk=tablet.pk), name)
    with transaction.atomic():
        tablet.name, tablet.one_tap, tablet.left_hand = name, one_tap, left_hand
        tablet.save(update_fields=["name", "one_tap", "left_hand"])
        audit.record(who=by, did="changed tablet", about=f"tablet {tablet.pk}", at=at)


def _refuse_same_name(others: QuerySet[Tablet], name: str) -> None:
    if others.filter(name__iexact=name, withdrawn_at__isnull=True).exists():
        raise TabletRefused("This service has a tablet of that name. Give this one another name.")


def bind_tablet(*, tablet: Tablet, by: str, at: datetime) -> str:
    """Give a browser the tablet's credential; the one that held it before is a tablet no more.

    The secret goes into that browser's cookie (tablets.keep_credential) and only its hash is kept.
    """
    if tablet.withdrawn_at:
        raise TabletRefused("This tablet was taken out of use. Add a new one.")
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        tablet.secret_hash, tablet.seen_at = hash_of(secret), at
        tablet.save(update_fields=["secret_hash", "seen_at"])
        audit.record(who=by, did="set up tablet", about=f"tablet {tablet.pk}", at=at)
    return secret


def withdraw_tablet(*, tablet: Tablet, by: str, at: datetime) -> None:
    """Take a tablet out of use: lost, broken or given away. Its browser opens nothing from here."""
    if tablet.withdrawn_at:
        return
    with transaction.atomic():
        tablet.withdrawn_at, tablet.secret_hash = at, ""
        tablet.save(update_fields=["withdrawn_at", "secret_hash"])
        audit.record(who=by, did="withdrew tablet", about=f"tablet {tablet.pk}", at=at)
