"""How long an alert takes: from item 9 answered on a tablet to every clinician's screen."""

import time
from dataclasses import dataclass

from django.utils import timezone

from imparts.access.models import Staff
from imparts.access.roles import ROLES, May
from imparts.benchmarks.client import Connection
from imparts.benchmarks.listeners import PATIENCE_SECONDS, Listeners, Turn
from imparts.benchmarks.sessions import session_with, signed_in
from imparts.benchmarks.sittings import hand_over_to_several
from imparts.benchmarks.stack import Stack
from imparts.benchmarks.timing import Spread
from imparts.informatics.questionnaires.models import HandOver
from imparts.organisations.models import Service
from imparts.pathways.models import Alert

LISTENERS = 50
TURNS = 20
LIMIT_S, WORST_S = 2.0, 30.0
LIST = "/clinic/?service={}&part=afternoon"
# The worker calls the owner within a second, which is told too, after a stream's pause of half a
# second: by then that must be over, lest it be taken for the next answer.
BETWEEN_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Latency:
    """From the moment at which the answer was sent, over all listeners and answers."""

    event: Spread
    shown: Spread
    answered_ms: float
    """95 of 100 patients had their next page within so many milliseconds meanwhile."""
    answers: int


def measure(stack: Stack) -> Latency:
    """Answer item 9 again and again, each time as somebody else, with fifty lists open."""
    service = Service.objects.get(memberships__staff__username="consultant.rheum")
    keys = _clinicians(service, LISTENERS)
    at_tablets = hand_over_to_several(TURNS, at=timezone.now())
    turns, answered = [], []
    with Listeners(stack.port, keys, page=LIST.format(service.pk)) as listeners:
        time.sleep(BETWEEN_SECONDS)
        for hand_over, secret in at_tablets:
            tablet = Connection(stack.port, cookies={"sessionid": session_with(hand_over=secret)})
            turn = listeners.begin()
            answered.append(_answer(tablet))
            _wait_until_all_show(turn, hand_over)
            turns.append(turn)
            tablet.close()
            time.sleep(BETWEEN_SECONDS)
    return Latency(
        event=Spread.of([s for turn in turns for s in turn.heard.values()]),
        shown=Spread.of([s for turn in turns for s in turn.shown.values()]),
        answered_ms=1000 * Spread.of(answered).p95,
        answers=len(turns),
    )


def _clinicians(service: Service, number: int) -> list[str]:
    """Sessions of those who take alerts at a service, several of each."""
    roles = [code for code, role in ROLES.items() if May.ACT_ON_ALERTS in role.may]
    staff = Staff.objects.filter(
        memberships__service=service, memberships__role__in=roles, is_active=True
    )
    names = sorted(set(staff.values_list("username", flat=True)))
    return [signed_in(names[n % len(names)]) for n in range(number)]


def _answer(tablet: Connection) -> float:
    sent = tablet.post("/tablet/q/phq9/q9/", {"a": "1"})
    if sent.status != 302:
        raise RuntimeError(f"item 9 was answered {sent.status}")
    return sent.seconds


def _wait_until_all_show(turn: Turn, hand_over: HandOver) -> None:
    alert = Alert.objects.get(about=hand_over.invitation_id)
    turn.mark = f"/alerts/{alert.pk}/"
    turn.marked.set()
    if not turn.all_shown.wait(PATIENCE_SECONDS):
        raise RuntimeError(
            f"{LISTENERS - len(turn.shown)} of {LISTENERS} lists never showed an alert"
        )
