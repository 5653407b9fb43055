"""What a result means, what must be done about it, and how far it must move to say anything."""

from imparts.rules.instruments.definition import Band, Cut, Flag, Instrument
from imparts.rules.instruments.definition import Fact as PublishedFact
from imparts.rules.passport.definition import Block, Fact, Facts, Grid, Section, Words
from imparts.rules.passport.flags import flag_in_words
from imparts.rules.passport.marks import UNSTATED, mark_of, origin_of
from imparts.rules.passport.phrases import listed, named, number, quoted, sentence

DIRECTIONS = {
    "higher_is_worse": "A higher score is worse.",
    "higher_is_better": "A higher score is better.",
    "no_direction": "No direction: a higher number is neither worse nor better.",
}
WITHOUT_NUMBER = ("category", "decision_table", "profile", "licensor")


def meaning(instrument: Instrument) -> Section:
    """Direction, bands, words of the result, cut points."""
    note = instrument.direction_note
    blocks: list[Block] = [Words(DIRECTIONS[instrument.direction], note and origin_of(note))]
    blocks += [
        Words(f"{part.label}: {DIRECTIONS[part.direction].lower()}")
        for part in instrument.scoring.subscales
        if part.direction and part.direction != instrument.direction
    ]
    blocks += _bands("Bands", instrument.bands)
    for bands, labels in _bands_of_parts(instrument).items():
        blocks += _bands(f"Bands of {listed(labels)}", bands)
    if instrument.bands_status:
        blocks.append(Words("Where the bands come from", origin_of(instrument.bands_status)))
    if not any(isinstance(block, Grid) for block in blocks) and not instrument.categories:
        blocks.append(Words("The file names no bands."))
    if instrument.categories:
        rows = tuple((one.code, one.label) for one in instrument.categories)
        blocks.append(Grid("Words that a result can be", ("Code", "Result"), rows))
    blocks.append(_cuts(instrument))
    if instrument.somatic_items:
        blocks.append(
            Words(
                f"A physical illness can also cause what {named(instrument.somatic_items)} "
                "ask about; the summary says how many points they make up."
            )
        )
    return Section("meaning", "What the result means", tuple(blocks))


def _bands_of_parts(instrument: Instrument) -> dict[tuple[Band, ...], list[str]]:
    """The bands of the parts; parts that have the same ones share a table."""
    found: dict[tuple[Band, ...], list[str]] = {}
    for part in instrument.scoring.subscales:
        if part.bands:
            found.setdefault(part.bands, []).append(part.label)
    return found


def _bands(caption: str, bands: tuple[Band, ...]) -> list[Block]:
    if not bands:
        return []
    heads = ("Score", "Band", "Code")
    rows = tuple((_span(band), band.label, band.code) for band in bands)
    return [Grid(caption, heads, rows)]


def _span(band: Band) -> str:
    if band.lowest == band.highest:
        return number(band.lowest)
    return f"{number(band.lowest)} to {number(band.highest)}"


def _cuts(instrument: Instrument) -> Block:
    if not instrument.cuts:
        return Words("The file names no cut point.")
    rows = tuple(
        (_on(cut), cut.code.replace("_", " "), origin_of(cut.status)) for cut in instrument.cuts
    )
    return Grid("Cut points", ("From", "Cut point", "Where it comes from"), rows)


def _on(cut: Cut) -> str:
    """The number, and of what: the total, one part, or each part."""
    if not cut.of:
        return number(cut.value)
    return f"{number(cut.value)} on {'each part' if cut.of == 'each' else cut.of}"


def marks_and_alerts(instrument: Instrument) -> Section:
    """Every flag in words, and what a person must do."""
    blocks: list[Block] = []
    if instrument.flags:
        marks = tuple((_flag_name(one), flag_in_words(instrument, one)) for one in instrument.flags)
        blocks.append(Grid("Marks", ("Mark", "Is set when"), marks))
    else:
        blocks.append(Words("A result of this instrument carries no mark."))
    if instrument.alerts:
        rows = tuple(
            (
                f"{one.flag} (tier {one.tier})",
                f"{one.words}. In a list: {quoted(one.short_words)}",
                f"{sentence(one.urgency)} {sentence(one.action)} Pathway: {one.pathway}",
            )
            for one in instrument.alerts
        )
        blocks.append(Grid("Alerts", ("When the mark is set", "The alert says", "Do"), rows))
    else:
        blocks.append(Words("No answer to this instrument raises an alert by itself."))
    return Section("marks", "Marks and alerts", tuple(blocks))


def _flag_name(flag: Flag) -> str:
    return (
        f"{flag.code} (raises its alert; not listed in the result)"
        if flag.only_alerts
        else flag.code
    )


def change(instrument: Instrument) -> Section:
    """How far a score must move before anything is said of it."""
    rows: list[Fact] = []
    origin = origin_of(instrument.change_source)
    if instrument.reliable_change is not None:
        said = (
            f"{instrument.reliable_change} points or more. Only from there on “better” and “worse” "
            "are said."
        )
        rows.append(Fact("Reliable change", said, origin))
    else:
        # What the file says of change is then about the change worth noting.
        said_of_none = "" if instrument.notable_change is not None else instrument.change_source
        rows.append(Fact("Reliable change", "None is known.", said_of_none and origin))
    if instrument.notable_change is not None:
        notable = f"{instrument.notable_change} points or more."
        rows.append(Fact("Change worth noting", notable, origin))
    if important := _important(instrument):
        said_by = origin_of(instrument.important_change_source)
        rows.append(Fact("Smallest important change", important, said_by))
    if instrument.words_from is None and instrument.scoring.method not in WITHOUT_NUMBER:
        rows.append(
            Fact("What is said", "A score has “changed”; never that it is better or worse.")
        )
    rows += [
        Fact(sentence(one.name).rstrip("."), sentence(one.value), _origin_of_fact(one))
        for one in instrument.facts
    ]
    return Section("change", "Change, and other published numbers", (Facts(tuple(rows)),))


def _important(instrument: Instrument) -> str:
    """The smallest change that matters to people, in words; nothing where nobody says."""
    points, percent = instrument.important_change, instrument.important_percent
    said = [f"{number(points)} points"] if points is not None else []
    said += [f"{percent} per cent of the earlier score"] if percent is not None else []
    if not said:
        return ""
    only = f" Only of a {instrument.important_way}." if instrument.important_way else ""
    return f"{' or '.join(said)}.{only}"


def _origin_of_fact(fact: PublishedFact) -> str:
    """Some facts name their origin in their own words."""
    said = mark_of(fact.value)
    return origin_of(fact.status) if fact.status or said == UNSTATED else said
