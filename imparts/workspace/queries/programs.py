"""Programs that may ask us, and hospital records that open us, as trust IT sees them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.http import Http404
from oauth2_provider.models import get_access_token_model

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.gateway.smart.models import ApiClient, Opening, TrustedRecord
from imparts.gateway.smart.queries.clients import clients
from imparts.outbox.queries import by_quarter
from imparts.workspace.connection_facts import ConnectionFacts, State


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    """One program and when it was given a token last."""

    client: ApiClient
    services: tuple[str, ...]
    last_token_at: datetime | None


def programs_for(asking: Asking) -> list[ProgramFacts]:
    """Programs let in at services that someone looks after; those of nobody's service too."""
    allowed = asking.services_where(May.SEE_CONNECTIONS)
    tokens = get_access_token_model().objects.values("application").annotate(last=Max("created"))
    last = {row["application"]: row["last"] for row in tokens}
    found = []
    for client in clients().prefetch_related("services"):
        at = list(client.services.all())
        if not at or {each.pk for each in at} & allowed:
            names = tuple(each.name for each in at)
            found.append(ProgramFacts(client, names, last.get(client.pk)))
    return found


def program_for(asking: Asking, client_pk: int) -> ApiClient:
    """One of them; 404 otherwise."""
    found = next((one.client for one in programs_for(asking) if one.client.pk == client_pk), None)
    if found is None:
        raise Http404
    return found


def launches(*, at: datetime) -> list[ConnectionFacts]:
    """Hospital records that may open us, each with the openings of the last day."""
    return [_opened_by(each, at) for each in TrustedRecord.objects.filter(ended_at__isnull=True)]


def programs_as_connection() -> ConnectionFacts:
    """The FHIR server, as one line: how many programs may ask, and when one did last."""
    let_in = ApiClient.objects.filter(revoked_at__isnull=True).count()
    last = get_access_token_model().objects.aggregate(last=Max("created"))["last"]
    words = "no program is let in" if not let_in else f"{let_in} let in"
    return ConnectionFacts(
        code="programs", name="Programs and apps", how="FHIR R4 in, by token",
        state=State.WELL if last else State.QUIET, words=words, last_in=last, opens="programs/",
    )  # fmt: skip


def _opened_by(record: TrustedRecord, at: datetime) -> ConnectionFacts:
    opened = Opening.objects.filter(record=record, used_at__isnull=False)
    last = opened.aggregate(last=Max("used_at"))["last"]
    return ConnectionFacts(
        code=f"launch-{record.pk}", name=f"{record.name}, launches",
        how="SMART, in a frame" if record.origins else "SMART, in a tab",
        state=State.WELL if last else State.QUIET,
        words="opens us" if last else "not opened yet", last_in=last,
        bars=by_quarter(opened, "used_at", until=at),
    )  # fmt: skip
