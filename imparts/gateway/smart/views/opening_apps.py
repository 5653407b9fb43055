"""Open in an app: the apps that trust IT has registered, for one patient."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from oauthlib.common import add_params_to_uri

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.audit import actions as audit
from imparts.gateway.smart.actions.launching_apps import open_app
from imparts.gateway.smart.bases import fhir_base
from imparts.gateway.smart.forms import WhichApp
from imparts.gateway.smart.pages.opened_apps import AppsPage
from imparts.gateway.smart.queries.launches import apps_to_open
from imparts.people.queries import identifiers_of, patient_for, why_visible


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SEE_PATIENTS)
def apps_for(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """The apps by name; pressing one opens it, and then it asks what it may see."""
    today, now = timezone.localdate(), timezone.now()
    patient = patient_for(request.asking, patient_id, on=today)
    why = why_visible(request.asking, patient, on=today)
    apps = apps_to_open()
    form = WhichApp(request.POST or None)
    if request.method == "POST" and form.is_valid():
        client = get_object_or_404(apps, pk=form.cleaned_data["client"])
        launch = open_app(client=client, patient=patient, staff=request.user, why=why, at=now)
        told = {"iss": fhir_base(request), "launch": launch}
        return HttpResponseRedirect(add_params_to_uri(client.launch_url, told))
    audit.record(
        who=request.asking.username, did="saw patient's apps", patient=patient.pk, why=why, at=now
    )
    page = AppsPage.of(patient, identifiers_of([patient])[patient.pk], apps, on=today)
    status = 422 if request.method == "POST" else 200
    answer = render(request, "smart/apps.jinja", {"page": page}, status=status)
    answer._csp_update = {"form-action": [one.origin for one in page.apps]} if page.apps else None
    return answer
