"""Cases as text files: what the record sends, what it is answered, and what is known afterwards.

    # An update changes the name [31]
    ADT^A28 08:00
    PID|||H1^^^^MR||Moss^Ada^^^^^L||19610314|F
    = AA
    ADT^A08 09:00
    PID|||H1^^^^MR||Reed^Ada^^^^^L||19610314|F
    = AA
    > patient H1: Reed, Ada; born 1961-03-14; female

A case begins with `#`, its name, and in brackets the rows of the table of faults that it is about.
A message begins with its kind and the time at which it says it was recorded; words after that
change its header (`from=EPR`, `MSH-11=T`, `id=7`), and its segments follow as they are sent, in
which NUL and other characters may be written as Python writes them. `= AA` or `= AR PID-3 words`
is what it must be answered, with `-` for no place. `> ...` are all the facts there are at the end,
in any order; `? words` must stand in the remark of the answer before it.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
_SEGMENTS = re.compile(r"[A-Z][A-Z0-9]{2}\||MSH.")


@dataclass(slots=True)
class Sent:
    """One message, and what it must be answered."""

    kind: str
    said_at: str
    changes: dict[str, str]
    segments: list[str] = field(default_factory=list)
    code: str = ""
    where: str = ""
    words: str = ""


@dataclass(slots=True)
class Case:
    """One case."""

    name: str
    rows: tuple[int, ...]
    is_demo: bool
    sent: list[Sent] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


def every_case() -> list[Case]:
    """All cases of all files."""
    return [case for file in sorted(FOLDER.glob("*.txt")) for case in _cases(file)]


def _cases(file: Path) -> list[Case]:
    found: list[Case] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            _take(line, found)
        except (ValueError, IndexError) as wrong:
            raise AssertionError(f"{file.name}, line {number}: {wrong}") from wrong
    return found


def _take(line: str, found: list[Case]) -> None:
    if not line.strip() or line.startswith("//"):
        return
    if line.startswith("# "):
        found.append(_begin(line[2:]))
    elif line.startswith("= "):
        _answer(found[-1].sent[-1], line[2:])
    elif line.startswith("? "):
        found[-1].sent[-1].words = line[2:]
    elif line.startswith("> "):
        found[-1].known.append(line[2:])
    elif _SEGMENTS.match(line):
        found[-1].sent[-1].segments.append(line)
    else:
        found[-1].sent.append(_message(line))


def _begin(line: str) -> Case:
    name, _, rows = line.rstrip("]").partition(" [")
    numbers = tuple(int(each) for each in re.findall(r"\d+", rows))
    if not numbers:
        raise ValueError("the case names no row")
    return Case(name, numbers, is_demo="in production" not in rows)


def _message(line: str) -> Sent:
    kind, said_at, *changes = line.split(" ")
    return Sent(kind, said_at, dict(each.split("=", 1) for each in changes))


def _answer(sent: Sent, line: str) -> None:
    sent.code, _, rest = line.partition(" ")
    where, _, sent.words = rest.partition(" ")
    sent.where = "" if where == "-" else where
    if sent.code not in ("AA", "AE", "AR"):
        raise ValueError("an answer is AA, AE or AR")


def written(sent: Sent, number: int) -> bytes:
    """The bytes of a message, as a sender would write them."""
    moment = _moment(sent.said_at)
    application, facility = {
        "PAS": ("PAS", "RXX"),
        "EPR": ("EPR", "RYY"),
        "TRAIN": ("TRAIN", "RXX"),
    }[sent.changes.get("from", "PAS")]
    header = {
        3: application, 4: facility, 5: "IMPARTS", 6: "IMPARTS", 7: moment, 9: sent.kind,
        10: sent.changes.get("id", f"M{number}"), 11: "P", 12: "2.5.1", 18: "UNICODE UTF-8",
    }  # fmt: skip
    for name, value in sent.changes.items():
        if name.startswith("MSH-"):
            header[int(name[4:])] = value
    fields = "|".join(header.get(n, "") for n in range(3, 19))
    segments = [f"MSH|^~\\&|{fields}"]
    if sent.kind.startswith("ADT") and sent.changes.get("EVN") != "none":
        event = sent.changes.get("EVN-1", sent.kind[4:])
        segments.append(f"EVN|{event}|{sent.changes.get('EVN-2', moment)}")
    segments += [_meant(each) for each in sent.segments]
    return "".join(f"{each}\r" for each in segments).encode(errors="surrogatepass")


def _moment(said: str) -> str:
    if re.fullmatch(r"\d\d:\d\d", said):
        return f"20261117{said.replace(':', '')}00"
    return "" if said == "-" else re.sub(r"[-:T](?=\d\d)", "", said, count=5)


def _meant(segment: str) -> str:
    """`{NUL}`, `{long 200}`, `{200E}` and the like stand for what cannot be seen in a file."""
    segment = re.sub(r"\{long (\d+)\}", lambda m: "x" * int(m.group(1)), segment)
    segment = re.sub(r"\{([0-9A-F]{4,5})\}", lambda m: chr(int(m.group(1), 16)), segment)
    return segment.replace("{NUL}", "\0")
