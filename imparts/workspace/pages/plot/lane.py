"""The lane above a plot: treatments as bars and ticks with their names, and dotted lines down."""

from collections.abc import Sequence
from dataclasses import dataclass

from imparts.rules.trends.definition import TreatmentDrawn
from imparts.workspace.pages.plot.field import Field
from imparts.workspace.pages.plot.shapes import Bar, Box, Text

BAR_FROM, BAR_HIGH, TICK_HIGH = 22.0, 8.0, 12.0  # above the field's top
NAME_FROM = 30.0
APART = 8.0


@dataclass(frozen=True, slots=True)
class Lane:
    """What is drawn of the treatments."""

    bars: tuple[Bar, ...]
    events: str
    dotted: str
    texts: tuple[Text, ...]
    not_named: tuple[str, ...]

    @property
    def grounds(self) -> tuple[Box, ...]:
        """What values must keep clear of: names, bars, and the lane of ticks below a name."""
        bars = [Box(b.x, b.y, b.x + b.width, b.y + b.height) for b in self.bars]
        return (*bars, *(text.box for text in self.texts))


def lane(field: Field, treatments: Sequence[TreatmentDrawn]) -> Lane:
    """Every treatment that touches the span; a name that has no room is said under the plot."""
    shown = [one for one in treatments if _touches(field, one)]
    texts: list[Text] = []
    not_named: list[str] = []
    for one in shown:
        text = _name(field, one)
        if all(_is_clear(text.box, other.box) for other in texts):
            texts.append(text)
        else:
            not_named.append(one.what)
    return Lane(
        bars=tuple(_bar(field, one) for one in shown if not one.is_event),
        events=" ".join(_event(field, one) for one in shown if one.is_event),
        dotted=dotted(field, treatments, from_y=field.top - BAR_FROM + TICK_HIGH),
        texts=tuple(texts),
        not_named=tuple(not_named),
    )


def dotted(field: Field, treatments: Sequence[TreatmentDrawn], *, from_y: float) -> str:
    """A line down from each beginning, end and event."""
    days = {one.began_on for one in treatments if _starts_inside(field, one)}
    days |= {one.ended_on for one in treatments if one.ended_on and _touches(field, one)}
    xs = sorted({field.x(day) for day in days})
    return " ".join(f"M{x} {from_y:g}V{field.bottom:g}" for x in xs)


def _touches(field: Field, one: TreatmentDrawn) -> bool:
    last = one.began_on if one.is_event else (one.ended_on or field.span.last)
    return one.began_on <= field.span.last and last >= field.span.first


def _starts_inside(field: Field, one: TreatmentDrawn) -> bool:
    return field.span.first <= one.began_on <= field.span.last


def _edges(field: Field, one: TreatmentDrawn) -> tuple[float, float]:
    start = field.x(one.began_on) if _starts_inside(field, one) else field.left
    end = field.x(one.ended_on) if one.ended_on else field.right
    return start, max(end, start + 2)


def _bar(field: Field, one: TreatmentDrawn) -> Bar:
    start, end = _edges(field, one)
    return Bar(start, field.top - BAR_FROM, round(end - start, 1), BAR_HIGH)


def _event(field: Field, one: TreatmentDrawn) -> str:
    from_y = field.top - BAR_FROM
    return f"M{field.x(one.began_on)} {from_y:g}V{from_y + TICK_HIGH:g}"


def _name(field: Field, one: TreatmentDrawn) -> Text:
    """Over its beginning; an event's name over the middle; never beyond the field."""
    y = field.top - NAME_FROM
    if one.is_event:
        text = Text(field.x(one.began_on), y, one.what, "middle")
    else:
        text = Text(_edges(field, one)[0], y, one.what)
    if text.box.right > field.sizes.width:
        return Text(field.sizes.width - 2, y, one.what, "end")
    if text.box.left < 0:
        return Text(0, y, one.what)
    return text


def _is_clear(one: Box, other: Box) -> bool:
    return one.right + APART <= other.left or other.right + APART <= one.left
