"""The ledger of alerts with its filters, and the proof for the clinical safety officer."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.audit import actions as audit
from imparts.design.dates import day
from imparts.pathways.queries import AlertStory, LedgerFilter, called_by, ledger_for
from imparts.rules.proof.chain import Proof
from imparts.workspace.forms import LedgerForm
from imparts.workspace.pages.alert_ledger import LATELY, LedgerPage
from imparts.workspace.pages.alert_proof import ProofPage, as_csv, as_json, proof_of, sentences
from imparts.workspace.queries.ledger import owners_of, services_of_ledger
from imparts.workspace.queries.names import job_titles, known_as
from imparts.workspace.views.noting import note_list

WITHOUT_SHEET = "Correct the filters on the ledger page first."


@require_safe
@staff_page(may=May.SEE_LEDGER)
def alert_ledger(request: HttpRequest) -> HttpResponse:
    """Every alert of the reader's services; with names only where they may act on alerts."""
    asking, now = request.asking, timezone.localtime()
    form = _form(request, now)
    stories = ledger_for(asking, _wanted(form, now), at=now) if form.is_valid() else []
    service = int(form.cleaned_data["service"]) if form.cleaned_data.get("service") else None
    a_month = LedgerFilter(service=service, tier="A", from_on=_a_month_ago(now))
    note_list(asking, did="saw alert ledger", about="alert ledger", at=now)
    acts_at = asking.services_where(May.ACT_ON_ALERTS)
    page = LedgerPage.of(
        stories,
        ledger_for(asking, a_month, at=now),
        form=form,
        called=known_as(called_by(stories)),
        named=lambda story: story.alert.service_id in acts_at,
        may_prove=asking.may(May.PROVE_ALERTS),
        query=_query(request),
        now=now,
    )
    return render(request, "workspace/alert_ledger.jinja", {"page": page}, status=page.status)


@require_safe
@staff_page(may=May.PROVE_ALERTS)
def proof(request: HttpRequest) -> HttpResponse:
    """The sheet about the proof: what is in it, and how anyone can check it."""
    now = timezone.localtime()
    made, stories, wanted = _proof(request, now)
    page = ProofPage.of(
        made, alerts=len(stories), wanted=_days(wanted, now), query=_query(request), now=now
    )
    note_list(request.asking, did="saw proof of alerts", about="alert ledger", at=now)
    return render(request, "workspace/alert_proof.jinja", {"page": page})


@require_safe
@staff_page(may=May.PROVE_ALERTS)
def proof_as_csv(request: HttpRequest) -> HttpResponse:
    """Every event as a row of a table, with its link of the chain."""
    now = timezone.localtime()
    made, _, _ = _proof(request, now)
    # With the mark that tells a spreadsheet program that the text is UTF-8.
    return _file(request, made, as_csv(made).encode("utf-8-sig"), "csv", "text/csv", now)


@require_safe
@staff_page(may=May.PROVE_ALERTS)
def proof_as_json(request: HttpRequest) -> HttpResponse:
    """The same, with its sheet."""
    now = timezone.localtime()
    made, stories, wanted = _proof(request, now)
    said = sentences(made, alerts=len(stories), wanted=_days(wanted, now), now=now)
    return _file(request, made, as_json(made, said=said).encode(), "json", "application/json", now)


def _form(request: HttpRequest, now: datetime) -> LedgerForm:
    asking = request.asking
    given = request.GET.dict() or {"from": f"{_a_month_ago(now):%Y-%m-%d}"}
    return LedgerForm(given, services=services_of_ledger(asking), owners=owners_of(asking))


def _wanted(form: LedgerForm, now: datetime) -> LedgerFilter:
    return form.wanted(from_on=_a_month_ago(now))


def _proof(request: HttpRequest, now: datetime) -> tuple[Proof, list[AlertStory], LedgerFilter]:
    """Of the days and the service asked for; all tiers and states, or it would be no proof."""
    form = _form(request, now)
    chosen = _wanted(form, now) if form.is_valid() else LedgerFilter(from_on=_a_month_ago(now))
    wanted = LedgerFilter(service=chosen.service, from_on=chosen.from_on, until_on=chosen.until_on)
    asking = request.asking
    at = asking.services_where(May.PROVE_ALERTS)
    stories = [s for s in ledger_for(asking, wanted, at=now) if s.alert.service_id in at]
    return proof_of(stories, job_titles(called_by(stories))), stories, wanted


def _days(wanted: LedgerFilter, now: datetime) -> str:
    until = day(wanted.until_on or now)
    return f"raised from {day(wanted.from_on or now)} to {until}"


def _file(
    request: HttpRequest, made: Proof, content: bytes, ends: str, kind: str, now: datetime
) -> HttpResponse:
    audit.record(
        who=request.asking.username, did=f"took proof of alerts as {ends}", about="alert ledger",
        why=f"{len(made.rows)} events, chain {made.last}", at=now,
    )  # fmt: skip
    answer = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="alerts-{now:%Y-%m-%d-%H%M}.{ends}"'
    return answer


def _query(request: HttpRequest) -> str:
    """The filters as they stand in the address, for the links to the proof."""
    return urlencode(
        {k: v for k, v in request.GET.items() if v and k in ("service", "from", "until")}
    )


def _a_month_ago(now: datetime) -> date:
    return (now - timedelta(days=LATELY)).date()
