"""Who may send us messages, and what their codes of clinics mean here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.gateway.inbound import actions as inbound
from imparts.gateway.inbound.actions.naming import name_service
from imparts.workspace.pages.connections.senders import SendersPage
from imparts.workspace.queries.senders import (
    codes_for,
    sender_for,
    senders_for,
    services_looked_after,
)
from imparts.workspace.views.typed import typed_text

LONGEST_CODE, LONGEST_REASON = 80, 200  # as their fields allow


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SEE_CONNECTIONS)
def senders(request: HttpRequest) -> HttpResponse:
    """Senders and codes; a code of a clinic is named here, so that its messages can be applied."""
    code, chosen = typed_text(request, "code", LONGEST_CODE), request.POST.get("service", "")
    services = services_looked_after(request.asking)
    wrong = ""
    if request.method == "POST":
        service = next((each for each in services if str(each.pk) == chosen), None)
        try:
            if service is None:
                raise inbound.SenderRefused("Choose the service that this code means.")
            name_service(
                organisation=service.organisation, code=code, service=service,
                by=request.asking.username, at=timezone.now(),
            )  # fmt: skip
        except inbound.SenderRefused as refused:
            wrong = str(refused)
        else:
            messages.success(request, f"{code} means {service.name} from now on.")
            return redirect("workspace:senders")
    page = SendersPage.of(
        senders_for(request.asking), codes_for(request.asking), services, typed=code,
        chosen=chosen, wrong=wrong,
    )  # fmt: skip
    return render(request, "workspace/senders.jinja", {"page": page}, status=page.status)


@require_POST
@staff_page(may=May.SEE_CONNECTIONS)
def switch_sender(request: HttpRequest, sender_id: int) -> HttpResponse:
    """Take no more of a sender's messages, or take them again; with a reason."""
    sender = sender_for(request.asking, sender_id)
    why = typed_text(request, "why", LONGEST_REASON)
    if not why:
        messages.error(request, "Nothing was changed. Say why, in a few words.")
    else:
        do = inbound.end_sender if sender.is_active else inbound.let_sender_again
        do(sender, by=request.asking.username, why=why, at=timezone.now())
    return redirect("workspace:senders")
