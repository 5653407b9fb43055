"""Drafting: starting a pack, copying one, changing it step by step, and handing it in."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from imparts.audit import actions as audit
from imparts.authoring.models import PackDraft
from imparts.authoring.queries import choosing, drafts
from imparts.library import actions as library
from imparts.library import queries as reading
from imparts.library.models import ContentVersion
from imparts.organisations.models import Service
from imparts.rules.packs import draft as rules
from imparts.rules.packs.draft import Draft, NotPossible
from imparts.rules.packs.writing import pack_text

A_YEAR = timedelta(days=365)
LONGEST_KEY = 50  # a number may follow


def start(*, service: Service, name: str, by: str, on: date, at: datetime) -> PackDraft:
    """A new draft with the core in it."""
    return _begin(service, rules.new_draft(name), key=_key(name), by=by, on=on, at=at)


def copy(
    *, content: ContentVersion, service: Service, name: str, by: str, on: date, at: datetime
) -> PackDraft:
    """A draft that begins as another pack, of whichever service: under a name of its own."""
    draft = rules.draft_of(reading.pack_of(content.pk), name=name)
    return _begin(service, draft, key=_key(name), by=by, on=on, at=at)


def next_version_of(
    *, content: ContentVersion, service: Service, by: str, on: date, at: datetime
) -> PackDraft:
    """A draft of the next version of a pack that was composed here."""
    if content.is_shipped:
        raise NotPossible("A shipped pack is not changed. Copy it under a name of your own.")
    pack = reading.pack_of(content.pk)
    draft = rules.draft_of(pack, name=pack.name)
    return _begin(service, draft, key=content.key, by=by, on=on, at=at)


def change(
    *, row: PackDraft, by: str, at: datetime, step: Callable[[Draft], Draft] | None = None,
    **facts: Any,
) -> PackDraft:  # fmt: skip
    """Take one step, or write down facts such as the name; whoever does it is an author."""
    with transaction.atomic():
        row = PackDraft.objects.select_for_update().get(pk=row.pk)
        _refuse_what_is_closed(row)
        for name, value in facts.items():
            setattr(row, name, value)
        if step is not None:
            row.parts = rules.parts_as_json(step(drafts.as_draft(row)).parts)
        if by not in row.authors:
            row.authors = [*row.authors, by]
        row.changed_at = at
        row.save()
    return row


def throw_away(*, row: PackDraft, by: str, at: datetime) -> None:
    """A draft that nobody wants any more; it is not shown again."""
    with transaction.atomic():
        row = PackDraft.objects.select_for_update().get(pk=row.pk)
        _refuse_what_is_closed(row)
        row.thrown_away_at = at
        row.save()
        audit.record(who=by, did="threw a pack draft away", about=f"pack draft {row.pk}", at=at)


def hand_in(*, row: PackDraft, by: str, on: date, at: datetime) -> ContentVersion:
    """Make a version of the library of a draft, to be signed by someone else.

    Raises ContentRefused, with a sentence, when it breaks a rule of packs.
    """
    with transaction.atomic():
        row = PackDraft.objects.select_for_update().get(pk=row.pk)
        _refuse_what_is_closed(row)
        if by not in row.authors:
            row.authors = [*row.authors, by]
        pack = drafts.pack_of_draft(row, choosing.shelf(on=on), on=on)
        made = library.load_file(
            kind=ContentVersion.Kind.PACK, text=pack_text(pack), at=at, is_shipped=False, by=by
        )
        if made is None:
            raise NotPossible("This very pack is in the library already.")
        row.made = made
        row.changed_at = at
        row.save()
    return made


def _begin(
    service: Service, draft: Draft, *, key: str, by: str, on: date, at: datetime
) -> PackDraft:
    with transaction.atomic():
        row = PackDraft.objects.create(
            service=service, key=key, name=draft.name, illness_words=draft.illness_words,
            asks_who_helps=draft.asks_who_helps, sources="\n".join(draft.sources),
            next_review=on + A_YEAR, parts=rules.parts_as_json(draft.parts), authors=[by],
            started_at=at, changed_at=at,
        )  # fmt: skip
        audit.record(who=by, did="started a pack draft", about=f"pack draft {row.pk}", at=at)
    return row


def _key(name: str) -> str:
    made = slugify(name).replace("-", "_")[:LONGEST_KEY].strip("_")
    return drafts.free_key(made or "pack")


def _refuse_what_is_closed(row: PackDraft) -> None:
    if row.made_id is not None:
        raise NotPossible("This has been handed in. To change it, begin its next version.")
    if row.thrown_away_at is not None:
        raise NotPossible("This draft was thrown away.")
