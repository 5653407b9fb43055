"""Walking through a preview: the answers live in a signed cookie of this browser, nowhere else.

Nothing is written to the database and nothing stands in an address, so no alert, no score and no
record can come of a preview.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from imparts.authoring.queries.previewing import Previewed, Walk
from imparts.informatics.questionnaires.pages.frame import SIZES, Look
from imparts.rules.packs.asking import Given, Question

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COOKIE = "imparts_preview"
SALT = "imparts.preview"
LONGEST = 3600  # browsers keep about 4,000 characters
LASTS = 4 * 60 * 60
Stored = dict[str, dict[str, int | None]]


class TooMuch(Exception):
    """The browser holds no more answers; the message says what to do."""


def walk_of(request: "HttpRequest", previewed: Previewed) -> Walk:
    """The walk of this browser through this preview; it begins anew with another one."""
    return Walk(previewed, _given(_stored(request, previewed).get("given", {})))


def look_of(request: "HttpRequest", previewed: Previewed) -> Look:
    """How large the words are drawn."""
    size = _stored(request, previewed).get("size", "")
    return Look(size=size) if size in SIZES else Look()


def with_answer(walk: Walk, question: Question, value: int | None) -> Walk:
    """The walk as it stands with one more answer; None is "I would rather not answer"."""
    given = {key: dict(items) for key, items in walk.given.items()}
    given.setdefault(question.instrument, {})[question.item.id] = Given(value, value is None)
    return Walk(walk.previewed, given)


def keep(response: "HttpResponse", walk: Walk, *, size: str) -> "HttpResponse":
    """Let the browser remember; raises TooMuch when it would not."""
    given: Stored = {
        key: {item: one.value for item, one in items.items()} for key, items in walk.given.items()
    }
    stored = {"of": _name(walk.previewed), "given": given, "size": size}
    text = signing.dumps(stored, salt=SALT, compress=True)
    if len(text) > LONGEST:
        raise TooMuch("The preview holds no more answers. Start it again.")
    response.set_cookie(
        COOKIE, text, max_age=LASTS, path=reverse("authoring:library"), httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def forget(response: "HttpResponse") -> "HttpResponse":
    """Start again."""
    response.delete_cookie(COOKIE, path=reverse("authoring:library"), samesite="Lax")
    return response


def address(previewed: Previewed, page: str, question: Question | None = None) -> str:
    """Where one page of a preview is."""
    args: list[Any] = [previewed.of, previewed.id]
    if question is not None:
        args += [question.instrument, question.item.id]
    return reverse(f"authoring:preview_{page}", args=args)


def _stored(request: "HttpRequest", previewed: Previewed) -> dict[str, Any]:
    try:
        stored = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    is_ours = isinstance(stored, dict) and stored.get("of") == _name(previewed)
    return stored if is_ours else {}


def _given(stored: Stored) -> dict[str, dict[str, Given]]:
    return {
        key: {item: Given(value, value is None) for item, value in items.items()}
        for key, items in stored.items()
    }


def _name(previewed: Previewed) -> str:
    return f"{previewed.of} {previewed.id}"
