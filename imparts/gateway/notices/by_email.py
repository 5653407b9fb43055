"""By e-mail: one notice to one mailbox through the site's mail server, in a bounded time."""

import smtplib
import socket
import threading
from contextlib import suppress

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from imparts.gateway.notices.servers import MailServer, SmsByEmail
from imparts.gateway.notices.ways import in_words
from imparts.gateway.notices.words import Notice
from imparts.gateway.outcomes import Outcome, Told

SECONDS_A_STEP = 8.0
SECONDS_IN_ALL = 20.0  # less than a lease; a server may be slow at each step, or one byte at a time
_HEADERS = {
    # So that no absence note comes back, and no machine answers a machine.
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
}
_SHUTTING_DOWN = 421
_FOR_GOOD = range(500, 600)


class ByEmail:
    """E-mail to members of staff."""

    name = "e-mail"

    def __init__(
        self,
        server: MailServer,
        *,
        seconds_a_step: float = SECONDS_A_STEP,
        seconds_in_all: float = SECONDS_IN_ALL,
    ) -> None:
        self._server = server
        self._a_step, self._in_all = seconds_a_step, seconds_in_all

    def send(self, to: str, notice: Notice, *, reference: str, is_again: bool) -> Told:
        """Hand it in. A repeat has the same Message-ID, so that a mailbox may know it."""
        domain = self._server.sender.rpartition("@")[2]
        email = EmailMessage(
            notice.subject, notice.text, self._server.sender, [to],
            headers={"Message-ID": f"<{reference}@{domain}>", **_HEADERS},
        )  # fmt: skip
        try:
            self._backend().send_messages([email])
        except smtplib.SMTPRecipientsRefused as refused:
            return _refused(*next(iter(refused.recipients.values())))
        except smtplib.SMTPDataError as refused:
            return _put_off(refused.smtp_code, refused.smtp_error)
        except smtplib.SMTPResponseException as refused:
            # Our sign-in, our greeting or our sender: not the reader's fault, so nothing is lost.
            return Told(Outcome.NO_ANSWER, _said(refused.smtp_code, refused.smtp_error))
        except (smtplib.SMTPException, OSError) as gone:
            why = f"The mail server does not answer ({type(gone).__name__})."
            return Told(Outcome.NO_ANSWER, why)
        except ValueError:
            return Told(Outcome.REFUSED, "This is not an e-mail address.")
        return Told(Outcome.TAKEN)

    def _backend(self) -> "_InBoundedTime":
        server = self._server
        return _InBoundedTime(
            host=server.host, port=server.port, username=server.username,
            password=server.password, use_tls=server.security == "smtp+starttls",
            use_ssl=server.security == "smtps", timeout=self._a_step, seconds=self._in_all,
        )  # fmt: skip


class SmsThroughEmail:
    """SMS through a gateway that reads e-mail: the same server, the number in the address."""

    name = "SMS"

    def __init__(self, by_email: ByEmail, gateway: SmsByEmail) -> None:
        self._by_email, self._gateway = by_email, gateway

    def send(self, to: str, notice: Notice, *, reference: str, is_again: bool) -> Told:
        """The gateway makes the SMS from the text."""
        address = self._gateway.pattern.replace("{number}", to.lstrip("+"))
        return self._by_email.send(address, notice, reference=reference, is_again=is_again)


def _refused(code: int, words: str | bytes) -> Told:
    """A mailbox that is not there is final; a server that relays nothing from us (5.7) is not."""
    if code in _FOR_GOOD and not in_words(words).startswith("5.7"):
        return Told(Outcome.REFUSED, _said(code, words))
    return _put_off(code, words)


def _put_off(code: int, words: str | bytes) -> Told:
    away = code == _SHUTTING_DOWN
    return Told(Outcome.NO_ANSWER if away else Outcome.NOT_THIS_TIME, _said(code, words))


def _said(code: int, words: str | bytes) -> str:
    return f"The mail server said {code}: {in_words(words)}"


class _WithAnEnd(smtplib.SMTP):
    """A connection that is hung up after so many seconds, however busily the server does nothing.

    A time-out counts between bytes only; a server that sends one now and then would never reach it.
    """

    seconds = SECONDS_IN_ALL
    _hang_up_at: threading.Timer | None = None

    def getreply(self) -> tuple[int, bytes]:
        """The first reply awaited starts the time."""
        if self._hang_up_at is None:
            self._hang_up_at = threading.Timer(self.seconds, self._hang_up)
            self._hang_up_at.daemon = True
            self._hang_up_at.start()
        return super().getreply()

    def close(self) -> None:
        """Nothing is left to hang up."""
        if self._hang_up_at is not None:
            self._hang_up_at.cancel()
        super().close()

    def _hang_up(self) -> None:
        opened = self.sock
        if opened is not None:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)


class _EncryptedWithAnEnd(_WithAnEnd, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class _InBoundedTime(EmailBackend):
    """Django's way to a mail server, with an end."""

    def __init__(self, *, seconds: float, **settings: object) -> None:
        super().__init__(**settings)
        self._seconds = seconds

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """A connection with an end."""
        ends = _EncryptedWithAnEnd if self.use_ssl else _WithAnEnd
        return type(ends.__name__, (ends,), {"seconds": self._seconds})

    def open(self) -> bool | None:
        """A connection on which signing in or encryption failed is closed at once, not leaked."""
        try:
            return super().open()
        except (OSError, smtplib.SMTPException):
            half_open, self._partial_connection = self._partial_connection, None
            if half_open is not None:
                half_open.close()
            raise

    def close(self) -> None:
        """Whether our goodbye is heard changes nothing of what was taken."""
        with suppress(OSError, smtplib.SMTPException):
            super().close()
