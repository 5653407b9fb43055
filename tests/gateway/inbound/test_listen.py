"""`imparts listen`: seen while it runs, safe twice, gone in ten seconds, killed without loss."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from imparts.commands.ports import free_port
from imparts.gateway.inbound.models import KnownSender, ReceivedMessage
from imparts.live.presence import Process, seen
from tests.gateway.hl7v2.lines import a_message, said
from tests.gateway.inbound.listening_site import listening, told_to_stop
from tests.gateway.inbound.standing_in import a_known_sender
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pas(transactional_db: None) -> KnownSender:
    return a_known_sender()


def _a_person(control_id: str, number: str = "H1") -> bytes:
    rest = f"EVN|A28|20261117115900\rPID|1||{number}^^^^MR||Ash^Amara^^^^^L||19610314|F"
    return a_message(control_id, kind="ADT^A28^ADT_A05", rest=rest)


def test_it_is_seen_while_it_runs_and_stops_within_ten_seconds(
    pas: KnownSender, tmp_path: Path
) -> None:
    with listening(tmp_path) as site:
        until(lambda: Process.LISTENER in seen())
        with site.line() as line:
            assert said(line.ask(_a_person("1"))) == ("AA", "1")
            assert told_to_stop(site.processes[0]) < 9
        until(lambda: Process.LISTENER not in seen())


def test_two_of_them_share_the_port_and_one_may_go(pas: KnownSender, tmp_path: Path) -> None:
    with listening(tmp_path) as site:
        until(lambda: Process.LISTENER in seen())
        second = site.start()
        until(lambda: site.said.read_text().count("Listening for HL7") == 2)
        for number in range(8):
            with site.line() as line:
                assert said(line.ask(_a_person(str(number)))) == ("AA", str(number))
        told_to_stop(site.processes[0])
        with site.line() as line:
            assert said(line.ask(_a_person("last"))) == ("AA", "last")
        assert second.poll() is None


def test_two_that_are_started_at_once_both_listen(pas: KnownSender, tmp_path: Path) -> None:
    with listening(tmp_path) as site:
        told_to_stop(site.processes[0])
        both = [site.start(), site.start()]
        until(lambda: site.said.read_text().count("Listening for HL7") == 3, seconds=60)
        assert [process.poll() for process in both] == [None, None]


def test_another_programs_port_is_not_shared(pas: KnownSender) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        port = free_port()
        other.bind(("127.0.0.1", port))
        other.listen()
        ended = _listen({"IMPARTS_LISTEN_MLLP": f"127.0.0.1:{port}"})
    assert ended.returncode == 3
    assert f"Port {port} on 127.0.0.1 is taken by another program" in ended.stderr


def test_it_will_not_be_open_to_everyone() -> None:
    ended = _listen({"IMPARTS_LISTEN_MLLP": "0.0.0.0:2575"})
    assert ended.returncode == 2
    assert "IMPARTS_LISTEN_ALLOWED" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_message_in_hand_when_it_is_killed_is_taken_once_when_it_is_sent_again(
    pas: KnownSender, tmp_path: Path
) -> None:
    taken: list[str] = []
    with listening(tmp_path) as site:
        for number in range(3):
            process = site.processes[-1]
            with site.line() as line:
                line.send(b"\x0b" + _a_person(str(number), f"H{number}") + b"\x1c\r")
                process.kill()
                process.wait()
            site.start()
            site.until_it_listens()
            with site.line() as line:
                code, control_id = said(line.ask(_a_person(str(number), f"H{number}")))
            taken.append(control_id if code == "AA" else code)
    assert taken == [str(number) for number in range(3)]
    assert ReceivedMessage.objects.filter(is_first=True).count() == 3


def _listen(settings: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "imparts", "listen"],
        env=os.environ | settings, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
