"""A receiver that takes every message at once and keeps nothing: how fast can we be at most?

A process of its own, so that it shares nothing with what is measured. It prints its port.
"""

import socket
import sys
import threading

_END = b"\x1c\r"
_ANSWER = b"\x0bMSH|^~\\&|FAST|X|IMPARTS|X|20260714090000||ACK|A1|P|2.5.1\rMSA|AA|%b\r\x1c\r"


def main() -> None:
    """Listen on a free port of this machine until killed."""
    server = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{server.getsockname()[1]}\n")
    sys.stdout.flush()
    while True:
        line, _ = server.accept()
        threading.Thread(target=_take, args=[line], daemon=True).start()


def _take(line: socket.socket) -> None:
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    held = b""
    while piece := line.recv(65536):
        held += piece
        while _END in held:
            message, held = held.split(_END, 1)
            line.sendall(_ANSWER % message.split(b"\r", 1)[0].split(b"|")[9])


if __name__ == "__main__":
    main()
