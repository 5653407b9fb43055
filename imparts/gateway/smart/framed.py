"""Pages in the frame of a hospital record: only for its registered origins, only when it opened us.

Safety: hazard H8 (a page of ours lies invisibly over another's). By default nobody may frame us.
A session that a registered record opened in a frame may be shown by that record's origins alone,
and its cookies go with requests out of that frame alone: SameSite=None; Secure; Partitioned. A
browser without partitioned cookies refuses them in a frame, and then shows the page that asks to
open us in a tab.
"""

from collections.abc import Callable, Iterable
from http.cookies import Morsel

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from imparts.gateway.smart.queries.records import origins_of


class _Partitioned(Morsel[str]):
    """A cookie kept apart for the site around the frame, which Python 3.11 cannot write."""

    def OutputString(self, attrs: list[str] | None = None) -> str:  # Morsel's own name
        """As ever, and then the word that it lacks."""
        return f"{super().OutputString(attrs)}; Partitioned"


def in_frames(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the record around a launched session frame our pages, and nobody else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        session = getattr(request, "session", None)
        # A page that asked nothing of the session is nobody's in particular.
        if session is None or not session.accessed or not session.get("in_a_frame"):
            return answer
        origins = origins_of(session.get("opened_by_record", 0))
        if origins is not None:
            may_frame(answer, origins)
            for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
                keep_in_frame(answer, name)
        return answer

    return middleware


def may_frame(answer: HttpResponse, origins: Iterable[str]) -> None:
    """These origins may show this page in a frame; with none of them, nobody may."""
    listed = list(origins)
    if not listed:
        return
    answer._csp_replace = {"frame-ancestors": listed}
    # The older header knows no list of origins: where both are sent, it would forbid them.
    answer.headers.pop("X-Frame-Options", None)
    answer.xframe_options_exempt = True


def keep_in_frame(answer: HttpResponse, name: str) -> None:
    """A cookie that this answer sets goes with requests out of the frame, and there alone."""
    if name not in answer.cookies:
        return
    kept = answer.cookies[name]
    made = _Partitioned()
    made.set(kept.key, kept.value, kept.coded_value)
    made.update(kept)
    made["samesite"], made["secure"] = "None", True
    answer.cookies[name] = made
