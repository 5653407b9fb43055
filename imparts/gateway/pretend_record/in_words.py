"""In words: one message as a person at the hospital record would read it."""

from dataclasses import dataclass
from datetime import datetime

from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.message import Message, Segment, read_message

_STATUS = {
    "F": "final",
    "P": "preliminary",
    "C": "corrected",
    "X": "no answer",
    "D": "taken back",
    "W": "was wrong",
}
_SEX = {"F": "female", "M": "male", "A": "indeterminate"}
_KINDS_OF_NUMBER = {"NH": "number", "MR": "hospital number", "PI": "id", "VN": "visit"}


@dataclass(frozen=True, slots=True)
class Line:
    """One observation."""

    code: str
    what: str
    value: str
    mark: str  # "flagged" when the sender marked it
    status: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InWords:
    """What the message says."""

    patient: str
    born: str
    numbers: tuple[str, ...]
    place: str
    title: str
    answered_at: str
    status: str
    notes: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def gist(self) -> str:
        """The total and the band in one short phrase, or those of each part."""
        if self.lines and _has_no_total(self.lines[0]):
            return "; ".join([*_profile(self.lines), *_parts(self.lines)])
        whole = [line for line in self.lines if line.code.count(".") == 1]
        bands = [line.value for line in whole if line.code.endswith(".band")]
        scored = [line.value for line in self.lines[:1] if line.value]
        return ", ".join(dict.fromkeys(scored + bands)) or "no total"


def _has_no_total(first: Line) -> bool:
    return _is_part(first) or first.code.endswith(".profile")


def _is_part(line: Line) -> bool:
    return line.code.endswith(".total") and line.code.count(".") > 1


def _profile(lines: tuple[Line, ...]) -> list[str]:
    return [f"profile {one.value or 'none'}" for one in lines if one.code.endswith(".profile")]


def _parts(lines: tuple[Line, ...]) -> list[str]:
    """Such as "Anxiety 14, Probable case"."""
    banded = [line for line in lines if line.code.endswith(".band")]
    bands = {line.code.removesuffix(".band"): line.value for line in banded}
    parts = [one for one in lines if _is_part(one)]
    said = [(f"{_label(one)} {one.value or 'no score'}", one.code) for one in parts]
    named = [(words, bands.get(code.removesuffix(".total"), "")) for words, code in said]
    return [f"{words}, {band}" if band else words for words, band in named]


def _label(line: Line) -> str:
    return line.what.rpartition(", ")[2]


def in_words(text: str) -> InWords | None:
    """Read a message; None when it cannot be read."""
    try:
        message = read_message(text)
    except MessageRefused:
        return None
    report = message.first("OBR") or Segment("OBR", ())
    patient = message.first("PID") or Segment("PID", ())
    notes, lines = _observed(message)
    return InWords(
        patient=f"{patient.text(5).upper()}, {patient.text(5, component=2)}",
        born=", ".join(filter(None, [_day(patient.text(7)), _SEX.get(patient.text(8), "")])),
        numbers=tuple(_number(patient, place) for place in range(1, patient.count(3) + 1)),
        place=_place(message),
        title=report.text(4, component=2),
        answered_at=_moment(report.text(7)),
        status=_STATUS.get(report.text(25), report.text(25)),
        notes=notes,
        lines=lines,
    )


def _observed(message: Message) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """The notes on the report, and each observation with its own notes."""
    on_report: list[str] = []
    lines: list[tuple[Segment, list[str]]] = []
    for each in message.segments:
        if each.name == "OBX":
            lines.append((each, []))
        elif each.name == "NTE":
            (lines[-1][1] if lines else on_report).append(each.text(3))
    return tuple(on_report), tuple(_line(obx, notes) for obx, notes in lines)


def _line(obx: Segment, notes: list[str]) -> Line:
    is_coded = obx.text(2) == "CWE"
    return Line(
        code=obx.text(3),
        what=obx.text(3, component=2) or obx.text(3),
        value=obx.text(5, component=2) if is_coded else obx.text(5),
        mark="flagged" if obx.text(8) else "",
        status=_STATUS.get(obx.text(11), obx.text(11)),
        notes=tuple(notes),
    )


def _number(patient: Segment, place: int) -> str:
    value, authority, kind = (patient.text(3, repetition=place, component=c) for c in (1, 4, 5))
    return f"{authority} {_KINDS_OF_NUMBER.get(kind, kind)} {value}".strip()


def _place(message: Message) -> str:
    visit = message.first("PV1") or Segment("PV1", ())
    return visit.text(3, component=9) or visit.text(3)


def _day(written: str) -> str:
    """A day as the standard writes it, 20260714, as people do; "" when it is none."""
    try:
        return datetime.strptime(written[:8], "%Y%m%d").strftime("%-d %b %Y")
    except ValueError:
        return ""


def _moment(written: str) -> str:
    clock = f" at {written[8:10]}:{written[10:12]}" if len(written) >= 12 else ""
    return _day(written) + clock
