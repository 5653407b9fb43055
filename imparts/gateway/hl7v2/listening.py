"""Listening: the settings of the listener, read once, and refused when they would be unsafe."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass

from imparts.gateway.hl7v2.address import Address
from imparts.gateway.hl7v2.who_may_connect import (
    Networks,
    WronglySet,
    read_networks,
    refuse_open_to_all,
    tls_from,
)

HERE = "127.0.0.1:2575"


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen, and to whom."""

    host: str
    port: int
    allowed: Networks
    tls: ssl.SSLContext | None


def read_listening(environ: Mapping[str, str]) -> Listening:
    """The settings that begin with IMPARTS_LISTEN; WronglySet says what is wrong with them."""
    address = _address(environ.get("IMPARTS_LISTEN_MLLP") or HERE)
    allowed = read_networks(
        environ.get("IMPARTS_LISTEN_ALLOWED", ""), setting="IMPARTS_LISTEN_ALLOWED"
    )
    client_authority = environ.get("IMPARTS_LISTEN_TLS_CLIENT_CA", "")
    refuse_open_to_all(address.host, allowed=allowed, client_authority=client_authority)
    tls = tls_from(
        certificate=environ.get("IMPARTS_LISTEN_TLS_CERT", ""),
        key=environ.get("IMPARTS_LISTEN_TLS_KEY", ""),
        client_authority=client_authority,
    )
    return Listening(address.host, address.port, allowed, tls)


def _address(text: str) -> Address:
    try:
        return Address.named(text, wrong=f"IMPARTS_LISTEN_MLLP must look like {HERE}")
    except ValueError as wrong:
        raise WronglySet(str(wrong)) from None
