"""Cast: what the named patients do today at the rheumatology clinic of this half-day."""

from collections.abc import Mapping
from typing import Any

from imparts.demo.day.parts import Part
from imparts.demo.named.scripts import Script, answers_in
from imparts.demo.story import named
from imparts.rules.instruments.definition import Instrument

_SCRIPTS = {
    "amara-thimblewick": Script("212321111", "2222111", 7, "3210", "210"),
    "tomasz-inkwell": Script("12121101-", "1111100", 4, "1", "321"),
    "yusuf-pennywhistle": Script("232322220", "2111211", 6, "1", "000"),
    "sunita-larkspur": Script("122211110", "1111110", 5, "0", "000", "interpreter"),
    "dorothy-gorsebank": Script("001210110", "1101000", 4, "1", "000", "family"),
    "leonard-marrowby": Script("001110000", "1100000", 5, "1", "210"),
    "walter-nettlebed": Script("111211101", "2222211", 6, "3010", "110"),
    "kofi-brambleton": Script("011110000", "1010100", 2, "0", "100"),
    "mei-candlewick": Script("111110000", "1110000", 4, "0", "000"),
    "eamon-foxglove": Script("111211110", "1121111", 6, "3010", "321"),
    "priya-dapplewood": Script("111110000", "1111000", 3, "0", "000"),
}  # fmt: skip


def cast(instruments: Mapping[str, Instrument]) -> tuple[Part, ...]:
    """Seventeen appointments; whoever comes by finds the same stories at any hour."""

    def part(slug: str, minutes: int, **more: Any) -> Part:
        script = _SCRIPTS.get(slug)
        answers = answers_in(script, instruments) if script else None
        helped = script.who_helped if script else "nobody"
        return Part(named(slug).id, minutes, answers=answers, who_helped=helped, **more)

    return (
        part("walter-nettlebed", -86, state="left", arrived=95, moved=42, asking="finished",
             asked=78, tablet=1),
        part("leonard-marrowby", -76, state="left", arrived=79, moved=45, asking="finished",
             asked=59, tablet=3, decides=True),
        part("eamon-foxglove", -66, state="left", arrived=83, moved=30, asking="finished",
             asked=67, tablet=2, decides=True),
        part("dorothy-gorsebank", -56, state="left", arrived=72, moved=24, asking="finished",
             asked=55, tablet=5, decides=True),
        part("nadia-ottershaw", -36, state="left", arrived=50, moved=11, asking="declined",
             asked=44),
        part("priya-dapplewood", -26, state="in_room", arrived=38, moved=15, place="Room 2",
             asking="finished", asked=300, days_before=1, decides=True),
        part("sunita-larkspur", -16, state="in_room", arrived=64, moved=12, place="Room 3",
             asking="finished", asked=52, tablet=1),
        part("kofi-brambleton", -6, state="arrived", arrived=13, place="Area A",
             asking="answering", asked=8, stops_after=14, tablet=3),
        part("amara-thimblewick", 4, state="arrived", arrived=11, place="Area B",
             asking="finished", asked=1, tablet=1),
        part("mei-candlewick", 9, state="arrived", arrived=12, place="Area B",
             asking="answering", asked=4, stops_after=3, tablet=2, asks_for_help=True),
        part("sam-pemberton", 14, state="arrived", arrived=5, place="Area A"),
        part("tomasz-inkwell", 24, state="arrived", arrived=9, place="Area B",
             asking="answering", asked=6, stops_after=16, tablet=6),
        part("yusuf-pennywhistle", 44, state="arrived", arrived=6, place="Area A",
             asking="finished", asked=120, days_before=2),
        part("bronwen-hollowmere", 64, state="arrived", arrived=2, place="Area A"),
        part("idris-saltmarsh", 84),
        part("cedric-puddlethorpe", 104),
        part("ines-tansyworth", 124),
    )  # fmt: skip
