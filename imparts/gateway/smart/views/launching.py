"""/launch and /launch/back: a hospital record opens us for its user and the patient open there.

Safety: hazards H2 (the wrong patient), H8. Whatever is not certain ends on a page that says what to
do, with nobody's name on it: an unknown record, user or patient, a birth date that differs, no care
relationship. Whoever is refused keeps the session that they had before.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from imparts.access.queries import asking
from imparts.access.roles import May
from imparts.gateway.smart.actions import opening as openings
from imparts.gateway.smart.actions.signing import FOR_RECORDS, sign
from imparts.gateway.smart.actions.used_once import use_up
from imparts.gateway.smart.bases import site_base
from imparts.gateway.smart.fetching import NotFetched
from imparts.gateway.smart.framed import keep_in_frame, may_frame
from imparts.gateway.smart.locked import CannotBeOpened, unlock
from imparts.gateway.smart.pages.refused import (
    NO_CARE,
    NOBODY_HERE,
    NOT_BACK,
    NOT_LAUNCHED,
    NOT_THE_SAME,
    NOT_TRUSTED,
    PATIENT_UNKNOWN,
    RECORD_REFUSED,
    STAFF_UNKNOWN,
    Refusal,
    talked,
)
from imparts.gateway.smart.queries.records import (
    opening_with,
    patient_numbered,
    record_with,
    staff_named,
)
from imparts.gateway.smart.record_talk import (
    Answered,
    Notes,
    NotUnderstood,
    change_code,
    discover,
    notes_of,
    user_said,
    username_of,
)
from imparts.gateway.smart.writing_back import write_back
from imparts.informatics.questionnaires.queries.days import sittings_of
from imparts.people.queries import patient_for, why_visible

if TYPE_CHECKING:
    from imparts.access.models import Staff
    from imparts.access.queries import Asking
    from imparts.gateway.smart.models import Opening, TrustedRecord
    from imparts.people.models import Patient

COOKIE = "imparts_opening"
_MOST = 2000


@require_safe
def launch(request: HttpRequest) -> HttpResponse:
    """A record opens us: only one that trust IT has registered leads anywhere."""
    issuer, told = request.GET.get("iss", ""), request.GET.get("launch", "")
    is_text = "\x00" not in issuer + told and max(len(issuer), len(told)) <= _MOST
    record = record_with(issuer) if issuer and is_text else None
    if record is None:
        return _refused(request, NOT_TRUSTED)
    if not told:
        return _refused(request, NOT_LAUNCHED, record)
    try:
        begun = openings.begin(
            record, discover(record), launch=told, back=_back_address(request),
            is_framed=_is_framed(request), at=timezone.now(),
        )  # fmt: skip
    except (NotFetched, NotUnderstood) as wrong:
        return _refused(request, talked(str(wrong)), record)
    answer = HttpResponseRedirect(begun.address)
    answer.set_cookie(
        COOKIE, begun.browser, max_age=openings.LASTS, path="/launch", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
    if _is_framed(request):
        keep_in_frame(answer, COOKIE)
    return answer


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Its user comes back: checked, signed in here, and led to the patient open there."""
    now = timezone.now()
    state = request.GET.get("state", "").replace("\x00", "")
    found = opening_with(state, browser=request.COOKIES.get(COOKIE, ""), at=now)
    if found is None or not use_up(found, at=now):
        return _refused(request, NOT_BACK)
    try:
        staff, patient, who, answered = _checked(request, found)
    except Refusal as refusal:
        openings.note_refused(found, why=refusal.why, who=refusal.who, at=now)
        return _refused(request, refusal, found.record)
    openings.let_in(
        request, opening=found, staff=staff, patient=patient, at=now,
        why=why_visible(who, patient, on=timezone.localdate(now)),
        backend=settings.AUTHENTICATION_BACKENDS[0],
    )  # fmt: skip
    sitting = _newest(who, patient)
    if sitting is not None and (said := write_back(found.record, answered, sitting)):
        openings.note_written(found, sitting, said, who=staff.username, patient=patient, at=now)
        messages.info(request, said)
    answer = HttpResponseRedirect(_first_page(patient, sitting))
    answer.delete_cookie(COOKIE, path="/launch", samesite="Lax")
    return answer


def _checked(request: HttpRequest, found: "Opening") -> "tuple[Staff, Patient, Asking, Answered]":
    """Who they are here, and whose notes are open; Refusal when anything is not certain."""
    if "error" in request.GET or not request.GET.get("code"):
        raise RECORD_REFUSED
    if request.GET.get("iss", found.id_issuer) != found.id_issuer:
        raise NOT_BACK
    try:
        answered, claims = _asked(request, found)
        username = username_of(found.record, claims, token=answered.access_token)
        notes = notes_of(found.record, answered.patient, token=answered.access_token)
    except (NotFetched, NotUnderstood, CannotBeOpened) as wrong:
        raise talked(str(wrong)) from None
    staff = staff_named(username) if username and "\x00" not in username else None
    if staff is None:
        raise STAFF_UNKNOWN
    who = asking(staff, on=timezone.localdate())
    if not who.roles:
        raise NOBODY_HERE.noted(staff.username)
    try:
        return staff, _patient(found.record, notes, who), who, answered
    except Refusal as refusal:
        raise refusal.noted(staff.username) from None


def _patient(record: "TrustedRecord", notes: Notes, who: "Asking") -> "Patient":
    """The one person whose notes are open there, if this member of staff may see them."""
    patient = patient_numbered(record, [one for one in notes.numbers if "\x00" not in one])
    if patient is None:
        raise PATIENT_UNKNOWN
    if notes.born and notes.born != patient.born_on.isoformat():
        raise NOT_THE_SAME
    try:
        return patient_for(who, patient.pk, on=timezone.localdate())
    except Http404:
        raise NO_CARE from None


def _asked(request: HttpRequest, found: "Opening") -> tuple[Answered, dict[str, Any]]:
    now, record = timezone.now(), found.record
    secret = unlock(record.locked_secret) if record.locked_secret else ""
    answered = change_code(
        found, code=request.GET["code"], verifier=unlock(found.locked_verifier),
        back=_back_address(request), secret=secret,
        assertion="" if secret else _assertion(record, found.token_address),
    )  # fmt: skip
    claims = user_said(found, answered.id_token, nonce_hash=found.nonce_hash, at=now)
    return answered, claims


def _assertion(record: "TrustedRecord", made_out_to: str) -> str:
    """We prove ourselves by signing where the record gave us no secret; "" where we are public."""
    if record.is_public:
        return ""
    now = int(timezone.now().timestamp())
    claims = {
        "iss": record.client_id, "sub": record.client_id, "aud": made_out_to, "iat": now,
        "exp": now + 240, "jti": uuid4().hex,
    }  # fmt: skip
    return sign(claims, at=timezone.now(), algorithm=FOR_RECORDS)


def _newest(who: "Asking", patient: "Patient") -> UUID | None:
    """The newest visit that was answered, if its results may be seen."""
    if not who.may(May.SEE_RESULTS):
        return None
    some = sittings_of(who, patient)[:20]
    return next((one.pk for one in some if one.number_answered), None)


def _first_page(patient: "Patient", sitting: UUID | None) -> str:
    if sitting is None:
        return reverse("workspace:patient", args=[patient.pk])
    return reverse("workspace:visit", args=[patient.pk, sitting])


def _back_address(request: HttpRequest) -> str:
    return f"{site_base(request)}{reverse('smart:launch_back')}"


def _is_framed(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Dest") in ("iframe", "frame", "embed", "object")


def _refused(
    request: HttpRequest, refusal: Refusal, record: "TrustedRecord | None" = None
) -> HttpResponse:
    answer = render(request, "smart/refused.jinja", {"page": refusal.page}, status=403)
    if record is not None:
        may_frame(answer, record.origins)
    return answer
