"""The pretend record has the manners of another library's record, and our sender pleases both."""

import asyncio
import threading
from collections.abc import Callable, Iterator

import hl7
import pytest
from hl7.client import MLLPClient
from hl7.mllp import start_hl7_server

from imparts.gateway.hl7v2.acknowledgement import read_acknowledgement
from imparts.gateway.hl7v2.message import read_message
from imparts.gateway.hl7v2.sender import Address, Sender
from imparts.gateway.outcomes import Outcome
from tests.gateway.conftest import RunningRecord

Results = Callable[[str], bytes]


@pytest.fixture
def another_librarys_record() -> Iterator[Address]:
    """python-hl7's own MLLP server, answering AA to everything."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    starting = start_hl7_server(_answer, host="127.0.0.1", port=0, encoding="utf-8")
    server = asyncio.run_coroutine_threadsafe(starting, loop).result(10)
    yield Address("127.0.0.1", server.sockets[0].getsockname()[1])
    loop.call_soon_threadsafe(server.close)
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0.1), loop).result(5)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


async def _answer(reader, writer) -> None:
    try:
        while True:
            message = await reader.readmessage()
            writer.writemessage(message.create_ack())
            await writer.drain()
    except asyncio.IncompleteReadError:
        writer.close()


def test_another_librarys_client_is_answered_as_it_expects(
    record: RunningRecord, a_result: Results
) -> None:
    with MLLPClient(record.address.host, record.address.port) as client:
        answers = [client.send_message(a_result(name)) for name in ("M1", "M2")]
    for name, answer in zip(("M1", "M2"), answers, strict=True):
        assert answer[:1] == b"\x0b"
        assert answer[-2:] == b"\x1c\x0d"
        theirs = hl7.parse(answer[1:-2].decode())
        assert str(theirs.segment("MSA")[1]) == "AA"
        assert str(theirs.segment("MSA")[2]) == name
        assert str(theirs.segment("MSH")[9]) == "ACK^R01^ACK"
        assert str(theirs.segment("MSH")[5]) == "IMPARTS"


def test_our_answer_says_what_another_librarys_answer_says(a_result: Results) -> None:
    theirs = str(hl7.parse(a_result("M1").decode()).create_ack("AA"))
    said = read_acknowledgement(read_message(theirs))
    assert (said.code, said.control_id) == ("AA", "M1")


def test_our_sender_is_answered_by_another_librarys_record(
    another_librarys_record: Address, a_result: Results
) -> None:
    with Sender(another_librarys_record, seconds_to_answer=5) as sender:
        for name in ("M1", "M2"):
            assert sender.send(a_result(name), control_id=name).outcome is Outcome.TAKEN
