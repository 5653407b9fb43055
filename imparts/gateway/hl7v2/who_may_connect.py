"""Who may connect: addresses, certificates, and why a listener without either stays at home.

Safety: anyone who can reach the listener's port could otherwise send messages in the name of the
hospital record. So it listens to this machine alone, unless addresses or certificates are named.
"""

import ipaddress
import ssl
from functools import lru_cache
from pathlib import Path

Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]


class WronglySet(ValueError):
    """A setting that cannot be used, in a sentence that says how it should look."""


@lru_cache(maxsize=64)  # a sender's are looked at with each of its messages
def read_networks(written: str, *, setting: str) -> Networks:
    """Networks and addresses from a list with commas: 10.1.2.0/24, 10.1.3.7."""
    parts = [part.strip() for part in written.split(",") if part.strip()]
    try:
        return tuple(ipaddress.ip_network(part) for part in parts)
    except ValueError:
        raise WronglySet(
            f"{setting} must be addresses or networks with commas between them, "
            "such as 10.1.2.0/24,10.1.3.7"
        ) from None


def is_among(address: str, allowed: Networks) -> bool:
    """Whether an address is in one of the networks; every address is when none is named."""
    if not allowed:
        return True
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)  # how an IPv6 socket names an IPv4 peer
    return any((mapped or found) in network for network in allowed)


def is_this_machine(host: str) -> bool:
    """Whether a listener on this address can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_open_to_all(host: str, *, allowed: Networks, client_authority: str) -> None:
    """WronglySet when a listener could be reached by anyone."""
    if is_this_machine(host) or allowed or client_authority:
        return
    raise WronglySet(
        f"The listener would be open to everyone who can reach {host}. Name who may connect: "
        "IMPARTS_LISTEN_ALLOWED (addresses or networks), or IMPARTS_LISTEN_TLS_CLIENT_CA "
        "(who signs the senders' certificates)."
    )


def tls_from(*, certificate: str, key: str, client_authority: str) -> ssl.SSLContext | None:
    """TLS from files of PEM; None when no certificate is named. Clients show one if asked to."""
    if not certificate:
        if key or client_authority:
            raise WronglySet(
                "IMPARTS_LISTEN_TLS_CERT is not set, so the listener cannot speak TLS. "
                "Name the file of its certificate, or unset the other IMPARTS_LISTEN_TLS settings."
            )
        return None
    for setting, file in (
        ("IMPARTS_LISTEN_TLS_CERT", certificate),
        ("IMPARTS_LISTEN_TLS_KEY", key),
        ("IMPARTS_LISTEN_TLS_CLIENT_CA", client_authority),
    ):
        if file and not Path(file).is_file():
            raise WronglySet(f"{setting} names a file that is not there: {file}")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key or None)
        if client_authority:
            context.load_verify_locations(client_authority)
            context.verify_mode = ssl.CERT_REQUIRED
    except (ssl.SSLError, OSError):
        raise WronglySet(
            "The files of IMPARTS_LISTEN_TLS_CERT, _KEY and _CLIENT_CA cannot be used together. "
            "They must be PEM files, the key without a pass phrase and of that certificate."
        ) from None
    return context
