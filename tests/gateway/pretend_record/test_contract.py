"""The pretend record has the manners of other people's records: the same talk with each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import hl7
import pytest
from hl7.client import MLLPClient

from imparts.gateway.hl7v2.acknowledgement import read_acknowledgement
from imparts.gateway.hl7v2.address import Address
from imparts.gateway.hl7v2.message import read_message
from imparts.gateway.hl7v2.result_message import write_result
from imparts.gateway.hl7v2.sender import Sender
from imparts.gateway.outcomes import Outcome
from tests.gateway.conftest import RECEIVED_AT, RunningRecord
from tests.gateway.peers import NodePeer, answer_of_hl7, python_hl7
from tests.gateway.samples import PATIENT, a_phq9

Results = Callable[[str], bytes]
RECORDS = ("pretend record", "python-hl7", "@medplum/hl7")
FAR_NAME = "Ó Świętoborzyńska-Nettlebækmöre"


@dataclass(frozen=True)
class Receiver:
    """Somebody's record: where it listens, and the texts that it has received."""

    address: Address
    received: Callable[[], list[str]]


@pytest.fixture(scope="module")
def medplum() -> Iterator[NodePeer]:
    peer = NodePeer("hl7_receiver.mjs")
    yield peer
    peer.stop()


@pytest.fixture
def receiver(request: pytest.FixtureRequest, record: RunningRecord) -> Iterator[Receiver]:
    """The record that the test asks for by name."""
    if request.param == "pretend record":
        yield Receiver(record.address, lambda: [each.text for each in record.entries])
    elif request.param == "python-hl7":
        with python_hl7() as (address, received):
            yield Receiver(address, lambda: received)
    else:
        medplum: NodePeer = request.getfixturevalue("medplum")
        heard: list[str] = []

        def received() -> list[str]:
            while len(heard) < 3:
                heard.append(medplum.heard()["text"])
            return heard

        yield Receiver(Address("127.0.0.1", medplum.port), received)


def a_result_of(name: str, control_id: str) -> bytes:
    facts = replace(a_phq9(), patient=replace(PATIENT, family=name))
    return write_result(facts, control_id=control_id, made_at=RECEIVED_AT).encode()


@pytest.mark.parametrize("receiver", RECORDS, indirect=True)
def test_our_sender_has_the_same_conversation_with_every_record(receiver: Receiver) -> None:
    """Two results on one connection, a name of many letters, the first once more after a pause."""
    first, second = a_result_of("Dapple", "M1"), a_result_of(FAR_NAME, "M2")
    with Sender(receiver.address, seconds_to_answer=10) as sender:
        assert sender.send(first, control_id="M1").outcome is Outcome.TAKEN
        assert sender.send(second, control_id="M2").outcome is Outcome.TAKEN
        sender.close()
        assert sender.send(first, control_id="M1").outcome is Outcome.TAKEN
    texts = receiver.received()
    names = [str(hl7.parse(text).segment("PID")[5]) for text in texts]
    assert [name.split("^")[0] for name in names] == ["Dapple", FAR_NAME, "Dapple"]


def test_medplums_client_is_answered_as_it_expects(
    record: RunningRecord, medplum: NodePeer, a_result: Results
) -> None:
    for name in ("C1", "C2"):
        medplum.told({"to": record.address.port, "text": a_result(name).decode()})
        assert answer_of_hl7(medplum.heard()["answer"]) == ("AA", name)
    assert record.kept == ["C1", "C2"]


def test_python_hl7s_client_is_answered_as_it_expects(
    record: RunningRecord, a_result: Results
) -> None:
    with MLLPClient(record.address.host, record.address.port) as client:
        answers = [client.send_message(a_result(name)) for name in ("M1", "M2")]
    for name, answer in zip(("M1", "M2"), answers, strict=True):
        assert answer[:1] == b"\x0b"
        assert answer[-2:] == b"\x1c\x0d"
        theirs = hl7.parse(answer[1:-2].decode())
        assert answer_of_hl7(answer[1:-2].decode()) == ("AA", name)
        assert str(theirs.segment("MSH")[9]) == "ACK^R01^ACK"
        assert str(theirs.segment("MSH")[5]) == "IMPARTS"


def test_our_answer_says_what_another_librarys_answer_says(a_result: Results) -> None:
    theirs = str(hl7.parse(a_result("M1").decode()).create_ack("AA"))
    said = read_acknowledgement(read_message(theirs))
    assert (said.code, said.control_id) == ("AA", "M1")
