"""The page of a draft, put together: rule, run, changes, signatures, comments."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.authoring.actions.pathway_runs import keep_run
from imparts.authoring.queries import pathway_drafts as drafts
from imparts.authoring.queries.pathway_signing import Signing, signing_of
from imparts.design.dates import clock, day, short_day
from imparts.library import queries as library
from imparts.rules.pathways.differences import differences
from imparts.rules.pathways.in_rows import rows_of
from imparts.rules.pathways.signatures import options_without_partner
from imparts.workspace.pages.pathways import draft as pages
from imparts.workspace.pages.pathways.rule import LevelLines, item9_lines, rule_lines
from imparts.workspace.pages.pathways.run import RunPage, replayed_words, run_page
from imparts.workspace.queries.names import called
from imparts.workspace.queries.pathway_rules import item9_steps
from imparts.workspace.queries.pathway_run import RunAsked, worked_out

if TYPE_CHECKING:
    from imparts.authoring.models import PathwayComment, PathwayDraft
    from imparts.rules.pathways.definition import Pathway

NO_RUN = (
    "Nothing is changed yet, so there is nothing to run. Press Edit beside what you want to change."
)


def draft_page(
    row: "PathwayDraft", asking: Asking, *, at: datetime, wrong: Mapping[str, str],
    typed: Mapping[str, str],
) -> pages.DraftPage:  # fmt: skip
    """Exactly what the page of a draft shows to whoever asks."""
    today, options, me = timezone.localdate(at), library.options(), asking.username
    live, draft = library.pathway_of(row.based_on_id), drafts.pathway_in(row)
    number, since = drafts.place_of(row)
    signing, comments = signing_of(row, on=today), drafts.comments_on(row)
    names = called(_everyone(row, signing, comments))
    is_changed, may_edit = live.levels != draft.levels, drafts.may_edit(asking, row)
    return pages.DraftPage(
        title=pages.head_of(row, title=draft.title, number=number),
        stands=pages.stands_of(row, names, number=number, since=day(since)),
        draft=row.pk,
        revision=row.revision,
        service=row.service_id,
        place=str(row.service),
        key=row.key,
        rule_heading=f"The rule, {_named(row, number)}",
        rule=_rule(row, live, draft, may_edit=may_edit, on=today),
        changes=differences(live, draft) if is_changed else (),
        is_changed=is_changed,
        run=_run(row, live, draft, head=f"Live {number}", at=at) if is_changed else None,
        no_run="" if is_changed else NO_RUN,
        signatures=pages.signature_lines(signing, names, options, me=me) if is_changed else (),
        nobody_signs=_nobody_signs(live, draft),
        sent_back=_sent_back(signing, names),
        yours=_yours(signing, row, me=me),
        why_none=pages.why_no_signature(signing, row, me=me),
        comments=pages.comment_lines(comments, names),
        may_edit=may_edit,
        why_no_edit=_why_no_edit(row, asking),
        may_comment=row.live_from is None,
        foot=f"Earlier answers keep version {number}. Going back takes one signature.",
        live_head=f"Live {number}",
        draft_head=_named(row, number).capitalize(),
        typed=typed,
        wrong=wrong,
    )


def _yours(signing: Signing, row: "PathwayDraft", *, me: str) -> pages.Yours | None:
    accepts = library.to_confirm(row.made_id) if row.made_id else ()
    return pages.yours_of(signing, row, me=me, accepts=accepts, read=library.mark_of(accepts))


def _why_no_edit(row: "PathwayDraft", asking: Asking) -> str:
    is_lead = row.service_id in asking.services_where(May.EDIT_PATHWAYS)
    return pages.why_no_edit(row, is_lead=is_lead)


def _nobody_signs(live: "Pathway", draft: "Pathway") -> str:
    changed = options_without_partner(live, draft, library.newest_instruments())
    return pages.nobody_signs(changed, library.options())


def _named(row: "PathwayDraft", number: int) -> str:
    return f"{'version' if row.live_from else 'draft'} {number + 1}"


def _everyone(row: "PathwayDraft", signing: Signing, comments: "list[PathwayComment]") -> list[str]:
    names = [*row.authors, row.changed_by, *(one.by for one in comments)]
    for part in signing.parts:
        names += [*part.people, *([part.given.by] if part.given else [])]
    return [*names, *([signing.sent_back.by] if signing.sent_back else [])]


def _sent_back(signing: Signing, names: Callable[[str], str]) -> str:
    one = signing.sent_back
    if one is None:
        return ""
    when = f"{short_day(one.at)} {clock(one.at)}"
    return f"Sent back by {names(one.by)}, {when}: \u201c{one.reason}\u201d"


def _rule(
    row: "PathwayDraft", live: "Pathway", draft: "Pathway", *, may_edit: bool, on: date
) -> tuple[LevelLines, ...]:
    known, options = library.newest_instruments(), library.options()
    lines = rule_lines(rows_of(live, known), rows_of(draft, known), options, may_edit=may_edit)
    item9 = item9_steps(row.service_id, on=on)
    return (item9_lines(item9), *lines) if item9 else lines


def _run(
    row: "PathwayDraft", live: "Pathway", draft: "Pathway", *, head: str, at: datetime
) -> RunPage:
    """What it came to: as it was kept, when it was worked out from exactly this today."""
    asked = RunAsked(row.service_id, live, draft, on=timezone.localdate(at))
    mark = asked.mark
    if (kept := drafts.kept_run(mark)) is not None:
        return RunPage.from_json(kept.result)
    as_of = f"Worked out {short_day(at)} {clock(at)}, up to yesterday."
    found, replay = worked_out(asked)
    replayed = replayed_words(head, visits=replay.visits, different=replay.different)
    made = run_page(found, as_of=as_of, replayed=replayed)
    keep_run(draft=row, mark=mark, result=made.as_json(), at=at)
    return made
