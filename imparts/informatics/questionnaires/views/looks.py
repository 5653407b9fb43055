"""How large, which colours, which hand: a cookie that names nobody, gone when the tablet locks."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from imparts.informatics.questionnaires.pages.frame import COLOURS, HANDS, SIZES, Look

COOKIE = "imparts_look"
_PATH = "/tablet/"


def look_of(request: HttpRequest) -> Look:
    """The look this person chose, or the usual one."""
    size, colour, hand = (*request.COOKIES.get(COOKIE, "").split("."), "", "", "")[:3]
    return changed(Look(), size=size, colour=colour, hand=hand)


def changed(look: Look, *, size: str = "", colour: str = "", hand: str = "") -> Look:
    """A look with the choices that exist taken over; anything else changes nothing."""
    return replace(
        look,
        size=size if size in SIZES else look.size,
        colour=colour if colour in COLOURS else look.colour,
        hand=hand if hand in HANDS else look.hand,
    )


def keep(response: HttpResponse, look: Look) -> HttpResponse:
    """Remember a look until the tablet is locked."""
    response.set_cookie(
        COOKIE, f"{look.size}.{look.colour}.{look.hand}", path=_PATH, httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """The next person starts with the usual look."""
    response.delete_cookie(COOKIE, path=_PATH, samesite="Lax")
    return response
