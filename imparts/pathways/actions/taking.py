"""Taking an alert, and handing it on to a colleague, who must accept it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from imparts.access.models import Staff
from imparts.access.queries import staff_at
from imparts.access.roles import May
from imparts.pathways.actions.events import add_event, hold_open, keep_account, owe_notice
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.models import Alert, AlertEvent

Name = AlertEvent.Name
_PASSED = (Name.ACKNOWLEDGED, Name.HANDED_ON)
LONGEST_WHY = 300


def acknowledge_alert(
    *, alert: Alert, by: str, at: datetime, instead_of: str | None = None
) -> None:
    """Say "I'll ask now": this person owns the alert. Doing it twice changes nothing.

    `instead_of` is the owner whom the page showed ("" for nobody): when somebody else has taken it
    meanwhile, in another window, this is refused with their name. None takes over from anybody.
    """
    with transaction.atomic():
        hold_open(alert)
        last = _last_passing(alert)
        owner = last.by if last and last.name == Name.ACKNOWLEDGED else ""
        if owner == by:
            return
        if instead_of is not None and owner and owner != instead_of:
            raise NotDone(
                f"{_name_of(owner)} took this alert at {timezone.localtime(last.at):%H:%M}. "
                "If they cannot talk with the patient, take over from them."
            )
        add_event(alert, Name.ACKNOWLEDGED, by=by, at=at, what="“I'll ask now”. Owner until acted")
        keep_account(alert, "took alert", by=by, at=at)


def hand_on_alert(*, alert: Alert, to: Staff, why: str, by: str, at: datetime) -> None:
    """Hand an alert to a colleague and call them; the clock goes on until they take it.

    Only its owner can, and from one acceptance to the next only once, so that an alert cannot be
    passed round without anybody answering for it.
    """
    with transaction.atomic():
        hold_open(alert)
        last = _last_passing(alert)
        if last is None or last.name != Name.ACKNOWLEDGED or last.by != by:
            raise NotDone(_why_not_yours(last))
        if to.username == by:
            raise NotDone("You have this alert already. Choose a colleague to hand it to.")
        if not why.strip():
            raise NotDone("Say why you hand it on, for example: my clinic ends at 12:30.")
        if to not in staff_at(alert.service_id, may=May.ACT_ON_ALERTS, on=timezone.localdate(at)):
            raise NotDone(f"{to.name} cannot act on alerts here. Choose a colleague who can.")
        add_event(
            alert, Name.HANDED_ON, by=by, at=at, what=why.strip()[:LONGEST_WHY],
            for_whom=to.username,
        )  # fmt: skip
        owe_notice(alert, "alert_handed_on", to, at=at)
        keep_account(alert, "handed on alert", by=by, at=at)


def _why_not_yours(last: AlertEvent | None) -> str:
    if last is None:
        return "Nobody has taken this alert. Take it first; then you can hand it on."
    if last.name == Name.HANDED_ON:
        to = _name_of(last.for_whom)
        return f"It was handed on to {to}, who has not taken it yet. Take it first."
    return f"{_name_of(last.by)} has this alert. Take it over first; then you can hand it on."


def _last_passing(alert: Alert) -> AlertEvent | None:
    return alert.events.filter(name__in=_PASSED).order_by("-id").first()


def _name_of(username: str) -> str:
    found = Staff.objects.filter(username=username).first()
    return found.name if found else "A colleague"
