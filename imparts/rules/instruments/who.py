"""Who an instrument may be asked of: its age limits, and whether someone may answer for another."""

from imparts.rules.instruments.definition import Instrument


def reason_not_to_ask(instrument: Instrument, *, age: int | None, by_proxy: bool) -> str | None:
    """Why this instrument is left out for this person; None when it may be asked.

    Someone who reads aloud or taps for the patient is a helper, not a proxy: the answers are the
    patient's own. An age that is not known leaves nothing out.
    """
    name = instrument.short_title
    if age is not None and instrument.youngest is not None and age < instrument.youngest:
        return f"{name} is for people aged {instrument.youngest} and over."
    if age is not None and instrument.oldest is not None and age > instrument.oldest:
        return f"{name} is for people aged {instrument.oldest} and under."
    if by_proxy and not instrument.by_proxy:
        return f"{name} asks how a person feels, so only the person can answer it."
    return None
