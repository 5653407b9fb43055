"""A small HTTP client for load: so few instructions that the server is what is measured."""

import socket
import time
from dataclasses import dataclass
from urllib.parse import urlencode

CSRF = "b" * 32


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, and how long it took in seconds."""

    status: int
    location: str
    body: bytes
    seconds: float


class Connection:
    """One kept-open connection that asks one thing at a time."""

    def __init__(self, port: int, *, cookies: dict[str, str]) -> None:
        self._port = port
        self._cookies = "; ".join(f"{k}={v}" for k, v in {**cookies, "csrftoken": CSRF}.items())
        self._socket = self._open()

    def _open(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self._port), timeout=30)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def get(self, path: str) -> Answered:
        """Ask for one page."""
        return self._ask(f"GET {path} HTTP/1.1\r\n{self._heads()}\r\n".encode())

    def post(self, path: str, fields: dict[str, str]) -> Answered:
        """Send one form."""
        body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\n{self._heads()}"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return self._ask(head.encode() + body)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _heads(self) -> str:
        origin = f"http://127.0.0.1:{self._port}"
        return f"Host: 127.0.0.1:{self._port}\r\nCookie: {self._cookies}\r\nOrigin: {origin}\r\n"

    def _ask(self, request: bytes) -> Answered:
        began = time.perf_counter()
        self._socket.sendall(request)
        head, _, rest = self._read_until(b"\r\n\r\n")
        lines = head.decode("latin1").split("\r\n")
        heads = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines[1:])
        }
        body = self._read_body(rest, heads)
        return Answered(
            status=int(lines[0].split(" ")[1]),
            location=heads.get("location", ""),
            body=body,
            seconds=time.perf_counter() - began,
        )

    def _read_until(self, mark: bytes) -> tuple[bytes, bytes, bytes]:
        got = b""
        while mark not in got:
            part = self._socket.recv(65536)
            if not part:
                raise ConnectionError("the server hung up")
            got += part
        return got.partition(mark)

    def _read_body(self, got: bytes, heads: dict[str, str]) -> bytes:
        if heads.get("transfer-encoding") == "chunked":
            while not got.endswith(b"0\r\n\r\n"):
                got += self._socket.recv(65536)
            return got
        wanted = int(heads.get("content-length", "0"))
        while len(got) < wanted:
            got += self._socket.recv(65536)
        return got
