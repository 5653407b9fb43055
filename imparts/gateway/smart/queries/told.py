"""What the record is told of one sitting: the facts that were stored when it was sent."""

from typing import Any
from uuid import UUID

from imparts.outbox.destination import CORRECTION, RESULT, WITHDRAWAL
from imparts.outbox.models import Message


def facts_of_sitting(sitting: UUID) -> list[dict[str, Any]]:
    """The newest facts of each response of a sitting; none of a sitting that was withdrawn.

    They are stored where any destination is told of results; without one there is nothing to tell.
    """
    told = Message.objects.filter(sitting=sitting, kind__in=[RESULT, CORRECTION, WITHDRAWAL])
    newest = {message.about: message for message in told.order_by("pk")}
    return [one.facts for one in newest.values() if one.kind != WITHDRAWAL]
