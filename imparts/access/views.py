"""The first sign-in: a one-time code becomes a password that nobody else has ever known."""

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from imparts.access.actions import CodeRefused, choose_password
from imparts.access.forms import FirstSignIn


@require_http_methods(["GET", "HEAD", "POST"])
def first_sign_in(request: HttpRequest) -> HttpResponse:
    """Use a code up, choose a password, and be signed in."""
    form = FirstSignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            staff = choose_password(
                username=given["username"], code=given["code"], password=given["password"],
                at=timezone.now(),
            )  # fmt: skip
        except CodeRefused as refused:
            form.add_error("code", str(refused))
        except ValidationError as weak:
            form.add_error("password", weak)
        else:
            login(request, staff, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect("/")
    status = 422 if form.errors else 200
    return render(request, "account/first.jinja", {"form": form}, status=status)
