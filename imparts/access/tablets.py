"""A tablet's own credential: a long-lived cookie that opens the tablet's pages and nothing else."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect

from imparts.access.queries import tablet_with
from imparts.access.secret_hash import hash_of

if TYPE_CHECKING:
    from imparts.access.models import Tablet

COOKIE = "imparts_tablet"
COOKIE_AGE = 400 * 24 * 60 * 60
_OPEN_TO_TABLETS = ("/tablet/", "/static/", "/healthz", "/readyz", "/assets/")


def keep_credential(response: HttpResponse, secret: str) -> None:
    """This browser is a tablet from here; actions.bind_tablet gave the secret."""
    response.set_cookie(
        COOKIE, secret, max_age=COOKIE_AGE, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def drop_credential(response: HttpResponse) -> None:
    """This browser is no longer a tablet."""
    response.delete_cookie(COOKIE, samesite="Lax")


def tablet_of(request: HttpRequest) -> "Tablet | None":
    """The tablet that this browser is, or None."""
    secret = request.COOKIES.get(COOKIE, "")
    return tablet_with(hash_of(secret)) if secret else None


def tablet_stays_on_its_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A browser that carries a tablet's cookie reaches the tablet's pages only (hazard H3).

    The front page leads to the tablet; every other address answers 404 with nothing in the body.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if COOKIE not in request.COOKIES or _open_to_tablets(request.path):
            return get_response(request)
        if request.path == "/":
            return HttpResponseRedirect("/tablet/")
        return HttpResponseNotFound()

    return middleware


def _open_to_tablets(path: str) -> bool:
    return path.startswith(_OPEN_TO_TABLETS) or (
        settings.IMPARTS_DEMO and path.startswith("/demo/")
    )
