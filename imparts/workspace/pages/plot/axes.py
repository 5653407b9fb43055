"""Axes: bands in greys with their names, limits at the left, dates only at visits; no grid."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from imparts.design.dates import short_day
from imparts.rules.instruments.definition import Band
from imparts.rules.scoring.change import plain
from imparts.rules.trends.definition import HIGHER_IS_BETTER, Scale
from imparts.workspace.pages.plot.field import Field
from imparts.workspace.pages.plot.placing import Ground
from imparts.workspace.pages.plot.shapes import Area, Text
from imparts.workspace.pages.plot.text_width import text_width

GREYS = ("#ffffff", "#f6f8f9", "#eceff1", "#e1e6e9", "#d5dce0")
SIXTH = "#c8d1d6"
ROW = 16.0
BESIDE = 10  # from the field's edge to the names
MIDDLE = 5  # from the middle of a line of 14 px down to where its letters stand
BETWEEN_DATES = 6


def areas(field: Field) -> tuple[Area, ...]:
    """A rectangle for each band; the darkest is always the worst."""
    bands = field.scale.bands
    greys = _greys(len(bands))
    if field.scale.direction == HIGHER_IS_BETTER:
        greys = greys[::-1]
    edges = [*(field.y(band.lowest) for band in bands), field.top]
    width = field.right - field.left
    return tuple(
        Area(field.left, edges[n + 1], width, round(edges[n] - edges[n + 1], 1), greys[n])
        for n in range(len(bands))
    )


def _greys(number: int) -> tuple[str, ...]:
    """The greys from the bottom; a sixth, and the ends again, for longer scales."""
    if number <= len(GREYS):
        return GREYS[:number]
    return (*GREYS, *(SIXTH for _ in range(number - len(GREYS))))


def limits(field: Field, *, only_ends: bool = False) -> tuple[Text, ...]:
    """The numbers at the left: the ends of the scale and the limits of its bands."""
    scale = field.scale
    wanted = [scale.lowest, scale.highest]
    if not only_ends:
        wanted += [band.lowest for band in scale.bands]
    kept: list[tuple[Decimal, float]] = []
    for limit in wanted:
        y = field.y(limit)
        if all(abs(y - other) >= ROW - 2 for _, other in kept):
            kept.append((limit, y))
    return tuple(
        Text(field.left - 8, round(y + MIDDLE, 1), plain(limit), "end") for limit, y in kept
    )


def names(field: Field) -> tuple[Text, ...]:
    """The names of the bands at the right, each on a line of its own."""
    bands = field.scale.bands
    found = areas(field)
    middles = [area.y + area.height / 2 + MIDDLE for area in found]
    room = field.sizes.right - BESIDE
    texts: list[Text] = []
    lowest = field.bottom + MIDDLE
    for band, middle in zip(bands, middles, strict=True):
        y = min(middle, lowest)
        texts.append(Text(field.right + BESIDE, round(y, 1), _named(band, room)))
        lowest = y - ROW
    return tuple(texts)


def _named(band: Band, room: float) -> str:
    """Such as "10 to 14 moderate"; shorter where the margin is narrow."""
    label = band.in_words or band.label.lower()
    if label[:1].isdigit():  # "0 of 10" would say the number again
        label = band.label.lower()
    numbers = f"{plain(band.lowest)} to {plain(band.highest)}"
    if band.lowest == band.highest:
        numbers = plain(band.lowest)
    for words in (f"{numbers} {label}", f"{numbers} {band.short}" if band.short else label, label):
        if text_width(words, 14) <= room:
            return words
    return _cut_off(f"{numbers} {label}", room)


def _cut_off(words: str, room: float) -> str:
    """As many whole words as there is room for."""
    kept = words.split()
    while len(kept) > 1 and text_width(" ".join(kept) + "...", 14) > room:
        kept.pop()
    return " ".join(kept) + "..."


def dates(field: Field, days: Sequence[date]) -> tuple[Text, ...]:
    """The days of visits, the last one always; others as far as they stand clear of each other."""
    if not days:
        return ()
    ordered = sorted(set(days))
    y = field.bottom + 20
    last = ordered[-1]
    reserved = _date(field, last, None, y)
    texts: list[Text] = []
    before: date | None = None
    for day in ordered[:-1]:
        text = _date(field, day, before, y)
        clear_left = not texts or text.box.left >= texts[-1].box.right + BETWEEN_DATES
        if clear_left and text.box.right + BETWEEN_DATES <= reserved.box.left:
            texts.append(text)
            before = day
    return (*texts, _date(field, last, before, y))


def _date(field: Field, day: date, before: date | None, y: float) -> Text:
    """A day, with its year where that is another than of the label before."""
    words = short_day(day)
    if before is None or before.year != day.year:
        words = f"{words} {day:%y}"
    if day == field.span.today:
        words = f"{short_day(day)}, today"
    return Text(field.x(day), y, words, "middle")


def cut_words(scale: Scale) -> str:
    """Such as "10: usual cut"."""
    return f"{plain(scale.cut)}: usual cut" if scale.cut is not None else ""


def place_cut(field: Field, ground: Ground) -> None:
    """The cut's name above or below its line, at the left where there is room."""
    scale = field.scale
    if scale.cut is None:
        return
    y, words = field.y(scale.cut), cut_words(scale)
    steps = range(0, int(field.right - field.left - 100), 40)
    ground.place(
        (Text(field.left + 6 + step, y + away, words, has_halo=True),)
        for step in steps
        for away in (-5, 15)
    )
