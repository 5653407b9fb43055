"""Servers for notices that can be told to misbehave: a mail server, two that hang, and a Notify."""

import asyncio
import json
import re
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from imparts.gateway.notices.servers import MailServer, NotifyAccount
from imparts.postgres.server import free_port

SENDER = "imparts@fernhollow.example"
SECRET = "11111111-2222-4333-8444-555555555555"
KEY = f"trust_key-aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee-{SECRET}"
TEMPLATE = "99999999-8888-4777-8666-555555555555"


class Mood(StrEnum):
    """How the mail server treats the next mails."""

    NORMAL = "takes them"
    NOT_NOW = "451 4.2.2 Mailbox busy, try again"
    LEAVING = "421 4.3.2 Shutting down"
    NO_SUCH_MAILBOX = "550 5.1.1 No such mailbox"
    RELAYS_NOTHING = "550 5.7.1 Relaying denied"
    NOT_THIS_TEXT = "554 5.6.0 Message refused"
    CLOSES = "closes the connection when told for whom"
    TAKES_AND_CLOSES = "takes the mail and closes without a word"
    HANGS = "stops talking when told for whom"


class Mail:
    """A real mail server on this machine, in a thread of its own, that keeps what it takes."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[EmailMessage] = []
        self.mood = Mood.NORMAL
        self.connections = 0
        self._times: int | None = None
        self._running: Controller | None = None
        self.start()

    @property
    def named(self) -> MailServer:
        """As a site would set it."""
        return MailServer.named(f"smtp://127.0.0.1:{self.port}", sender=SENDER)

    @property
    def texts(self) -> list[str]:
        """What readers see, mail by mail."""
        return [str(each.get_content()).strip() for each in self.taken]

    def become(self, mood: Mood, *, times: int | None = None) -> None:
        """From now on, or for so many mails."""
        self.mood, self._times = mood, times

    def start(self) -> None:
        """Come up, on the same port as before."""
        self._running = Controller(_Handler(self), hostname="127.0.0.1", port=self.port)
        self._running.start()

    def stop(self) -> None:
        """Go away: nobody listens."""
        if self._running is not None:
            self._running.stop(no_assert=True)
            self._running = None

    def next_mood(self) -> Mood:
        """How to treat this mail."""
        if self._times is None:
            return self.mood
        if self._times == 0:
            return Mood.NORMAL
        self._times -= 1
        return self.mood


class _Handler:
    def __init__(self, mail: Mail) -> None:
        self._mail = mail
        self._mood = Mood.NORMAL

    async def handle_EHLO(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        self._mail.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._mood = mood = self._mail.next_mood()
        if mood is Mood.CLOSES:
            _close(server)
        if mood is Mood.HANGS:
            await asyncio.sleep(3600)
        if mood.value[:3].isdigit() and mood is not Mood.NOT_THIS_TEXT:
            return mood.value
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self._mood is Mood.NOT_THIS_TEXT:
            return self._mood.value
        kept = message_from_bytes(envelope.content, policy=policy.default)
        assert [kept["To"]] == envelope.rcpt_tos
        self._mail.taken.append(kept)
        if self._mood is Mood.TAKES_AND_CLOSES:
            _close(server)
        return "250 OK"


def _close(server: SMTP) -> None:
    if server.transport is not None:
        server.transport.abort()


class Hanging:
    """Takes connections and says nothing, or one byte now and then so that no time-out ends."""

    def __init__(self, *, drips: bool = False) -> None:
        self._drips, self._stopped = drips, threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self.port: int = self._listening.getsockname()[1]
        self.asked = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def named(self) -> MailServer:
        """As a site would set it."""
        return MailServer.named(f"smtp://127.0.0.1:{self.port}", sender=SENDER)

    def stop(self) -> None:
        """Go away."""
        self._stopped.set()
        self._thread.join()
        self._listening.close()

    def _serve(self) -> None:
        opened: list[socket.socket] = []
        while not self._stopped.is_set():
            with suppress(TimeoutError):
                opened.append(self._listening.accept()[0])
                self.asked += 1
            for each in opened if self._drips else []:
                with suppress(OSError):
                    each.sendall(b"2")
        for each in opened:
            each.close()


@dataclass
class Notify:
    """A server that speaks the part of GOV.UK Notify's interface that we use."""

    taken: list[dict[str, object]] = field(default_factory=list)
    says: tuple[int, object] | None = None
    """Answer everything with this instead."""
    takes_and_closes: int = 0
    """For so many notices: take it, and hang up without a word."""

    def __post_init__(self) -> None:
        handler = type("Handler", (_NotifyHandler,), {"notify": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def account(self) -> NotifyAccount:
        """As a site would set it."""
        url = f"http://127.0.0.1:{self._server.server_port}"
        return NotifyAccount.named(KEY, template=TEMPLATE, url=url)

    @property
    def texts(self) -> list[str]:
        """What readers see."""
        return [each["personalisation"]["text"] for each in self.taken]

    def stop(self) -> None:
        """Go away."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _NotifyHandler(BaseHTTPRequestHandler):
    notify: Notify

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self._is_refused():
            return
        wanted = parse_qs(urlsplit(self.path).query)["reference"][0]
        found = [each for each in self.notify.taken if each["reference"] == wanted]
        self._answer(200, {"notifications": found, "links": {}})

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._is_refused():
            return
        if not re.fullmatch(r"\+[1-9]\d{7,14}", sent["phone_number"]):
            message = "phone_number Not enough digits"
            return self._answer(400, _errors("ValidationError", message))
        if sent["template_id"] != TEMPLATE or set(sent["personalisation"]) != {"text"}:
            return self._answer(400, _errors("BadRequestError", "Template not found"))
        self.notify.taken.append(sent)
        if self.notify.takes_and_closes:
            self.notify.takes_and_closes -= 1
            self.close_connection = True
            return self.connection.shutdown(socket.SHUT_RDWR)
        self._answer(201, {"id": str(uuid4()), "reference": sent["reference"]})

    def _is_refused(self) -> bool:
        token = self.headers["Authorization"].removeprefix("Bearer ")
        try:
            jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
        except jwt.InvalidTokenError:
            self._answer(403, _errors("AuthError", "Invalid token: signature"))
            return True
        if self.notify.says is not None:
            self._answer(*self.notify.says)
            return True
        return False

    def _answer(self, status: int, body: object) -> None:
        text = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def _errors(kind: str, message: str) -> dict[str, object]:
    return {"status_code": 400, "errors": [{"error": kind, "message": message}]}
