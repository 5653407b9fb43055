"""Changing a pathway: begin a draft, save it step by step, say something of it, hand it in."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from imparts.audit import actions as audit
from imparts.authoring.actions.pathway_refusals import CannotChange, ChangedMeanwhile
from imparts.authoring.models import (
    PathwayComment,
    PathwayDraft,
    PathwayRevision,
    PathwaySignature,
)
from imparts.authoring.queries import pathway_drafts as drafts
from imparts.authoring.queries.drafts import called
from imparts.library import actions as library
from imparts.library import queries as reading
from imparts.library.models import ContentVersion
from imparts.organisations.models import Service
from imparts.rules.content import ContentRefused
from imparts.rules.pathways.checks import refuse_what_cannot_be
from imparts.rules.pathways.definition import Pathway
from imparts.rules.pathways.differences import differences
from imparts.rules.pathways.draft import Made, as_version
from imparts.rules.pathways.reader import read_pathway
from imparts.rules.pathways.self_harm import weakens_item9
from imparts.rules.pathways.signatures import LEAD
from imparts.rules.pathways.writing import to_toml

A_YEAR = timedelta(days=365)
LONGEST_SAID = 1000
NO_REASON = "Say why, in a sentence; everyone who signs reads it."


def start(*, service: Service, content: ContentVersion, by: str, at: datetime) -> PathwayDraft:
    """A draft of what a service follows now; the open one, when there is one already."""
    if (found := drafts.open_draft_of(service.pk, content.key)) is not None:
        return found
    try:
        with transaction.atomic():
            row = PathwayDraft.objects.create(
                service=service, key=content.key, based_on=content, text=content.body,
                authors=[], changed_by=by, started_at=at, changed_at=at,
            )  # fmt: skip
            _keep_revision(row)
            audit.record(
                who=by, did="started a pathway draft", about=f"pathway draft {row.pk}", at=at
            )
    except IntegrityError:  # somebody else began one at the same moment
        if (found := drafts.open_draft_of(service.pk, content.key)) is not None:
            return found
        raise
    return row


def change(
    *, row: PathwayDraft, revision: int, step: Callable[[Pathway], Pathway], by: str, at: datetime
) -> PathwayDraft:
    """Take one step on the revision that its page showed; refused when another saved meanwhile.

    Raises ChangedMeanwhile with what the other changed, CannotChange or ContentRefused with a
    sentence. Nothing that a refused step wanted is kept here; its page still holds it.
    """
    with transaction.atomic():
        row = held(row)
        _refuse_what_is_closed(row)
        _refuse_what_is_stale(row, revision)
        before = read_pathway(row.text)
        after = step(before)
        if after == before:
            return row
        _refuse_what_cannot_be(row, after)
        row.text = to_toml(after)
        row.revision += 1
        row.changed_by, row.changed_at = by, at
        if by not in row.authors:
            row.authors = [*row.authors, by]
        row.save()
        _keep_revision(row)
        audit.record(
            who=by, did="changed a pathway draft", at=at,
            about=f"pathway draft {row.pk} revision {row.revision}",
        )  # fmt: skip
    return row


def throw_away(*, row: PathwayDraft, by: str, at: datetime) -> None:
    """A draft that nobody wants any more; what waits for signatures is sent back first."""
    with transaction.atomic():
        row = held(row)
        _refuse_what_is_closed(row)
        row.thrown_away_at = at
        row.save()
        audit.record(who=by, did="threw a pathway draft away", about=f"pathway draft {row.pk}",
                     at=at)  # fmt: skip


def comment(*, row: PathwayDraft, text: str, by: str, as_role: str, at: datetime) -> PathwayComment:
    """What somebody says of a draft; it is kept for ever, beside the revision that they read."""
    said = text.strip()
    if not said:
        raise CannotChange("Write what you want to say.")
    if len(said) > LONGEST_SAID:
        raise CannotChange(f"Say it in at most {LONGEST_SAID} characters.")
    if row.live_from is not None or row.thrown_away_at is not None:
        raise CannotChange("This draft is closed. Say it of the next one.")
    with transaction.atomic():
        made = PathwayComment.objects.create(
            draft=row, revision=row.revision, text=said, by=by, as_role=as_role, at=at
        )
        audit.record(who=by, did="commented on a pathway", about=f"pathway draft {row.pk}", at=at)
    return made


def hand_in(
    *, row: PathwayDraft, revision: int, reason: str, by: str, as_role: str, on: date,
    at: datetime,
) -> PathwayDraft:  # fmt: skip
    """The clinical lead signs with a reason: the draft is a version of the library that waits."""
    if not reason.strip():
        raise CannotChange(NO_REASON)
    if len(reason) > LONGEST_SAID:
        raise CannotChange(f"Say it in at most {LONGEST_SAID} characters.")
    with transaction.atomic():
        row = held(row)
        _refuse_what_is_closed(row)
        _refuse_what_is_stale(row, revision)
        refuse_overtaken(row, on=on)
        if by not in row.authors:
            row.authors = [*row.authors, by]
        pathway = _named(row, on=on)
        _refuse_what_cannot_be(row, pathway)
        if pathway.levels == reading.pathway_of(row.based_on_id).levels:
            raise CannotChange("Nothing is changed yet, so there is nothing to sign.")
        made = library.load_file(
            kind=ContentVersion.Kind.PATHWAY, text=to_toml(pathway), at=at, is_shipped=False, by=by
        )
        if made is None:
            raise CannotChange("This very pathway is in the library already.")
        row.made, row.changed_at = made, at
        row.save()
        PathwaySignature.objects.create(
            draft=row, content=made, service=row.service, part=LEAD,
            decision=PathwaySignature.Decision.SIGNED, as_role=as_role, reason=reason.strip(),
            by=by, at=at,
        )  # fmt: skip
        audit.record(who=by, did="handed a pathway in", about=f"pathway draft {row.pk}", at=at)
    return row


def refuse_overtaken(row: PathwayDraft, *, on: date) -> None:
    """What was in force when a draft was begun must still be: else it would undo another change."""
    now = drafts.live_of(row.service_id, row.key, on=on)
    if now is not None and now.pk != row.based_on_id:
        raise CannotChange(
            f"Meanwhile {now.version} went live here, and this draft was begun on "
            f"{row.based_on.version}. Throw it away and begin again from what is live."
        )


def held(row: PathwayDraft) -> PathwayDraft:
    """The row as it is now, for nobody else to change until this is done."""
    return PathwayDraft.objects.select_for_update().get(pk=row.pk)


def _refuse_what_is_closed(row: PathwayDraft) -> None:
    if row.live_from is not None:
        raise CannotChange("This draft is signed by all. To change the pathway, begin another.")
    if row.made_id is not None:
        raise CannotChange(
            "This draft waits for signatures, and what others are reading does not change. "
            "To change it, somebody who is to sign sends it back."
        )
    if row.thrown_away_at is not None:
        raise CannotChange("This draft was thrown away.")


def _refuse_what_is_stale(row: PathwayDraft, revision: int) -> None:
    if revision == row.revision:
        return
    read = PathwayRevision.objects.filter(draft=row, revision=revision).first()
    said = differences(read_pathway(read.text), read_pathway(row.text)) if read else ()
    raise ChangedMeanwhile(by=called([row.changed_by])[0], at=row.changed_at, said=said)


def _refuse_what_cannot_be(row: PathwayDraft, pathway: Pathway) -> None:
    """Whatever was posted, the file's own reader has the last word; item 9 is held to the live."""
    if refused := weakens_item9(reading.pathway_of(row.based_on_id), pathway):
        raise ContentRefused(refused)
    kept = read_pathway(to_toml(pathway))
    refuse_what_cannot_be(kept, reading.newest_instruments(), reading.options())


def _named(row: PathwayDraft, *, on: date) -> Pathway:
    """The pathway under the name that the library will know it by."""
    made = Made(
        version=drafts.free_version(row, on=on),
        authored_by=", ".join(called(row.authors)),
        on=on,
        next_review=on + A_YEAR,
    )
    return as_version(read_pathway(row.text), made)


def _keep_revision(row: PathwayDraft) -> None:
    PathwayRevision.objects.create(
        draft=row, revision=row.revision, text=row.text, by=row.changed_by, at=row.changed_at
    )
