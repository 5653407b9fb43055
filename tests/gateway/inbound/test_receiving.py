"""A message is kept, applied once and answered; the same again is answered the same."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from imparts.audit.models import AuditEntry
from imparts.gateway.hl7v2.listener import Peer
from imparts.gateway.inbound.actions import Applied, NotNow, Refused
from imparts.gateway.inbound.actions.refusals import NOT_KNOWN_HERE
from imparts.gateway.inbound.models import Became, Content, KnownSender, ReceivedMessage
from imparts.organisations.models import Organisation
from tests.builders import NOON, an_organisation
from tests.gateway.hl7v2.lines import a_message
from tests.gateway.inbound.standing_in import StandIn, a_known_sender, received

pytestmark = pytest.mark.django_db


def _raising(error: Exception):
    def does(message: object) -> Applied:
        raise error

    return does


def test_a_message_is_kept_as_it_came_with_what_became_of_it(
    pas: KnownSender, applied: StandIn
) -> None:
    patient = uuid4()
    applied.does = lambda message: Applied(
        patient=patient, did=({"corrected": "patient", "fields": ["family_name"]},)
    )
    raw = a_message("77")
    assert received(raw).code == "AA"
    kept = ReceivedMessage.objects.get()
    assert (kept.application, kept.facility, kept.control_id) == ("PAS", "RXX", "77")
    assert (kept.kind, kept.peer, kept.sender, kept.is_first) == (
        "ADT^A08", "127.0.0.1", pas, True,
    )  # fmt: skip
    assert kept.said_at == NOON - timedelta(minutes=1)
    assert bytes(Content.objects.get().raw) == raw
    became = Became.objects.get()
    assert (became.message, became.code, became.patient, became.by, became.at) == (
        kept, "AA", patient, "record", NOON,
    )  # fmt: skip
    assert became.did == [{"corrected": "patient", "fields": ["family_name"]}]


def test_the_same_message_again_is_answered_as_before_and_applied_once(
    pas: KnownSender, applied: StandIn
) -> None:
    first = received(a_message("1"))
    again = received(a_message("1"), at=NOON + timedelta(minutes=1))
    assert first == again
    assert applied.asked == ["1"]
    repeat = ReceivedMessage.objects.get(repeat_of__isnull=False)
    assert repeat.repeat_of == ReceivedMessage.objects.get(is_first=True)
    assert Content.objects.count() == Became.objects.count() == 1


def test_the_same_control_id_with_other_content_is_refused_and_kept(
    pas: KnownSender, applied: StandIn
) -> None:
    received(a_message("1", rest="PID|1||A"))
    other = received(a_message("1", rest="PID|1||B"))
    assert (other.code, other.where, other.error) == ("AR", "MSH-10", "205")
    assert applied.asked == ["1"]
    assert Content.objects.count() == 2
    assert received(a_message("1", rest="PID|1||A")).code == "AA"
    assert received(a_message("1", rest="PID|1||B")).code == "AR"


def test_a_refusal_says_where_and_undoes_what_was_applied(
    pas: KnownSender, applied: StandIn
) -> None:
    def half_done(message: object) -> Applied:
        an_organisation("Half Done Hospitals")
        raise Refused("No patient has this number.", where="PID-3", error=NOT_KNOWN_HERE)

    applied.does = half_done
    before = Organisation.objects.count()
    answer = received(a_message("1"))
    assert (answer.code, answer.where, answer.error, answer.control_id) == (
        "AR", "PID-3", "204", "1",
    )  # fmt: skip
    assert Organisation.objects.count() == before
    assert Became.objects.get().words == "No patient has this number."


def test_what_was_not_taken_is_tried_afresh_when_it_comes_again(
    pas: KnownSender, applied: StandIn
) -> None:
    for error, code in (
        (NotNow("The clinic is being changed."), "AE"),
        (Refused("No such clinic.", where="AIL-3"), "AR"),
    ):
        applied.does = _raising(error)
        assert received(a_message("1")).code == code
    applied.does = lambda message: Applied()
    assert received(a_message("1")).code == "AA"
    assert received(a_message("1")).code == "AA"
    assert applied.asked == ["1", "1", "1"]
    first = ReceivedMessage.objects.get(is_first=True)
    assert [became.code for became in first.became.order_by("pk")] == ["AE", "AR", "AA"]


def test_a_mistake_of_ours_is_answered_with_a_number_and_nothing_of_the_error(
    pas: KnownSender, applied: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    applied.does = _raising(ValueError("Thimblewick 999 000 0018"))
    answer = received(a_message("1"))
    message = ReceivedMessage.objects.get()
    assert answer.code == "AE"
    assert answer.words == f"Our mistake, reference {message.pk}. The message is kept."
    assert "Thimblewick" not in Became.objects.get().words
    assert str(message.pk) in caplog.text


def test_a_record_that_somebody_else_is_changing_is_tried_again_later(
    pas: KnownSender, applied: StandIn
) -> None:
    def locked(message: object) -> Applied:
        raise OperationalError from LockNotAvailable()

    applied.does = locked
    answer = received(a_message("1"))
    assert (answer.code, answer.error) == ("AE", "206")
    applied.does = lambda message: Applied()
    assert received(a_message("1")).code == "AA"


def test_a_database_error_while_applying_leaves_the_message_and_its_outcome(
    pas: KnownSender, applied: StandIn
) -> None:
    def broken(message: object) -> Applied:
        with connection.cursor() as cursor:
            cursor.execute("select 1 / 0")
        return Applied()

    applied.does = broken
    assert received(a_message("1")).code == "AE"
    assert Became.objects.get().code == "AE"


def test_an_unknown_sender_is_refused_kept_and_takes_up_no_control_id(applied: StandIn) -> None:
    answer = received(a_message("1"))
    assert (answer.code, answer.where) == ("AR", "MSH-3")
    assert "not known here" in answer.words
    message = ReceivedMessage.objects.get()
    assert Content.objects.get().message == message
    audited = AuditEntry.objects.get(did="refused a message of a stranger")
    assert audited.about == f"received message {message.pk}"
    a_known_sender()
    assert received(a_message("1", rest="PID|1||Other")).code == "AA"


def test_a_sender_is_known_by_address_and_certificate_too(applied: StandIn) -> None:
    a_known_sender(addresses=["10.1.0.0/16"], certificate="AB:" * 31 + "CD")
    certificate = "ab" * 31 + "cd"
    for peer, code in (
        (Peer("10.2.0.1", certificate), "AR"),
        (Peer("10.1.0.1", ""), "AR"),
        (Peer("10.1.0.1", "00" * 32), "AR"),
        (Peer("10.1.0.1", certificate), "AA"),
        (Peer("::ffff:10.1.0.1", certificate), "AA"),
    ):
        assert received(a_message("1"), peer=peer).code == code, peer


def test_a_sender_that_was_stopped_is_refused(pas: KnownSender, applied: StandIn) -> None:
    from imparts.gateway.inbound.actions import end_sender, let_sender_again

    end_sender(pas, by="integrator", why="The system is replaced.", at=NOON)
    assert "may send here no more" in received(a_message("1")).words
    let_sender_again(pas, by="integrator", why="It is not.", at=NOON)
    assert received(a_message("1")).code == "AA"


@pytest.mark.parametrize(
    ("raw", "where", "error"),
    [
        (a_message("1").replace(b"|P|", b"|T|"), "MSH-11", "202"),
        (a_message("1").replace(b"|P|", b"||"), "MSH-11", "202"),
        (a_message("1").replace(b"|2.5.1", b"|3.0"), "MSH-12", "203"),
        (a_message("1", kind="ADT^A31"), "MSH-9", "200"),
        (a_message("1", kind="nonsense in there"), "MSH-9", "200"),
        (a_message(""), "MSH-10", "101"),
        (a_message("x" * 200), "MSH-10", "101"),
    ],
)
def test_a_header_that_was_not_agreed_is_refused_with_its_place(
    applied: StandIn, raw: bytes, where: str, error: str
) -> None:
    a_known_sender(kinds=["ADT^A08", "SIU"])
    answer = received(raw)
    assert (answer.code, answer.where, answer.error) == ("AR", where, error)
    assert applied.asked == []
    assert Became.objects.get().code == "AR"


def test_a_whole_kind_or_its_beginning_may_be_agreed(applied: StandIn) -> None:
    a_known_sender(kinds=["ADT^A08", "SIU"])
    assert received(a_message("1", kind="SIU^S12^SIU_S12")).code == "AA"
    assert received(a_message("2", kind="ADT^A08^ADT_A01")).code == "AA"


def test_character_sets_are_read_as_named_or_agreed(applied: StandIn) -> None:
    names: list[str] = []

    def remember(message) -> Applied:
        names.append(message.first("PID").text(5))
        return Applied()

    applied.does = remember
    a_known_sender()
    a_known_sender("OLD", charset="8859/1")
    rest = "PID|1||||Zoë Ångström"
    text = a_message("1", rest=rest).decode()
    in_1252 = text.replace("|2.5.1", "|2.5.1||||||8859/1")
    for number, raw in enumerate(
        [
            text.encode(),
            b"\xef\xbb\xbf" + text.encode(),
            in_1252.encode("latin-1"),
            text.replace("|2.5.1", "|2.5.1||||||UNICODE UTF-8").encode(),
            text.replace("|PAS|", "|OLD|").encode("latin-1"),
        ]
    ):
        assert received(raw.replace(b"|1|P|", b"|%d|P|" % number)).code == "AA"
    assert names == ["Zoë Ångström"] * 5


def test_bytes_of_no_named_character_set_are_refused_never_guessed(
    pas: KnownSender, applied: StandIn
) -> None:
    for number, rest in enumerate(("PID|1||||Zo\udceb", "PID|1||||\udced\udca0\udc80")):
        raw = a_message(str(number), rest="").rstrip(b"\r") + b"\r"
        answer = received(raw + rest.encode(errors="surrogateescape") + b"\r")
        assert (answer.code, answer.control_id) == ("AR", str(number))
        assert "character set" in answer.words
    assert applied.asked == []


def test_a_nul_is_refused(pas: KnownSender, applied: StandIn) -> None:
    for number, rest in enumerate(("PID|1||A\0B", "PID|1||A\\X00\\B")):
        answer = received(a_message(str(number), rest=rest))
        assert (answer.code, answer.control_id) == ("AR", str(number))
        assert "NUL" in answer.words


def test_one_transaction_holds_all_of_it_or_nothing(
    pas: KnownSender, applied: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise RuntimeError("killed here")

    applied.does = lambda message: Applied(words=an_organisation("Half Done Hospitals").name)
    monkeypatch.setattr("imparts.gateway.inbound.actions.receiving.write_outcome", gone)
    before = Organisation.objects.count()
    with pytest.raises(RuntimeError):
        received(a_message("1"))
    assert ReceivedMessage.objects.count() == 0
    assert Organisation.objects.count() == before


def test_what_is_remembered_of_a_sender_counts_only_while_it_is_so(
    pas: KnownSender, applied: StandIn
) -> None:
    assert received(a_message("1")).code == "AA"
    KnownSender.objects.filter(pk=pas.pk).update(kinds=["SIU"])
    assert received(a_message("2")).where == "MSH-9"
    KnownSender.objects.filter(pk=pas.pk).update(kinds=[], addresses=["10.0.0.0/8"])
    assert received(a_message("3")).where == "MSH-3"
    KnownSender.objects.filter(pk=pas.pk).update(addresses=[])
    assert received(a_message("4")).code == "AA"
    Organisation.objects.filter(pk=pas.organisation_id).update(name="Renamed Hospitals")
    assert received(a_message("5")).code == "AA"
    assert applied.senders[-1].organisation.name == "Renamed Hospitals"
