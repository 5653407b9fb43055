"""Who may send: the known sender of a header, why it may not from here, what its codes mean."""

from collections.abc import Sequence

from django.db import connection

from imparts.gateway.hl7v2.listener import Peer
from imparts.gateway.hl7v2.who_may_connect import is_among, read_networks
from imparts.gateway.inbound.models import KnownSender, ServiceCode
from imparts.organisations.models import Service

# Whoever writes a row anew leaves another version of it, in another place.
VERSION = "concat_ws(' ', sender.xmin, sender.ctid, organisation.xmin, organisation.ctid)"
TABLES = """
    inbound_knownsender sender
    join organisations_organisation organisation on organisation.id = sender.organisation_id"""
_READ = f"""
    select sender.id, {VERSION} from {TABLES}
    where sender.application = %s and sender.facility = %s"""
_MOST_REMEMBERED = 64
_remembered: dict[tuple[str, str], KnownSender] = {}


def known_sender(application: str, facility: str) -> KnownSender | None:
    """The sender that MSH-3 and MSH-4 name, with its organisation; letters to the letter."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [application, facility])
        row = cursor.fetchone()
    if row is None:
        return None
    found = KnownSender.objects.select_related("organisation").get(pk=row[0])
    found.version = row[1]
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    _remembered[application, facility] = found
    return found


def remembered_sender(application: str, facility: str) -> KnownSender | None:
    """The same as it was when it was last read: only to be used as long as its version counts."""
    return _remembered.get((application, facility))


def known_senders() -> list[KnownSender]:
    """All of them, those too that may send no more."""
    return list(KnownSender.objects.select_related("organisation").order_by("pk"))


def service_meant(codes: Sequence[str], *, sender: KnownSender) -> Service | None:
    """The service that a sender means by the first of these codes that is known here."""
    said = [code for code in codes if code]
    rows = ServiceCode.objects.filter(organisation=sender.organisation_id, code__in=said)
    by_code = {row.code: row.service for row in rows.select_related("service__organisation")}
    return next((by_code[code] for code in said if code in by_code), None)


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
