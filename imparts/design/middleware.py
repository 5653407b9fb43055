"""What every page carries: it is never stored by a browser or a cache in between."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def never_stored(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Keep every page but static files out of caches (hazard H3: Back shows another person)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware
