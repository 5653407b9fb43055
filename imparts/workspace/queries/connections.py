"""How each connection stands: where results go, what the record sends, notices to staff."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Exists, OuterRef

from imparts.design.dates import clock
from imparts.design.words import capital
from imparts.gateway.inbound.models import Became, ReceivedMessage
from imparts.gateway.notices.queries import WayStanding, ways_standing
from imparts.outbox.models import Attempt, Message
from imparts.outbox.queries import (
    Bar,
    Queue,
    bars,
    by_quarter,
    destinations,
    not_here,
    queues,
    refused,
)
from imparts.workspace.connection_facts import (
    ConnectionFacts,
    MissingHere,
    RefusedFacts,
    State,
)
from imparts.workspace.queries.programs import launches, programs_as_connection

MOST_REFUSED = 20
_DAY = timedelta(days=1)
_SENDS = {"oru": "ORU^R01 2.5.1", "mdm": "MDM^T02 2.5.1", "fhir": "R4 transactions"}
_COMES = (
    ("patients", "Hospital record, patients", "MLLP in, ADT A01 to A40", "ADT^"),
    ("appointments", "Appointments", "MLLP in, SIU S12 to S26", "SIU^"),
    ("measures", "Hospital record, measures", "MLLP in, ORU^R01", "ORU^"),
)
_NO_ANSWER = (Attempt.Outcome.NO_ANSWER, Attempt.Outcome.NOT_THIS_TIME)


def connections(*, at: datetime, listener_is_there: bool) -> list[ConnectionFacts]:
    """Every connection of this site, outgoing first."""
    found = [_outgoing(queue, at) for queue in queues()]
    found += [_incoming(*one, at=at, is_there=listener_is_there) for one in _COMES]
    found += [*launches(at=at), programs_as_connection()]
    return found + [_notices(way) for way in ways_standing()]


def refused_by_anyone(*, most: int = MOST_REFUSED) -> tuple[list[RefusedFacts], int]:
    """Messages that a destination will not take, the newest first, and how many there are."""
    names = {each.code: each.name for each in destinations()}
    rows = refused(*names)
    shown = list(rows[:most])
    when = dict(
        Attempt.objects.filter(message__in=[row.pk for row in shown])
        .order_by("id")
        .values_list("message", "ended_at")
    )
    facts = [
        RefusedFacts(
            id=row.pk, destination=row.destination, destination_name=names[row.destination],
            control_id=row.control_id, about=str(row.about), kind=row.kind,
            refused_at=when.get(row.pk, row.created_at), words=row.last_error,
        )
        for row in shown
    ]  # fmt: skip
    return facts, rows.count()


def _outgoing(queue: Queue, at: datetime) -> ConnectionFacts:
    to = queue.destination
    drawn = bars(to.code, until=at)
    state, words, more = _how_it_goes(queue, at)
    return ConnectionFacts(
        code=to.code, name=f"{to.name}, results" if to.sends == "oru" else to.name,
        how=f"{to.way.upper()} out, {_SENDS[to.sends]}", state=state, words=words, more=more,
        last_out=queue.last_sent_at, waiting=queue.stands.waiting,
        oldest_at=queue.stands.oldest_at, refused=queue.refused,
        bars=tuple(bar.sent for bar in drawn), holes=_holes(drawn), opens=f"to/{to.code}/",
        can_be_tried=bool(to.address),
    )  # fmt: skip


def _holes(drawn: Sequence[Bar]) -> tuple[tuple[int, int], ...]:
    """Runs of quarters in which it was asked and never answered, each as first and last."""
    runs: list[tuple[int, int]] = []
    for place, bar in enumerate(drawn):
        if not bar.is_outage:
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return tuple(runs)


def _how_it_goes(queue: Queue, at: datetime) -> tuple[State, str, str]:
    to, waiting = queue.destination, queue.stands.waiting
    if to.is_paused:
        return State.QUIET, "held back by trust IT", "Messages wait until it is let go on."
    if not to.address:
        how = State.TROUBLE if waiting else State.QUIET
        return how, "no address is set", "Messages wait." if waiting else ""
    if waiting and queue.stands.last_error:
        since = _not_accepting_since(queue)
        when = f" since {clock(since)}" if since else ""
        again = f" Next try {clock(queue.next_try_at)}." if queue.next_try_at else ""
        return State.TROUBLE, f"not accepting{when}", f"{_sentence(queue.stands.last_error)}{again}"
    if queue.refused:
        return State.WELL, "accepting", f"{queue.refused} refused: somebody must look"
    if queue.last_sent_at is None:
        return State.QUIET, "nothing sent yet", ""
    return State.WELL, "accepting", _pace(to.code, at)


def _not_accepting_since(queue: Queue) -> datetime | None:
    tried = Attempt.objects.filter(destination=queue.destination.code, outcome__in=_NO_ANSWER)
    if queue.last_sent_at:
        tried = tried.filter(began_at__gt=queue.last_sent_at)
    return tried.order_by("began_at").values_list("began_at", flat=True).first()


def _pace(code: str, at: datetime) -> str:
    taken = Attempt.objects.filter(
        destination=code, outcome=Attempt.Outcome.TAKEN, began_at__gt=at - _DAY
    )
    took = [
        (ended - began).total_seconds()
        for began, ended in taken.order_by("-began_at").values_list("began_at", "ended_at")[:200]
    ]
    return f"Acknowledged in {_brief(median(took))} (median)" if took else ""


def _brief(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def _incoming(
    code: str, name: str, how: str, begins: str, *, at: datetime, is_there: bool
) -> ConnectionFacts:
    came = ReceivedMessage.objects.filter(kind__startswith=begins)
    last = came.order_by("-received_at").values_list("received_at", flat=True).first()
    state, words, more = State.WELL, "receiving", ""
    if not is_there:
        state, words = State.TROUBLE, "nothing listens"
        more = "Start it with: imparts listen"
    elif last is None:
        state, words = State.QUIET, "nothing came yet"
    return ConnectionFacts(
        code=code, name=name, how=how, state=state, words=words, more=more, last_in=last,
        refused=_refused(begins, at), bars=by_quarter(came, "received_at", until=at),
        opens=f"messages/?kind={begins[:3]}",
    )  # fmt: skip


def _refused(begins: str, at: datetime) -> int:
    """How many of the last day's messages ended so; what was applied again later counts by that."""
    since = Became.objects.filter(message__kind__startswith=begins, at__gt=at - _DAY)
    later = Became.objects.filter(message=OuterRef("message"), pk__gt=OuterRef("pk"))
    return since.filter(code=Became.Code.REFUSED).exclude(Exists(later)).count()


def _notices(way: WayStanding) -> ConnectionFacts:
    stands = way.stands
    state, words, more = State.WELL, "accepting", ""
    if not way.is_set_up:
        state, words = State.QUIET, "not set up"
        more = "The settings are in the guide for trust IT."
    elif stands.waiting and stands.last_error:
        state, words, more = State.TROUBLE, "not accepting", _sentence(stands.last_error)
    elif way.last_taken_at is None:
        state, words = State.QUIET, "nothing sent yet"
    return ConnectionFacts(
        code=way.name.lower(), name=f"{way.name} to staff", how="Notices without clinical content",
        state=state, words=words, more=more, last_out=way.last_taken_at,
        waiting=stands.waiting if way.is_set_up or stands.waiting else None,
        oldest_at=stands.oldest_at,
    )  # fmt: skip


def _sentence(words: str) -> str:
    said = capital(words)
    return said if said.endswith((".", "!", "?")) else f"{said}."


def sent_message(control_id: str) -> tuple[str, str] | None:
    """The text of a message of ours and the name of its destination; None when there is none."""
    found = Message.objects.filter(control_id=control_id).first()
    if found is None:
        return None
    names = {each.code: each.name for each in destinations()}
    return found.rendered, names.get(found.destination, found.destination)


def is_ours(message_id: int) -> bool:
    """Whether we have a message of this number, whatever became of it."""
    return Message.objects.filter(pk=message_id).exists()


def missing_here(*, most: int = MOST_REFUSED) -> tuple[list[MissingHere], int]:
    """What destinations took and we lost in a restore, the newest first, and how many there are."""
    names = {each.code: each.name for each in destinations()}
    rows = not_here(*names)
    found = [
        MissingHere(row.control_id, str(row.about), names[row.destination], row.sent_at)
        for row in rows[:most]
    ]
    return found, rows.count()
