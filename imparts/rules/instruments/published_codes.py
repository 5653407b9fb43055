"""Published codes: which LOINC and SNOMED CT codes of an instrument may be told to others.

A code that a file marks as general knowledge is told to nobody: it could name something else.
"""

from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.unverified import is_unverified

# What the files call the code of the whole instrument, and of its result.
PANEL_NAMES = ("panel", "assessment_scale_uk")
RESULT_NAMES = ("total", "mean_score", "score")
# K10: SNOMED CT's code is used in England for a score from 0 to 40, ours runs from 10 to 50.
ON_ANOTHER_SCALE = {"720211004": 10}
SYSTEMS = {"loinc": "LOINC", "snomed": "SNOMED CT"}
NO_BREAK = "\N{NO-BREAK SPACE}"


def published(instrument: Instrument, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs of system and code, without those that nobody has verified."""
    return tuple(
        (codes.system, code)
        for codes in instrument.codes
        if codes.system in SYSTEMS and not is_unverified(codes.status)
        for name, code in codes.codes
        if name in names and code
    )


def result_in_words(instrument: Instrument) -> tuple[str, ...]:
    """The codes of the result on our own scale, for a reader: "LOINC 44261-6"."""
    return tuple(
        f"{SYSTEMS[system]} {code}".replace(" ", NO_BREAK)
        for system, code in published(instrument, RESULT_NAMES)
        if code not in ON_ANOTHER_SCALE
    )
