"""Listener: takes messages from sockets and hands back the answers, in order, whatever arrives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """Who is at the other end of a connection, as far as the socket can tell."""

    address: str
    certificate: str = ""  # SHA-256 of its client certificate, hexadecimal; empty without TLS
