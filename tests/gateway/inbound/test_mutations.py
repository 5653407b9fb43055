"""Thousands of damaged messages: each is answered, none ends the listener, none reaches a log."""

import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from imparts.gateway.hl7v2.frames import END, START, frame
from imparts.gateway.inbound.models import Became, KnownSender
from tests.gateway.hl7v2.lines import Line, said
from tests.gateway.inbound.listening_site import Site, listening, resident_megabytes
from tests.gateway.inbound.mutating import CANARIES, mutations, valid
from tests.gateway.inbound.standing_in import a_known_sender

pytestmark = pytest.mark.django_db(transaction=True)
_GROWTH_MB = 100  # TRUST: less than this over ten thousand messages
_QUICKLY = 10.0


@pytest.fixture
def pas(transactional_db: None) -> KnownSender:
    return a_known_sender()


class Conversation:
    """One connection after another, as the listener hangs up on what it cannot frame."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._line = site.line()
        self.codes: Counter[str] = Counter()
        self.wrong: list[str] = []

    def say(self, control_id: str, message: bytes) -> None:
        """Send one message; what came back is counted, and what is wrong with it kept."""
        try:
            self._line.send(frame(message) if _fits(message) else START + message + END)
            code, answered = said(self._line.answer(seconds=_QUICKLY))
        except (ConnectionError, TimeoutError) as gone:
            self._hang_up(type(gone).__name__)
            if not isinstance(gone, ConnectionError):
                self.wrong.append(f"{control_id}: no answer")
            return
        self.codes[code] += 1
        if _header_is_whole(message, control_id) and answered != control_id:
            self.wrong.append(f"{control_id}: answered for another")
        if not _fits(message):
            self._hang_up("framing")  # more answers may follow, to what came after the end

    def _hang_up(self, why: str) -> None:
        self.codes[why] += 1
        self._line.socket.close()
        self._line = self._site.line()

    def close(self) -> None:
        self._line.socket.close()


def _fits(message: bytes) -> bool:
    return START not in message and END not in message


def _header_is_whole(message: bytes, control_id: str) -> bool:
    """Is the line that names the message as it was sent, alone and in a whole frame?"""
    first = message.split(b"\r")[0]
    whole = valid("ADT^A08^ADT_A01", control_id).split(b"\r")[0]
    same = first.split(b"|")[:8] == whole.split(b"|")[:8]
    return same and first.split(b"|")[9:] == whole.split(b"|")[9:] and _fits(message)


def _said_to(site: Site, count: int, *, seed: int) -> Counter[str]:
    conversation = Conversation(site)
    for control_id, message in mutations(count, seed=seed):
        conversation.say(control_id, message)
    conversation.close()
    assert conversation.wrong == []
    return conversation.codes


def _is_alive(site: Site, control_id: str) -> bool:
    with Line(site.port) as line:
        return said(line.ask(valid("ADT^A28^ADT_A05", control_id))) == ("AA", control_id)


def _nothing_leaked(site: Site) -> None:
    logged = site.said.read_text(errors="replace")
    assert [canary for canary in CANARIES if canary in logged] == []
    words = "\n".join(Became.objects.values_list("words", flat=True))
    assert [canary for canary in CANARIES if canary in words] == []


def test_some_hundred_damaged_messages_are_answered_and_none_is_logged(
    pas: KnownSender, tmp_path: Path
) -> None:
    with listening(tmp_path) as site:
        codes = _said_to(site, 400, seed=1)
        assert codes["AA"] >= 40
        assert codes["AR"] >= 100
        assert _is_alive(site, "after")
        _nothing_leaked(site)
    assert _our_mistakes() == []


@pytest.mark.prove
def test_ten_thousand_damaged_messages_leave_the_memory_flat(
    pas: KnownSender, tmp_path: Path
) -> None:
    with listening(tmp_path) as site:
        _said_to(site, 1000, seed=2)
        before = resident_megabytes(site.processes[0].pid)
        began = time.monotonic()
        for seed in range(3, 12):
            _said_to(site, 1000, seed=seed)
        grown = resident_megabytes(site.processes[0].pid) - before
        assert grown < _GROWTH_MB, f"{grown:.0f} MB in {time.monotonic() - began:.0f} s"
        assert _is_alive(site, "after")
        _nothing_leaked(site)
    assert _our_mistakes() == []


def _our_mistakes() -> list[tuple[str, str]]:
    """Damaged messages of which we did not say what is wrong: each is a fault to be mended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select m.control_id, b.words from inbound_became b"
            " join inbound_receivedmessage m on m.id = b.message_id where b.error = '207'"
        )
        return cursor.fetchall()
