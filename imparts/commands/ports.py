"""Ports of this machine: is this one free, and which one is?"""

import socket

from imparts.commands.exit_codes import CannotGoOn


def refuse_taken(host: str, port: int) -> None:
    """Stop with a sentence when something else listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotGoOn(
                f"Port {port} on {host} is taken by another program ({error.strerror}). Stop that "
                f"program, or choose another port, for example --port {port + 1}."
            ) from error


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there."""
    try:
        refuse_taken(host, port)
    except CannotGoOn:
        return False
    return True


def free_port() -> int:
    """A port that the system gives."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
