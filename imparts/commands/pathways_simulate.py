"""`imparts pathways simulate`: what a file would have done, beside what a service follows now."""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imparts.commands import database
from imparts.commands.exit_codes import DONE, SOME_REFUSED, UsedWrongly
from imparts.commands.instruments_check import text_of, why_unreadable

if TYPE_CHECKING:
    from imparts.rules.pathways.definition import Pathway

DAYS_A_YEAR = 365


def simulate(file: Path, service: str | None, months: int) -> int:
    """Run it at one service, or at each that follows a version of it; one part for each."""
    try:
        text = text_of(file)
    except (OSError, ValueError) as problem:
        raise UsedWrongly(f"{file}: {why_unreadable(problem)}.") from None
    with database.with_apps() as now:
        from django.utils import timezone

        draft = draft_in(file, text)
        if draft is None:
            return SOME_REFUSED
        on = timezone.localdate(now)
        window = timedelta(days=round(months * DAYS_A_YEAR / 12))
        for place, (where, live) in enumerate(followed(draft.id, service, on)):
            sys.stdout.write("\n" if place else "")
            for line in lines(where, live, draft, on, window):
                sys.stdout.write(f"{line}\n")
    return DONE


def draft_in(file: Path, text: str) -> "Pathway | None":
    """The pathway of the file, held against the library of this site; None when it is refused."""
    from imparts.library import queries as library
    from imparts.rules.content import ContentRefused
    from imparts.rules.content_lines import line_of
    from imparts.rules.pathways.checks import refuse_what_cannot_be
    from imparts.rules.pathways.reader import read_pathway

    try:
        draft = read_pathway(text)
        refuse_what_cannot_be(draft, library.newest_instruments(), library.options())
    except ContentRefused as refused:
        line = line_of(text, refused)
        sys.stdout.write(f"{file}{f':{line}' if line else ''}: {refused}\n")
        return None
    return draft


def followed(key: str, code: str | None, on: date) -> "Iterator[tuple[Any, Pathway]]":
    """Each service that is meant, with what it follows under this name."""
    from imparts.library import queries as library
    from imparts.organisations import queries as organisations

    services = sorted(organisations.services(), key=lambda one: (one.code, one.pk))
    if code is not None and code not in {one.code for one in services}:
        known = ", ".join(dict.fromkeys(one.code for one in services)) or "none"
        raise UsedWrongly(f"There is no service {code[:60]} here. There are: {known}.")
    found = [
        (one, pathway)
        for one in services
        if code in (None, one.code)
        for pathway in library.pathways_in_force(one.pk, on=on)
        if pathway.id == key
    ]
    if not found:
        where = f"The service {code}" if code else "No service here"
        follows = "follows no pathway" if code else "follows a pathway"
        raise UsedWrongly(
            f"{where} {follows} called {key}, so there is nothing to lay this file beside."
        )
    yield from found


def lines(
    service: Any, live: "Pathway", draft: "Pathway", on: date, window: timedelta
) -> Iterator[str]:
    """A run at one service, beside what it follows now, as lines of text."""
    from imparts.rules.pathways.differences import differences
    from imparts.rules.pathways.run_words import lines_of
    from imparts.rules.pathways.self_harm import weakens_item9
    from imparts.workspace.queries.pathway_run import RunAsked, comparison_of

    yield f"{service}: {draft.title}, {draft.version} beside {live.version}, which is live"
    if refused := weakens_item9(live, draft):
        yield f"It cannot go live: {refused}"
    found = comparison_of(RunAsked(service.pk, live, draft, on, window))
    yield from lines_of(found, differences(live, draft))
