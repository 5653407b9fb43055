"""Who may send us messages, and what their codes mean here, for the organisations of one person."""

from dataclasses import dataclass

from django.http import Http404

from imparts.access.queries import Asking, services_of
from imparts.access.roles import May
from imparts.gateway.inbound.models import KnownSender, MeasureCode, ServiceCode
from imparts.gateway.inbound.queries import known_senders
from imparts.organisations.models import Service


@dataclass(frozen=True, slots=True)
class CodeMeans:
    """One code of a sender and what it means here."""

    organisation: str
    code: str
    means: str


def services_looked_after(asking: Asking) -> list[Service]:
    """The services whose connections someone looks after."""
    allowed = asking.services_where(May.SEE_CONNECTIONS)
    return [each for each in services_of(asking) if each.pk in allowed]


def senders_for(asking: Asking) -> list[KnownSender]:
    """Senders of the organisations that run these services."""
    ours = {each.organisation_id for each in services_looked_after(asking)}
    return [each for each in known_senders() if each.organisation_id in ours]


def sender_for(asking: Asking, sender_id: int) -> KnownSender:
    """One of them; 404 otherwise."""
    found = next((each for each in senders_for(asking) if each.pk == sender_id), None)
    if found is None:
        raise Http404
    return found


def codes_for(asking: Asking) -> list[CodeMeans]:
    """Codes of clinics and of measures of these organisations, each with what it means."""
    ours = {each.organisation_id for each in services_looked_after(asking)}
    clinics = ServiceCode.objects.filter(organisation_id__in=ours).order_by("organisation", "code")
    measures = MeasureCode.objects.filter(organisation_id__in=ours).order_by("organisation", "code")
    found = [
        CodeMeans(each.organisation.name, each.code, f"the clinic {each.service.name}")
        for each in clinics.select_related("organisation", "service")
    ]
    return found + [
        CodeMeans(each.organisation.name, each.code, f"the measure {each.measure}")
        for each in measures.select_related("organisation")
    ]
