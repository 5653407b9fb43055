"""One result traced through everything that happened to it, by any of its ids."""

from uuid import UUID

from imparts.gateway.inbound.models import Became, ReceivedMessage
from imparts.outbox.models import Message
from imparts.outbox.queries import Step, Traced, destinations, trace, traces_of
from imparts.people.models import Identifier, Patient
from imparts.workspace.connection_facts import TraceStep

_MOST = 20
_NAMED = {
    "owed": "Stored",
    "sent": "Sent",
    "taken": "Acknowledged",
    "refused": "Refused",
    "not_this_time": "Put off",
    "no_answer": "No answer",
    "unwritable": "Cannot be written",
    "sent_again": "Sent again",
    "given_up": "Given up",
    "known_sent": "Known as sent",
}
_LAST = {Became.Code.DONE: "Applied", Became.Code.NOT_NOW: "Put off"}


def steps_of(text: str) -> list[TraceStep]:
    """Everything known of an id: a message's, a response's, a sitting's, a hospital number.

    What a hospital number leads to is shown as ids and times only: whoever looks after connections
    sees no patients.
    """
    text = text.strip()
    if not text:
        return []
    found = trace(text)
    messages = list(found.messages) if found else []
    people = [] if messages else _records_with(text)
    messages += traces_of(people, most=_MOST) if people else []
    names = {each.code: each.name for each in destinations()}
    steps = [step for one in messages for step in _outgoing(one, names)]
    return steps + _incoming(text, people)


def _records_with(number: str) -> list[UUID]:
    """Every record of whoever has this hospital number, joined ones too."""
    hospital = Identifier.Scheme.HOSPITAL
    own = Identifier.objects.filter(scheme=hospital, value=number.replace(" ", ""))
    ids = set(own.values_list("patient_id", flat=True))
    ids |= {one for one in own.values_list("patient__merged_into_id", flat=True) if one}
    return [*ids, *Patient.objects.filter(merged_into_id__in=ids).values_list("pk", flat=True)]


def _outgoing(one: Traced, names: dict[str, str]) -> list[TraceStep]:
    to = names.get(one.destination, one.destination)
    steps = [_step(step, one, to) for step in one.steps]
    if one.state == Message.State.WAITING:
        behind = f"behind {one.behind} earlier for the same patient" if one.behind else "next of it"
        words = f"Message to {to}, {behind}. It goes by itself when {to} takes it."
        steps.append(TraceStep(one.steps[-1].at, "Waits", words, is_now=True))
    return steps


def _step(step: Step, one: Traced, to: str) -> TraceStep:
    by = f" by {step.by}" if step.by else ""
    words = {
        "owed": f"{one.kind.capitalize()} {one.about}, message owed to {to}",
        "sent": f"To {to}, MSH-10 {step.control_id}.",
        "taken": f"By {to}, for the same id",
    }.get(step.name, f"{to}{by}: {step.words}" if step.words else f"{to}{by}")
    sent = step.control_id if step.name == "sent" else ""
    return TraceStep(step.at, _NAMED.get(step.name, step.name), words, message=sent)


def _incoming(control_id: str, people: list[UUID]) -> list[TraceStep]:
    rows = ReceivedMessage.objects.filter(control_id=control_id)
    if people:
        about = Became.objects.filter(patient__in=people).order_by("-at").values("message")[:_MOST]
        rows = rows | ReceivedMessage.objects.filter(
            pk__in=list(about.values_list("message", flat=True))
        )
    steps = []
    for row in rows.order_by("id")[:_MOST]:
        came = f"{row.kind or 'A message'} from {row.application} at {row.facility}"
        again = ", as before" if row.repeat_of_id else ""
        words = f"{came}, MSH-10 {row.control_id}{again}"
        steps.append(TraceStep(row.received_at, "Received", words))
        for what in row.became.order_by("id"):
            where = f" at {what.where}" if what.where else ""
            words = f"{what.code}{where}: {what.words}" if what.words else str(what.code)
            steps.append(TraceStep(what.at, _LAST.get(what.code, "Refused"), words))
    return steps
