"""A pathway that is being changed: rheumatology's mood pathway waits for the second clinician.

Everyone here is invented, and so are the numbers that each option says it can take.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from imparts.authoring.actions import pathway_drafting, pathway_signing
from imparts.authoring.queries.pathway_drafts import live_of
from imparts.pathways.actions.capacity import state_capacity
from imparts.rules.pathways.edits import Scores, with_scores

if TYPE_CHECKING:
    from imparts.authoring.models import PathwayDraft
    from imparts.organisations.models import Service

RHEUMATOLOGY, MOOD, SEVERE = "rheumatology", "depression_in_outpatients", "severe"
LEAD, LEAD_IS = "lead.rheum", "Clinical lead, rheumatology"
REP, REP_IS = "patient.rep", "Patient representative"
FROM = Decimal(15)
# An option, how many people a week it can take (None: no limit), who enters it.
CAN_TAKE: tuple[tuple[str, Decimal | None, str], ...] = (
    ("liaison_psychiatry", Decimal("0.6"), "liaison"),
    ("team_psychologist", Decimal("1.5"), "psychologist"),
    ("talking_therapies", None, LEAD),
)
# Days before, when, by whom, as whom, and what was said.
SIGNED = (
    (2, time(9, 12), "liaison", "Liaison psychiatry", "We can take them until March."),
    (2, time(11, 40), "psychologist", "Psychologist", "Worry stays with us."),
    (1, time(9, 40), "safety", "Clinical safety officer", "Hazard H7 reviewed."),
)


def one_that_waits(services: "Mapping[str, Service]", *, at: datetime) -> None:
    """Liaison psychiatry from 15 instead of from 20, signed by all but the second clinician."""
    service = services.get(RHEUMATOLOGY)
    if service is None:
        return
    for option, a_week, by in CAN_TAKE:
        state_capacity(
            service=service, option=option, a_week=a_week,
            stated_by="an invented team leader of the demonstration", by=by,
            at=_before(at, 30, time(14)),
        )  # fmt: skip
    row = _handed_in(service, at=at)
    if row is not None:
        _sign(row, at=at)


def _handed_in(service: "Service", *, at: datetime) -> "PathwayDraft | None":
    when = _before(at, 3, time(17, 5))
    live = live_of(service.pk, MOOD, on=when.date())
    if live is None:
        return None
    row = pathway_drafting.start(service=service, content=live, by=LEAD, at=when)
    because = "low mood is 20 or more"  # written anew with its threshold
    row = pathway_drafting.change(
        row=row, revision=row.revision, by=LEAD, at=when,
        step=lambda now: with_scores(now, SEVERE, [Scores((1, 2), FROM, because)]),
    )  # fmt: skip
    pathway_drafting.comment(
        row=row, text="Please tell people why they are sent to a psychiatrist.", by=REP,
        as_role=REP_IS, at=when,
    )  # fmt: skip
    return pathway_drafting.hand_in(
        row=row, revision=row.revision, reason="Two people at 17 waited 9 weeks.", by=LEAD,
        as_role=LEAD_IS, on=when.date(), at=when,
    )  # fmt: skip


def _sign(row: "PathwayDraft", *, at: datetime) -> None:
    for days, clock, by, as_role, reason in SIGNED:
        when = _before(at, days, clock)
        pathway_signing.sign(
            row=row, content_id=row.made_id or 0, reason=reason, live_from=None, read="", by=by,
            as_role=as_role, on=when.date(), at=when,
        )  # fmt: skip


def _before(at: datetime, days: int, clock: time) -> datetime:
    day = timezone.localtime(at).date() - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, clock))
