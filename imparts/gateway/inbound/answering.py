"""Answering: the bytes of a message in, the bytes of its answers out, whatever happens in between.

The database may be away, and we may be wrong: the sender is told to send it again, and nothing of
it is applied. Nothing here logs what a message says.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, InterfaceError, close_old_connections

from imparts.gateway.hl7v2.acknowledgement import Answer
from imparts.gateway.hl7v2.answers import write_answers
from imparts.gateway.hl7v2.envelope import Envelope, read_envelope
from imparts.gateway.hl7v2.listener import Peer
from imparts.gateway.inbound.actions.receiving import receive, receive_cut_short

Now = Callable[[], datetime]
_AWAY = "The message could not be kept. Send it again."
_log = logging.getLogger("imparts.listener")


def answers_to(raw: bytes, *, peer: Peer, now: Now) -> list[bytes]:
    """Take one whole message; the answers to it in order."""
    envelope = read_envelope(raw)
    return _answered(envelope, lambda at: receive(raw, peer=peer, at=at, envelope=envelope), now)


def answers_to_cut_short(begun: bytes, words: str, *, peer: Peer, now: Now) -> list[bytes]:
    """Refuse what is no whole message; the answers to what can be read of it."""
    return _answered(
        read_envelope(begun), lambda at: receive_cut_short(begun, words, peer=peer, at=at), now
    )


def _answered(envelope: Envelope, ask: Callable[[datetime], Answer], now: Now) -> list[bytes]:
    if envelope.is_acknowledgement:
        return []  # of an answer of ours, in enhanced mode; it is not answered in its turn
    answer = _twice(ask, now)
    if answer is None:
        answer = Answer("AE", envelope.control_id, _AWAY, error="207")
    return write_answers(envelope, answer, at=now())


def _twice(ask: Callable[[datetime], Answer], now: Now) -> Answer | None:
    """Ask, and once more on a new connection: the kept one may have ended since the last message.

    Asking twice is safe: what was taken by the first is answered as before by the second.
    """
    for is_last in (False, True):
        try:
            return ask(now())
        except (DatabaseError, InterfaceError):
            close_old_connections()
            if is_last:
                _log.exception("a message could not be kept")
        except Exception:
            _log.exception("a message could not be kept")
            return None
    return None
