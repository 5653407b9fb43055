"""Reasons: what may be chosen with one click, and in how many weeks something is asked again."""

from dataclasses import dataclass

from imparts.rules.content import Table, read_toml

LONGEST_CODE = 200


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: what is kept, and what is pressed."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """The lists of one file, and who has checked it."""

    version: str
    checked_by: str
    not_now: tuple[Reason, ...]
    step_out: tuple[Reason, ...]
    weeks: tuple[int, ...]


def read_reasons(text: str) -> Reasons:
    """Read imparts/content/acting/reasons.toml; raises ContentRefused with a sentence."""
    table = read_toml(text, "reasons")
    for key in ("id", "authored_by"):
        table.words(key)
    table.check_review(table.day("reviewed_on"), table.day("next_review"))
    table.names("sources")
    found = Reasons(
        version=table.words("version"),
        checked_by=table.words("checked_by"),
        not_now=_reasons(table, "not_now"),
        step_out=_reasons(table, "step_out"),
        weeks=table.wholes_or("ask_again_in_weeks"),
    )
    if not found.weeks or min(found.weeks) < 1:
        raise table.refuse("ask_again_in_weeks needs at least one number of weeks from 1 up")
    table.end()
    return found


def _reasons(table: Table, key: str) -> tuple[Reason, ...]:
    found = []
    for one in table.tables(key):
        reason = Reason(one.words("code"), one.words("label"))
        if len(reason.code) > LONGEST_CODE:
            raise one.refuse(f"code is longer than {LONGEST_CODE} characters", "code")
        one.end()
        found.append(reason)
    if not found or len({one.code for one in found}) != len(found):
        raise table.refuse(f"{key} needs reasons, each with a code of its own", key)
    return tuple(found)
