"""@staff_page: the one way a page is opened to staff: signed in, and permitted."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from imparts.access.queries import asking
from imparts.access.roles import ROLES, May

View = Callable[..., HttpResponse]


def staff_page(*, may: May | None) -> Callable[[View], View]:
    """Let only signed-in staff with the permission through, and put who is asking on the request.

    Signed out: sent to sign in. Without the permission: 403, saying which roles have it. `may=None`
    is for pages that every member of staff has, such as their own front page.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.asking = asking(request.user, on=timezone.localdate())
            if may is not None and not request.asking.may(may):
                raise PermissionDenied(_who_may(may))
            return view(request, *args, **kwargs)

        guarded.staff_permission = may  # the house tests look for it on every staff page
        return guarded

    return decorate


def _who_may(what: May) -> str:
    names = [role.name.lower() for role in ROLES.values() if what in role.may]
    return f"Your role may not {what}. These roles may: {', '.join(names)}."
