"""Who may send: the known sender of a header, and why a message of it may not come from here."""

from imparts.gateway.hl7v2.listener import Peer
from imparts.gateway.hl7v2.who_may_connect import is_among, read_networks
from imparts.gateway.inbound.models import KnownSender


def known_sender(application: str, facility: str) -> KnownSender | None:
    """The sender that MSH-3 and MSH-4 name, with its organisation; letters to the letter."""
    return (
        KnownSender.objects.select_related("organisation")
        .filter(application=application, facility=facility)
        .first()
    )


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
