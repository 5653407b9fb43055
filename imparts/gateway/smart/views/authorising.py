"""/oauth/authorize/: a member of staff lets an app see something, or does not.

Safety: hazard H8. An address to come back to that was not registered is never followed, not even
with an error. What is typed to find a patient goes in the form, never into the address.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from oauth2_provider.exceptions import FatalClientError, OAuthToolkitError
from oauthlib.common import add_params_to_uri

from imparts.access.pages_for_staff import staff_page
from imparts.audit import actions as audit
from imparts.design.error_pages import ErrorPage
from imparts.gateway.smart.actions.used_once import use_up
from imparts.gateway.smart.bases import fhir_base
from imparts.gateway.smart.forms import Decision, LookedFor
from imparts.gateway.smart.pages.consent import Consent
from imparts.gateway.smart.queries.launches import launch_with
from imparts.gateway.smart.scopes import Scopes
from imparts.gateway.smart.views.tokens import core_for
from imparts.people.queries import identifiers_of, patient_for, search

if TYPE_CHECKING:
    from imparts.gateway.smart.models import ApiClient, Launch
    from imparts.people.models import Patient

NOT_KNOWN = (
    "This app is not registered here, or the address to which it wants to come back is not. "
    "Nothing was given to it. Tell trust IT which app you opened."
)
ENDED = "invalid_request", "The launch has ended, was used, or is another person's. Open it again."


@dataclass(frozen=True, slots=True)
class Asked:
    """What an app asks for, once the OAuth library has let it pass."""

    credentials: dict[str, Any]
    scopes: Scopes
    client: "ApiClient"
    launch: "Launch | None"

    @property
    def needs_patient(self) -> bool:
        """Whether somebody has to be in context, and no launch says who."""
        asks = self.scopes.is_about_one_patient or "launch/patient" in self.scopes.plain
        return asks and self.launch is None


class Refused(Exception):
    """The app is told why it gets nothing: an OAuth error code, and words."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=None)
def authorize(request: HttpRequest) -> HttpResponse:
    """Show what the app asks for; give it a code when the person says so."""
    core = core_for(request)
    try:
        names, credentials = core.validate_authorization_request(request)
    except FatalClientError:
        page = ErrorPage("App not known", NOT_KNOWN)
        return render(request, "design/error.jinja", {"page": page}, status=400)
    except OAuthToolkitError as wrong:
        return _back(request, wrong.oauthlib_error.in_uri(wrong.oauthlib_error.redirect_uri))
    asked_of = credentials.pop("request")
    try:
        asked = _asked(request, asked_of.client, Scopes.read(" ".join(names)), credentials)
        return _decided(request, core, asked) if request.method == "POST" else _page(request, asked)
    except Refused as refused:
        return _error(request, credentials, *refused.args)


def _asked(
    request: HttpRequest, client: "ApiClient", scopes: Scopes, credentials: dict[str, Any]
) -> Asked:
    if request.GET.get("aud", "").rstrip("/") != fhir_base(request):
        raise Refused("invalid_request", f"aud must be {fhir_base(request)}.")
    if request.GET.get("code_challenge_method") != "S256":
        raise Refused("invalid_request", "code_challenge_method must be S256.")
    launch = None
    if secret := request.GET.get("launch", ""):
        now = timezone.now()
        launch = launch_with(secret, client=client, staff=request.user, at=now)
        if launch is None:
            raise Refused(*ENDED)
    elif "launch" in scopes.plain and "launch/patient" not in scopes.plain:
        raise Refused("invalid_request", "The scope launch comes with the parameter launch.")
    return Asked(credentials, scopes, client, launch)


def _decided(request: HttpRequest, core: Any, asked: Asked) -> HttpResponse:
    form = Decision(request.POST)
    if not form.is_valid():
        return _page(request, asked, wrong="Pick a patient from the list, or search again.")
    do = form.cleaned_data["do"]
    if do == "deny":
        raise Refused("access_denied", "The person did not let the app see this.")
    if do == "find":
        return _found(request, asked)
    patient = _in_context(request, asked, form.cleaned_data["patient"])
    if asked.needs_patient and patient is None:
        return _page(request, asked, wrong="Pick the patient for whom the app opens.")
    return _given(request, core, asked, patient)


def _given(
    request: HttpRequest, core: Any, asked: Asked, patient: "Patient | None"
) -> HttpResponse:
    if asked.launch is not None and not use_up(asked.launch, at=timezone.now()):
        raise Refused(*ENDED)
    credentials = asked.credentials | {
        "context_patient": patient.pk if patient else None,
        "context_encounter": asked.launch.encounter if asked.launch else "",
    }
    try:
        address, _, _, _ = core.create_authorization_response(
            request, scopes=str(asked.scopes).split(), credentials=credentials, allow=True
        )
    except OAuthToolkitError as wrong:
        raise Refused(wrong.oauthlib_error.error, wrong.oauthlib_error.description) from None
    return _back(request, address)


def _in_context(request: HttpRequest, asked: Asked, picked: Any) -> "Patient | None":
    """Who is in context, if this person may see them now; 404 otherwise, saying nothing."""
    wanted = asked.launch.patient_id if asked.launch else picked if asked.needs_patient else None
    if wanted is None:
        return None
    return patient_for(request.asking, wanted, on=timezone.localdate())


def _found(request: HttpRequest, asked: Asked) -> HttpResponse:
    form = LookedFor(request.POST)
    if not form.is_valid():
        return _page(request, asked, wrong=str(form.errors["looked_for"][0]))
    found = search(request.asking, form.cleaned_data["looked_for"], on=timezone.localdate())
    audit.record(
        who=request.asking.username, did="searched patients for an app",
        about=f"{len(found)} found, client {asked.client.client_id}", at=timezone.now(),
    )  # fmt: skip
    numbers = identifiers_of(found)
    return _page(request, asked, people=[(one, numbers[one.pk]) for one in found])


def _page(request: HttpRequest, asked: Asked, **more: Any) -> HttpResponse:
    today = timezone.localdate()
    patient = _in_context(request, asked, None)
    back = urlsplit(asked.credentials["redirect_uri"])
    page = Consent.of(
        asked.client, asked.scopes, host=back.netloc, must_pick=asked.needs_patient, on=today,
        patient=(patient, identifiers_of([patient])[patient.pk]) if patient else None, **more,
    )  # fmt: skip
    answer = render(request, "smart/consent.jinja", {"page": page}, status=page.status)
    # Browsers hold a form's redirect to form-action too; only this app's own address is added.
    answer._csp_update = {"form-action": [f"{back.scheme}://{back.netloc}"]}
    return answer


def _error(
    request: HttpRequest, credentials: dict[str, Any], error: str, words: str
) -> HttpResponse:
    said = {"error": error, "error_description": words}
    if credentials.get("state"):
        said["state"] = credentials["state"]
    return _back(request, add_params_to_uri(credentials["redirect_uri"], said))


def _back(request: HttpRequest, address: str) -> HttpResponse:
    """Back to the app, with our name: an app that knows several servers cannot mix them up."""
    parts = urlsplit(address)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "iss"]
    query.append(("iss", fhir_base(request)))
    return HttpResponseRedirect(urlunsplit(parts._replace(query=urlencode(query))))
