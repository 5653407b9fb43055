"""How results are spoken of: the words that imparts puts into summaries, lists and the tablet."""

from imparts.rules.instruments.definition import Band, Instrument
from imparts.rules.passport.definition import Block, Fact, Facts, Grid, Section
from imparts.rules.passport.phrases import quoted


def spoken_of(instrument: Instrument) -> Section:
    """The words that a patient and a clinician meet, beside the instrument's own."""
    leads = "yes, in bold" if instrument.leads_gist else "no"
    rows = (
        Fact("To clinicians", instrument.measures),
        Fact("To patients", f"part of the visit called {quoted(instrument.part)}"),
        Fact("In the one-sentence summary", _gist(instrument)),
        Fact("Leads that sentence", leads),
    )
    said = tuple(
        (item.id, option.label or str(option.value), option.said)
        for item in instrument.items
        for option in item.options
        if option.said
    )
    blocks: list[Block] = [Facts(rows)]
    if said:
        heads = ("Question", "Answer", "The summary says")
        blocks.append(Grid("Answers in the summary", heads, said))
    if shortened := tuple(_band(band) for band in _bands(instrument) if _is_spoken_otherwise(band)):
        heads = ("Band", "In a sentence", "In a narrow table")
        blocks.append(Grid("Bands in a sentence and in a table", heads, shortened))
    return Section("spoken", "Words that imparts uses", tuple(blocks))


def _gist(instrument: Instrument) -> str:
    """The sentence with a place left for what the result comes to."""
    said = instrument.gist_pattern.replace("{measures}", instrument.measures)
    return quoted(said.replace("{band}", "…"))


def _bands(instrument: Instrument) -> list[Band]:
    parts = [band for part in instrument.scoring.subscales for band in part.bands]
    return [*instrument.bands, *parts]


def _is_spoken_otherwise(band: Band) -> bool:
    return {band.in_words, band.short} != {band.label.lower()}


def _band(band: Band) -> tuple[str, str, str]:
    return band.label, band.in_words, band.short
