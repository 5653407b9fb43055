"""Who may send: the known sender of a header, and why a message of it may not come from here."""

from functools import lru_cache

from django.db import connection

from imparts.gateway.hl7v2.listener import Peer
from imparts.gateway.hl7v2.who_may_connect import is_among, read_networks
from imparts.gateway.inbound.models import KnownSender

_VERSION = """
    select id, xmin::text from inbound_knownsender where application = %s and facility = %s"""


def known_sender(application: str, facility: str) -> KnownSender | None:
    """The sender that MSH-3 and MSH-4 name, with its organisation; letters to the letter.

    It is asked for with every message: what is kept of it is only ever used as long as its row has
    not been written since.
    """
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, [application, facility])
        row = cursor.fetchone()
    return _read(*row) if row else None


@lru_cache(maxsize=64)
def _read(sender: int, version: str) -> KnownSender:
    return KnownSender.objects.select_related("organisation").get(pk=sender)


def known_senders() -> list[KnownSender]:
    """All of them, those too that may send no more."""
    return list(KnownSender.objects.select_related("organisation").order_by("pk"))


def why_not_from(sender: KnownSender | None, peer: Peer) -> str:
    """Why a message of this sender is not taken from this peer; empty when it is."""
    if sender is None:
        return "This application and facility (MSH-3, MSH-4) are not known here."
    if not sender.is_active:
        return "This application and facility (MSH-3, MSH-4) may send here no more."
    networks = read_networks(",".join(sender.addresses), setting="addresses")
    if not is_among(peer.address, networks):
        return "This application and facility (MSH-3, MSH-4) do not send from this address."
    if sender.certificate and sender.certificate != peer.certificate:
        return "This application and facility (MSH-3, MSH-4) send with another certificate."
    return ""
