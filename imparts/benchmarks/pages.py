"""How long pages take on the server: the clinician's list and summary, and the answer page."""

from dataclasses import dataclass

from django.utils import timezone

from imparts.benchmarks.client import Answered, Connection
from imparts.benchmarks.sessions import session_with, signed_in
from imparts.benchmarks.sittings import hand_over_to_someone
from imparts.benchmarks.stack import Stack
from imparts.benchmarks.timing import Spread
from imparts.informatics.questionnaires.models import Invitation

CLINICIAN_LIMIT_MS = 50
ANSWER_LIMIT_MS = 25
TIMES = 200


@dataclass(frozen=True, slots=True)
class Pages:
    """95 of 100 requests were answered within so many milliseconds, one asked after another."""

    clinic_list_ms: float
    summary_ms: float
    answer_page_ms: float
    answer_sent_ms: float
    summary_bytes: int


def measure(stack: Stack) -> Pages:
    """Ask each page again and again over one kept-open connection, as one browser would."""
    desk = Connection(stack.port, cookies={"sessionid": signed_in("consultant.rheum")})
    clinic = [_good(desk.get("/clinic/")) for _ in range(TIMES)]
    address = _a_summary()
    summary = [_good(desk.get(address)) for _ in range(TIMES)]
    desk.close()
    shown, sent = _answering(stack)
    return Pages(
        clinic_list_ms=_p95(clinic),
        summary_ms=_p95(summary),
        answer_page_ms=_p95(shown),
        answer_sent_ms=_p95(sent),
        summary_bytes=len(summary[-1].body),
    )


def _a_summary() -> str:
    """The latest sent sitting of rheumatology, with whatever history its patient has."""
    sent = (
        Invitation.objects.filter(
            service__memberships__staff__username="consultant.rheum", submitted_at__isnull=False
        )
        .order_by("-submitted_at")
        .first()
    )
    assert sent is not None, "the demonstration has no answered visit"
    return f"/patients/{sent.patient_id}/visits/{sent.pk}/"


def _answering(stack: Stack) -> tuple[list[Answered], list[Answered]]:
    """One patient who answers the first mood question again and again, looking in between."""
    secret = hand_over_to_someone(at=timezone.now())
    tablet = Connection(stack.port, cookies={"sessionid": session_with(hand_over=secret)})
    shown, sent = [], []
    for turn in range(TIMES):
        shown.append(_good(tablet.get("/tablet/q/phq9/q1/")))
        answered = tablet.post("/tablet/q/phq9/q1/", {"a": str(turn % 4)})
        if answered.status != 302:
            raise RuntimeError(f"an answer was answered {answered.status}")
        sent.append(answered)
    tablet.close()
    return shown, sent


def _good(answered: Answered) -> Answered:
    if answered.status != 200:
        raise RuntimeError(f"a page was answered {answered.status} {answered.location}")
    return answered


def _p95(answered: list[Answered]) -> float:
    return 1000 * Spread.of(each.seconds for each in answered).p95
