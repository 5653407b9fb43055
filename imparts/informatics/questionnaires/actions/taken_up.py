"""Sittings taken up: locked while somebody changes them, or with all that settling reads."""

from uuid import UUID

from imparts.informatics.questionnaires.models import Invitation


def held_sitting(sitting: UUID) -> Invitation:
    """The sitting, which nobody else sends, corrects, withdraws or files meanwhile."""
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("patient__merged_into", "service__organisation")
        .get(pk=sitting)
    )


def sitting_to_settle(made: Invitation) -> Invitation:
    """A new sitting as settle() and alerting read it: with everything that they follow."""
    return Invitation.objects.select_related(
        "patient__merged_into", "service__organisation", "appointment__session"
    ).get(pk=made.pk)
