"""The shapes of a plot: numbers and words, with nothing left for a template to decide."""

from dataclasses import dataclass, field

from imparts.workspace.pages.plot.text_width import text_width

ASCENT, DESCENT = 0.74, 0.22  # of Arial, in parts of its size


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles share any ground."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `strong` stands before it in bold."""

    x: float
    y: float
    words: str
    anchor: str = "start"
    size: int = 14
    is_bold: bool = False
    has_halo: bool = False
    strong: str = ""

    @property
    def box(self) -> Box:
        """The ground that the line takes up."""
        width = text_width(self.words, self.size, is_bold=self.is_bold)
        width += text_width(self.strong, self.size, is_bold=True)
        left = self.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        top = self.y - ASCENT * self.size
        return Box(left, top, left + width, self.y + DESCENT * self.size)


@dataclass(frozen=True, slots=True)
class Area:
    """A stretch of the scale: one band, in its grey."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One score: filled when it was measured, hollow when it is an estimate."""

    x: float
    y: float
    r: float
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A course of treatment over the plot."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Plot:
    """One measure over time, ready to draw. Paths are SVG path data; empty where there is none."""

    key: str
    width: float
    height: float
    title: str
    described: str
    areas: tuple[Area, ...] = ()
    hatch: str = ""
    edges: str = ""
    cut: str = ""
    dotted: str = ""
    lines: tuple[str, ...] = ()
    whiskers: str = ""
    ticks: str = ""
    events: str = ""
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()
    texts: tuple[Text, ...] = ()
    not_named: tuple[str, ...] = field(default=())
    """Treatments that are drawn but had no room for their names; said under the plot."""
