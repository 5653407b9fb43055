"""Senders: who may send is agreed, changed and ended here, and each time it is audited."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from imparts.audit import actions as audit
from imparts.gateway.hl7v2.charsets import is_known
from imparts.gateway.hl7v2.who_may_connect import WronglySet, read_networks
from imparts.gateway.inbound.models import KnownSender
from imparts.organisations.models import Organisation

_SHA_256 = 64


class SenderRefused(ValueError):
    """What was asked of a sender cannot be; the text says why and how to mend it."""


def know_sender(
    *,
    application: str,
    facility: str,
    organisation: Organisation,
    by: str,
    at: datetime,
    addresses: Collection[str] = (),
    certificate: str = "",
    kinds: Collection[str] = (),
    processing: str = KnownSender.Processing.PRODUCTION,
    charset: str = "",
) -> KnownSender:
    """Let an application at a facility send messages for one organisation."""
    application, facility = application.strip(), facility.strip()
    if not application or not facility:
        raise SenderRefused("Name the application (MSH-3) and the facility (MSH-4).")
    if KnownSender.objects.filter(application=application, facility=facility).exists():
        raise SenderRefused(f"{application} at {facility} is known already.")
    if processing not in KnownSender.Processing.values:
        raise SenderRefused("MSH-11 is P for production or T for test.")
    if charset and not is_known(charset):
        raise SenderRefused(f"The character set {charset} is not one that is read here.")
    made = KnownSender(
        application=application, facility=facility, organisation=organisation,
        addresses=_networks(addresses), certificate=_fingerprint(certificate),
        kinds=sorted({kind.strip().upper() for kind in kinds}), processing=processing,
        charset=charset.upper(),
    )  # fmt: skip
    with transaction.atomic():
        made.save()
        audit.record(who=by, did="let a sender send", about=f"sender {made.pk}", at=at)
    return made


def end_sender(sender: KnownSender, *, by: str, why: str, at: datetime) -> None:
    """Take no more messages of it. What it sent stays."""
    _switch(sender, False, "stopped a sender", by=by, why=why, at=at)


def let_sender_again(sender: KnownSender, *, by: str, why: str, at: datetime) -> None:
    """Take messages of it again."""
    _switch(sender, True, "let a sender send again", by=by, why=why, at=at)


def _switch(
    sender: KnownSender, is_active: bool, did: str, *, by: str, why: str, at: datetime
) -> None:
    with transaction.atomic():
        sender.is_active = is_active
        sender.save(update_fields=["is_active"])
        audit.record(who=by, did=did, about=f"sender {sender.pk}", why=why, at=at)


def _networks(addresses: Collection[str]) -> list[str]:
    try:
        return [str(network) for network in read_networks(",".join(addresses), setting="Addresses")]
    except WronglySet as wrong:
        raise SenderRefused(f"{wrong}.") from None


def _fingerprint(certificate: str) -> str:
    """As it is compared: 64 hexadecimal digits, without the colons that some programs write."""
    digits = certificate.replace(":", "").strip().lower()
    if digits and (len(digits) != _SHA_256 or set(digits) - set("0123456789abcdef")):
        raise SenderRefused(
            "A certificate is named by its SHA-256: 64 hexadecimal digits, with or without colons."
        )
    return digits
