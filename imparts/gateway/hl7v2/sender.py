"""Sender: one open connection to a hospital record, one message at a time, one answer for each.

An answer counts only when its MSA-2 is the control id of the message just sent. Everything else -
silence, half an answer, an answer to another message, a second answer, bytes that nobody asked for
- ends with the connection dropped, so that a late answer has nowhere to arrive. What was meant by
it is then asked again with the same bytes, and the record recognises the control id.
"""

import select
import socket
import time
from collections.abc import Callable
from types import TracebackType

from imparts.gateway.hl7v2.acknowledgement import NEVER, TAKEN, read_acknowledgement
from imparts.gateway.hl7v2.address import Address
from imparts.gateway.hl7v2.charsets import decode_message
from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.frames import FrameReader, FrameTooLong, frame
from imparts.gateway.hl7v2.message import read_message
from imparts.gateway.outcomes import Outcome, Told

ANSWER_LIMIT = 64_000  # an acknowledgement is a few hundred bytes
_PIECE = 8192


class _Unanswered(Exception):
    """Why a message has no answer that counts; its text is fit to be shown and logged."""


class Sender:
    """One way to one record. Not to be used by two threads at once."""

    def __init__(
        self,
        address: Address,
        *,
        seconds_to_connect: float = 5.0,
        seconds_to_answer: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = address
        self._to_connect = seconds_to_connect
        self._to_answer = seconds_to_answer
        self._clock = clock
        self._socket: socket.socket | None = None

    def __enter__(self) -> "Sender":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Drop the connection; the next message opens a new one."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def send(self, payload: bytes, *, control_id: str) -> Told:
        """Send one message and wait for its answer."""
        try:
            return self._asked(payload, control_id)
        except _Unanswered as why:
            self.close()
            return Told(Outcome.NO_ANSWER, str(why))
        except BaseException:
            self.close()  # whoever interrupts must not leave an answer behind for the next message
            raise

    def _asked(self, payload: bytes, control_id: str) -> Told:
        connection = self._connection()
        try:
            connection.settimeout(self._to_answer)
            connection.sendall(frame(payload))
        except OSError as wrong:
            raise _Unanswered(f"the connection broke while sending ({_kind(wrong)})") from None
        reader = FrameReader(limit=ANSWER_LIMIT)
        answers = self._first_answers(connection, reader)
        answer = _understood(answers[0], control_id)
        if len(answers) > 1 or not reader.is_empty:
            self.close()  # it said more than was asked; only the first, right answer counts
        return answer

    def _connection(self) -> socket.socket:
        """The open connection, if nothing has happened on it since; else a new one."""
        if self._socket is not None and _has_something_to_say(self._socket):
            self.close()
        if self._socket is None:
            try:
                self._socket = socket.create_connection(
                    (self._address.host, self._address.port), timeout=self._to_connect
                )
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as wrong:
                raise _Unanswered(f"the record cannot be reached ({_kind(wrong)})") from None
        return self._socket

    def _first_answers(self, connection: socket.socket, reader: FrameReader) -> list[bytes]:
        """Read until a whole answer is there; a record that drips bytes gets no more time."""
        until = self._clock() + self._to_answer
        while (left := until - self._clock()) > 0:
            try:
                connection.settimeout(left)
                piece = connection.recv(_PIECE)
                answers = reader.feed(piece)
            except TimeoutError:
                break
            except OSError as wrong:
                raise _Unanswered(f"the connection broke while waiting ({_kind(wrong)})") from None
            except FrameTooLong:
                raise _Unanswered("the answer is longer than an answer can be") from None
            if answers:
                return answers
            if not piece:
                raise _Unanswered("the record closed the connection without an answer")
        raise _Unanswered(f"no answer within {self._to_answer:g} seconds")


def _understood(data: bytes, control_id: str) -> Told:
    try:
        said = read_acknowledgement(read_message(decode_message(data)))
    except MessageRefused as wrong:
        raise _Unanswered(f"the answer cannot be read: {wrong}") from None
    if said.control_id != control_id:
        raise _Unanswered("the record answered for another message")
    if said.code in TAKEN:
        return Told(Outcome.TAKEN)
    words = f"{said.code}: {said.words or 'the record gave no reason'}"
    return Told(Outcome.REFUSED if said.code in NEVER else Outcome.NOT_THIS_TIME, words)


def _has_something_to_say(connection: socket.socket) -> bool:
    """Closed by the record, or a late or second answer lies in it: either way it is not clean."""
    waiting = select.poll()
    waiting.register(connection, select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(waiting.poll(0))


def _kind(wrong: OSError) -> str:
    return wrong.strerror or type(wrong).__name__
