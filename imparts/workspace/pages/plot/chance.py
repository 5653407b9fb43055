"""The chance range: hatched from the day of the score that changes are counted from."""

from imparts.rules.scoring.change import plain
from imparts.rules.trends.comparing import ChanceRange
from imparts.rules.trends.definition import Scale
from imparts.workspace.pages.plot.field import Field
from imparts.workspace.pages.plot.placing import Ground
from imparts.workspace.pages.plot.shapes import Text

STEP = 9.9  # along the edge: 7 px between lines at 45 degrees
LINE = 16


def corners(field: Field, found: ChanceRange) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the range."""
    return field.x(found.since.on), field.y(found.highest), field.right, field.y(found.lowest)


def hatch(field: Field, found: ChanceRange) -> str:
    """Lines at 45 degrees, cut off at the edges of the range: no pattern, so any reader draws it.

    On a line x + y is the same everywhere.
    """
    left, top, right, bottom = corners(field, found)
    pieces: list[str] = []
    total = left + top + STEP
    while total < right + bottom:
        x1 = max(left, total - bottom)
        x2 = min(right, total - top)
        if x2 > x1:
            pieces.append(f"M{x1:.1f} {total - x1:.1f}L{x2:.1f} {total - x2:.1f}")
        total += STEP
    return "".join(pieces)


def edges(field: Field, found: ChanceRange) -> str:
    """The two edges, drawn broken."""
    left, top, right, bottom = corners(field, found)
    return f"M{left} {top}H{right}M{left} {bottom}H{right}"


def chance_words(found: ChanceRange, scale: Scale) -> tuple[str, str]:
    """Such as "between 0 and 12: no more", "than chance since 16 June".

    "Between", for at the edges themselves a change begins.
    """
    since = f"{found.since.on.day} {found.since.on:%B}"
    between = f"between {plain(found.lowest)} and {plain(found.highest)}"
    if not scale.is_reliable:
        return f"{between}: not", f"counted as a change since {since}"
    return f"{between}: no more", f"than chance since {since}"


def place_chance(field: Field, ground: Ground, found: ChanceRange) -> None:
    """Its name, inside it at the bottom where there is room; else before it, as near as can be."""
    left, top, right, bottom = corners(field, found)
    middle = (top + bottom - LINE) / 2
    first, second = chance_words(found, field.scale)
    steps = range(8, max(int(right - left), 9), 30)
    rows = range(0, max(int(bottom - top) - LINE, 1), 24)
    ground.place(
        (
            Text(left + step, bottom - 8 - LINE - row, first, has_halo=True),
            Text(left + step, bottom - 8 - row, second, has_halo=True),
        )
        for row in rows
        for step in steps
    ) or ground.place(
        (
            Text(left - 8, y, first, "end", has_halo=True),
            Text(left - 8, y + LINE, second, "end", has_halo=True),
        )
        for y in sorted(
            range(int(field.top) + LINE, int(field.bottom) - LINE, 12),
            key=lambda y: abs(y - middle),
        )
    )
