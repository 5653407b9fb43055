"""Run words: a run of a draft as lines of text, in the words of its page."""

from collections.abc import Iterator

from imparts.rules.pathways.comparison import Comparison, Moved, OptionLine
from imparts.rules.pathways.shares import GroupShare


def lines_of(found: Comparison, changes: tuple[str, ...]) -> Iterator[str]:
    """What changes, the run, who is moved, and who is in no column."""
    yield "What changes"
    for number, sentence in enumerate(changes or ("Nothing changes.",), start=1):
        yield f"  {number}. {sentence}"
    yield ""
    yield found.heading
    if found.too_few:
        yield found.too_few
    yield from _table(found)
    for one in found.moved:
        yield ""
        yield one.words
        yield from _shares(one)
    if found.never_asked_words:
        yield ""
        yield found.never_asked_words


def _table(found: Comparison) -> Iterator[str]:
    head = ("Sent to", "live", "draft", "change", "a week", "can take", "")
    item9 = (
        "Item 9 conversations", f"{found.item9_live:,}", f"{found.item9_draft:,}",
        "same" if found.item9_live == found.item9_draft else found.item9_words,
        str(found.item9_a_week), "", found.item9_words,
    )  # fmt: skip
    rows = [head, *(_row(one) for one in found.lines), item9]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head) - 1)]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:], strict=True)]
        yield f"  {'  '.join([*cells, row[-1]])}".rstrip()


def _row(one: OptionLine) -> tuple[str, ...]:
    a_week = str(one.a_week_draft)
    if one.a_week_live != one.a_week_draft:
        a_week = f"{one.a_week_live} to {one.a_week_draft}"
    said = ", ".join(words for words in (one.a_week_change, one.verdict) if words)
    return (one.name, f"{one.live:,}", f"{one.draft:,}", one.change, a_week, one.capacity_words,
            said)  # fmt: skip


def _shares(one: Moved) -> Iterator[str]:
    if not one.shares:
        yield f"  {one.shares_words}"
        return
    yield f"  {one.shares_words}, and in brackets all who were asked:"
    yield f"  {', '.join(_share(share) for share in one.shares)}."


def _share(share: GroupShare) -> str:
    return f"{share.name} {per_cent(share.moved)} ({per_cent(share.asked)})"


def per_cent(number: int | None) -> str:
    """A share as it is said: too few people, and it is hidden."""
    return "hidden" if number is None else f"{number}%"
