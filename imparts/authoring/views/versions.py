"""One version of the library: what it says, what is new, who stands for it, where it is used."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.pages import version as pages
from imparts.authoring.pages.says import Section, pack_section
from imparts.authoring.pages.weight import Weight
from imparts.authoring.queries import choosing, packs, starting, texts, versions
from imparts.library import queries as library
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.differences import only_when

if TYPE_CHECKING:
    from imparts.library.models import ContentVersion


@require_safe
@staff_page(may=May.SEE_LIBRARY)
def version(request: HttpRequest, content_id: int) -> HttpResponse:
    """Everything that a person reads before signing, starting or copying it."""
    return show(request, versions.version_for(content_id))


def show(
    request: HttpRequest, content: "ContentVersion", *, wrong: dict[str, str] | None = None,
    remark: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Draw the page, also when a signature was not complete."""
    asking, today = request.asking, timezone.localdate()
    says = texts.what_it_says(content)
    before = versions.what_came_before(content, on=today)
    accepts = library.to_confirm(content.pk)
    why_not_sign = versions.why_may_not_sign(asking, content)
    page = pages.version_page(
        says,
        why_not=library.why_not_offered(content, on=today),
        compared=before.why,
        changes=_changes(says, before),
        signatures=versions.signatures_of(content.pk),
        used=starting.rows_of(content.pk),
        accepts=accepts,
        weight=_weight(says.pack) if says.pack else None,
        may=pages.May(
            sign=asking.may(May.SIGN_CONTENT),
            why_not_sign=why_not_sign,
            start=asking.may(May.START_CONTENT),
            compose=asking.may(May.COMPOSE),
            change=packs.may_change(asking, content),
        ),
        today=today,
    )
    asked = (_asked(says.pack),) if says.pack else ()
    context = {"page": page, "asked": asked, "wrong": wrong or {}, "remark": remark}
    context["mark"] = library.mark_of(accepts)
    return render(request, "authoring/version.jinja", context, status=status)


def _weight(pack: Pack) -> Weight:
    return Weight.of(pack, choosing.shelf(on=timezone.localdate()))


def _asked(pack: Pack) -> Section:
    shelf = choosing.shelf(on=timezone.localdate())
    return pack_section(
        pack,
        {key: (choice.name, choice.questions) for key, choice in shelf.by_key.items()},
        {ask.instrument: only_when(ask.when, shelf.known) for ask in pack.asks},
        {key: choice.why_not for key, choice in shelf.by_key.items()},
    )


def _changes(says: texts.WhatItSays, before: versions.Before) -> tuple[pages.Change, ...]:
    today = timezone.localdate()
    if before.content is None:
        return ()
    if says.pack:
        return pages.changes_of_pack(texts.pack_differences(before.content, says.pack, on=today))
    return pages.changes_of_text(texts.text_differences(before.content, says.content))
