"""What people decide about messages and destinations, with its audit; and who is told of a queue.

The outbox keeps what is decided (outbox.actions.by_people). It stands below the audit, so both are
written from here, in one transaction.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from imparts.access.queries import one_service_of_each
from imparts.audit import actions as audit
from imparts.gateway.growth import DRAINED, GREW, word_of
from imparts.outbox import actions as outbox
from imparts.outbox.destination import Destination
from imparts.outbox.queries import destinations, standing

INTEGRATOR = "integrator"
_NOTICES = {GREW: "delivery_grew", DRAINED: "delivery_drained"}


@transaction.atomic
def send_again(message_id: int, *, by: str, why: str, at: datetime) -> None:
    """Send a refused message again, as it is written now; CannotDecide says why it cannot be."""
    before = outbox.send_again(message_id, by=by, why=why, at=at)
    audit.record(
        who=by, did="sent a refused message again", patient=before.patient, at=at, why=why,
        about=f"message {before.pk}",
    )  # fmt: skip


@transaction.atomic
def give_up(message_id: int, *, by: str, why: str, at: datetime) -> None:
    """Never send this message; CannotDecide says why that cannot be said of it."""
    given_up = outbox.give_up_by_person(message_id, by=by, why=why, at=at)
    audit.record(
        who=by, did="gave a message up", patient=given_up.patient, at=at, why=why,
        about=f"message {given_up.pk}",
    )  # fmt: skip


@transaction.atomic
def set_destination(to: Destination, *, by: str, why: str, at: datetime) -> None:
    """Use a destination as given from now on."""
    outbox.set_destination(to, by=by, why=why, at=at)
    audit.record(who=by, did="set a destination", at=at, why=why, about=f"destination {to.code}")


def tell_of_queues(*, at: datetime) -> int:
    """Owe trust IT a notice for each queue that has grown or drained since it was last told."""
    return sum(_tell_of(each, at=at) for each in destinations())


@transaction.atomic
def _tell_of(to: Destination, *, at: datetime) -> int:
    stands = standing(to.code)
    word = word_of(stands, to, at=at)
    if not word or not outbox.say_of_queue(
        to.code, word, waiting=stands.waiting, oldest_at=stands.oldest_at, at=at
    ):
        return 0
    notices = [
        outbox.new_notice(kind=_NOTICES[word], staff=staff, service=service, at=at)
        for staff, service in one_service_of_each(INTEGRATOR, on=timezone.localdate(at)).items()
    ]
    outbox.post_all(notices)
    return len(notices)
