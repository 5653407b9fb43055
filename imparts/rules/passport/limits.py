"""What may not be done with an instrument, as far as that follows from its file and our rules."""

from imparts.rules.instruments.definition import Instrument
from imparts.rules.passport.definition import Points, Section, Words
from imparts.rules.passport.meaning import WITHOUT_NUMBER
from imparts.rules.passport.missing import may_be_estimated
from imparts.rules.passport.phrases import named


def may_not(instrument: Instrument) -> Section:
    """The whole section."""
    rules = (*_of_asking(instrument), *_of_reading(instrument))
    said = tuple(Words(text) for holds, text in rules if holds)
    return Section("may_not", "What may not be done", (Points(said),))


def _of_asking(instrument: Instrument) -> tuple[tuple[bool, str], ...]:
    """What may not be done when it is asked; each with whether it holds here."""
    youngest, oldest = instrument.youngest, instrument.oldest
    harm = named([one.item for one in instrument.harm_items])
    return (
        (
            True,
            "No question may be left out, reworded or put in another order; the wording cannot be "
            "edited here.",
        ),
        (
            not instrument.has_wording,
            "It may not be shown to a patient until a licensed wording has been loaded.",
        ),
        (youngest is not None, f"It may not be asked of people under {youngest}."),
        (oldest is not None, f"It may not be asked of people over {oldest}."),
        (not instrument.by_proxy, "Nobody may answer in the patient's place."),
        (bool(harm), f"{harm} may not be taken out, nor may its alerts be weakened."),
    )


def _of_reading(instrument: Instrument) -> tuple[tuple[bool, str], ...]:
    """What may not be made of a result; each with whether it holds here."""
    method = instrument.scoring.method
    has_number = method not in WITHOUT_NUMBER
    from_points = instrument.words_from is not None
    return (
        (method == "subscales", "The parts may not be added up to one total."),
        (
            may_be_estimated(instrument),
            "An estimate may not be compared with another score or enter outcome rates.",
        ),
        (
            has_number and from_points,
            "A change smaller than the one named above may not be called better or worse.",
        ),
        (
            has_number and not from_points,
            "No change of the score may be called better or worse: none is known to be reliable.",
        ),
    )
