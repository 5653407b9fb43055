"""Edge cases: patients who make life hard for programs, planted in every demonstration.

Who they are and what they answered is written here; the merge is an action, done by join_records.
"""

from datetime import date, datetime

from imparts.demo.day.queries import patient
from imparts.demo.named.scripts import Named, PastVisit, Script
from imparts.people import actions as people

_LONG_GIVEN = "Þórdís-Séraphine Ángela Zoë"
_LONG_FAMILY = "Ó Thistlewickhambrøugh-Świętoborzyńska-Nettlebækmöre-Châteaubramblefåld-Pęnnymûrr"
_USUAL = Script("111110100", "1110100", 3, "0", "110")

EDGE_CASES = (
    Named(
        "hephzibah-quillfold", "Has two records, found to be one person's: this one stays.",
        "Hephzibah", "Quillfold", date(1969, 7, 2), "female", "9990440506", "FH210001",
        (PastVisit(300, _USUAL),),
    ),
    Named(
        "hephzibah-quillfold-again", "The record that was merged into Hephzibah Quillfold's.",
        "Hepzibah", "Quilfold", date(1969, 7, 2), "female", "", "FH210002",
        (PastVisit(310, Script("112211110", "1111111", 5, "0", "110")),),
    ),
    Named(
        "ada-spindlewick", "A twin: same family name and birth date as Ida.",
        "Ada", "Spindlewick", date(1974, 2, 28), "female", "9990441871", "FH210003",
        (PastVisit(95, _USUAL),),
    ),
    Named(
        "ida-spindlewick", "A twin: same family name and birth date as Ada.",
        "Ida", "Spindlewick", date(1974, 2, 28), "female", "9990443246", "FH210004",
        (PastVisit(95, Script("222221211", "2222211", 7, "3211", "000")),),
    ),
    Named(
        "oluchi-tumblefold", "Has no NHS number.",
        "Oluchi", "Tumblefold", date(1988, 12, 11), "female", "", "FH210005",
        (PastVisit(60, _USUAL),), ethnicity="N",
    ),
    Named(
        "perpetua-lanternby", "Works here: the record is marked as sensitive.",
        "Perpetua", "Lanternby", date(1980, 6, 18), "female", "9990444617", "FH210006",
        (PastVisit(70, Script("112210110", "2211110", 4, "0", "210")),), is_sensitive=True,
    ),
    Named(
        "barnaby-windlestile", "Died between two visits.",
        "Barnaby", "Windlestile", date(1941, 10, 9), "male", "9990445982", "FH210007",
        (PastVisit(210, _USUAL),), died_days_ago=120,
    ),
    Named(
        "claudette-ribbonmere", "Moved from the second trust to the first: two hospital numbers.",
        "Claudette", "Ribbonmere", date(1965, 4, 4), "female", "9990447357", "FH210008",
        (PastVisit(500, _USUAL, specialty="ibd"), PastVisit(80, _USUAL)), ethnicity="M",
    ),
    Named(
        "jago-cloverdyke", "Under 18 in a clinic for adults: PHQ-9 is not asked.",
        "Jago", "Cloverdyke", date(2009, 12, 30), "male", "9990448728", "TI210009",
        (PastVisit(40, _USUAL),), specialty="cystic-fibrosis", always_under_18=True,
    ),
    Named(
        "merlene-copperholt", "Item 9 is several days while PHQ-9 is only 3: a low sum, an alert.",
        "Merlene", "Copperholt", date(1971, 1, 25), "female", "9990450099", "FH210010",
        (PastVisit(33, Script("001100001", "0100000", 2, "0", "100")),), ethnicity="M",
    ),
    Named(
        "viktor-teaselby", "Answered the same measures at two trusts three days apart.",
        "Viktor", "Teaselby", date(1976, 3, 3), "male", "9990452830", "FH210011",
        (
            PastVisit(50, Script("111211100", "1111110", 4, "2100", "321"), specialty="hiv"),
            PastVisit(47, Script("112211100", "1111111", 5, "2100", "321")),
        ),
        ethnicity="C",
    ),
    Named(
        "nour-saffronfold", "Reads Arabic from right to left and answers with an interpreter.",
        "Nour", "Saffronfold", date(1983, 5, 5), "female", "9990454205", "FH210012",
        (PastVisit(20, Script("121211110", "2121111", 6, "0", "000", "interpreter")),),
        ethnicity="S", language="ar", needs_interpreter=True,
    ),
    Named(
        "gwendolyn-pickleshaw", "Answered at the door; then the appointment was cancelled.",
        "Gwendolyn", "Pickleshaw", date(1959, 9, 9), "female", "9990455570", "FH210013",
        (PastVisit(25, _USUAL, what="cancelled after answering"),),
    ),
    Named(
        "thor-and-more", "Has a name of more than sixty letters, with many marks.",
        _LONG_GIVEN, _LONG_FAMILY, date(1990, 2, 1), "female", "9990456941", "FH210014",
        (PastVisit(12, _USUAL),), ethnicity="C",
    ),
    Named(
        "clement-tinderwick", "Answered at home in the hour that the clocks go through twice.",
        "Clement", "Tinderwick", date(1967, 11, 30), "male", "9990458316", "FH210015",
        (PastVisit(0, _USUAL, what="in the clock change night"),),
    ),
    Named(
        "winifred-pebblegate", "Answered some items only: her PHQ-9 is an estimate that straddles.",
        "Winifred", "Pebblegate", date(1953, 6, 6), "female", "9990459681", "FH210016",
        (PastVisit(18, Script("112-2-110", "11-1110", 6, "0", "000")),),
    ),
)  # fmt: skip


def join_records(*, by: str, at: datetime) -> None:
    """Join the two records that are one person's, as a member of staff would."""
    of_slug = {named.slug: patient(named.id) for named in EDGE_CASES}
    people.merge(
        loser=of_slug["hephzibah-quillfold-again"], survivor=of_slug["hephzibah-quillfold"],
        by=by, at=at, why="Same person: birth date, address and practice agree",
    )  # fmt: skip
