"""What is typed of a person and kept: its page, and taking a slip back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from imparts.access.roles import May
from imparts.informatics.results.actions import NotStored
from imparts.people.queries import patient_for
from imparts.workspace.pages.body import KeptPage, KeptRow
from imparts.workspace.queries.patients import banner_of

if TYPE_CHECKING:
    from imparts.people.models import Patient
    from imparts.workspace.measure_forms import AtService

WITHDRAW, RESTORE = "withdraw", "restore"


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of row that is taken out and put back: its words, its page and its actions."""

    what: str
    """In words; the actions call it by the same word."""
    page: str
    find: Callable[..., Any]
    withdraw: Callable[..., Any]
    restore: Callable[..., Any]
    named: Callable[[Any], str]
    """What stands before the words of what was done; may be empty."""


def kept_page(
    request: HttpRequest, patient: "Patient", form: "AtService", *, title: str, refused: str,
    rows: tuple[KeptRow, ...], empty: str, put_back: tuple[str, str], marks: tuple[str, ...] = (),
) -> KeptPage:  # fmt: skip
    """The page; `put_back` is the address, and the word of it, that undoes what was taken out."""
    today = timezone.localdate()
    return KeptPage(
        title=title,
        patient=patient.pk,
        banner=banner_of(patient, on=today),
        form=form,
        single_service=len(form.fields["service"].choices) == 1,
        refused=refused,
        rows=rows,
        empty=empty,
        latest=today.isoformat(),
        marks=marks,
        put_back=_put_back(request, patient, *put_back),
    )


def change_kept(
    request: HttpRequest, patient_id: UUID, row_id: int, what: str, kept: Kept
) -> HttpResponse:
    """Take one row out that was entered in error, or put it back."""
    if what not in (WITHDRAW, RESTORE):
        raise BadRequest(f"Choose to take the {kept.what} out or to put it back.")
    asking, now = request.asking, timezone.now()
    patient = patient_for(asking, patient_id, on=timezone.localdate(), may=May.SEE_RESULTS)
    row = kept.find(patient, row_id, services=asking.services_where(May.SEE_RESULTS))
    is_out = what == WITHDRAW
    do = kept.withdraw if is_out else kept.restore
    address = reverse(kept.page, args=[patient.pk])
    try:
        made = do(**{kept.what: row}, by=asking.username, at=now)
    except NotStored as refused:
        messages.error(request, str(refused))
        return redirect(address)
    said = "Taken out. It was entered in error." if is_out else "It stands again."
    messages.success(request, f"{kept.named(row)}{said}")
    return redirect(f"{address}?out={made.pk}" if is_out else address)


def _put_back(request: HttpRequest, patient: "Patient", change: str, what: str) -> str:
    """Where a press puts back the row that was just taken out, as the address says."""
    said = request.GET.get("out", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
    return reverse(change, args=[patient.pk, number, what]) if number else ""
