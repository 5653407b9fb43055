"""Programs that trust IT has let in, and putting one out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.gateway.smart.actions.registering import revoke
from imparts.workspace.pages.connections.programs import ProgramsPage
from imparts.workspace.queries.programs import program_for, programs_for


@require_safe
@staff_page(may=May.SEE_CONNECTIONS)
def programs(request: HttpRequest) -> HttpResponse:
    """Every program, with what it may see."""
    page = ProgramsPage.of(programs_for(request.asking))
    return render(request, "workspace/programs.jinja", {"page": page})


@require_POST
@staff_page(may=May.SEE_CONNECTIONS)
def put_out(request: HttpRequest, client_pk: int) -> HttpResponse:
    """End everything that a program holds, at once."""
    client = program_for(request.asking, client_pk)
    revoke(client, by=request.asking.username, at=timezone.now())
    messages.success(request, f"{client.name} is put out. Every token of it has ended.")
    return redirect("workspace:programs")
