"""Whose it is, who wrote and checked the file, and by which codes others know it."""

from collections.abc import Iterable

from imparts.rules.instruments.definition import Instrument, Licence
from imparts.rules.passport.definition import Block, Fact, Facts, Points, Section, Words
from imparts.rules.passport.marks import origin_of
from imparts.rules.passport.phrases import day, sentence

SHIPS = {
    "yes": "The wording is part of imparts.",
    "with_notice": "The wording is part of imparts and is always shown with its notice.",
    "no": "Only the structure is part of imparts; the wording needs a licence or a permission.",
}
SYSTEMS = {"loinc": "LOINC", "snomed": "SNOMED CT"}


def rights(instrument: Instrument) -> Section:
    """Whose wording it is, by whose leave it is shown, and under which licence."""
    whose = instrument.rights
    rows = [
        Fact("Holder", sentence(whose.holder)),
        Fact("What may be done", sentence(whose.statement)),
        Fact("Part of imparts", SHIPS[whose.ships]),
        Fact("Notice to show", whose.notice or "The file names none."),
        Fact("Where that is written", whose.source),
    ]
    if instrument.licence:
        rows += _licence(instrument.licence)
    return Section("rights", "Rights and notice", (Facts(tuple(rows)),))


def _licence(licence: Licence) -> list[Fact]:
    ends = day(licence.expires) if licence.expires else "No end is stated."
    return [
        Fact("Licence held by", sentence(licence.holder)),
        Fact("Licence number", licence.number or "None is stated."),
        Fact("Licence ends", ends),
        Fact("Where the licence is", licence.source),
    ]


def authors(instrument: Instrument) -> Section:
    """Who wrote and checked the file, when it is looked at again, and what it rests on."""
    rows = (
        Fact("Version", instrument.version),
        Fact("Written by", sentence(instrument.authored_by)),
        Fact("Checked by", sentence(instrument.checked_by)),
        Fact("Last looked at", day(instrument.reviewed_on)),
        Fact("Next review", day(instrument.next_review)),
    )
    sources = Points(tuple(Words(sentence(source)) for source in instrument.sources))
    blocks: list[Block] = [Facts(rows)]
    if instrument.unverified:
        blocks.append(
            Words("Not verified: whoever signs this instrument here accepts each of these.")
        )
        blocks.append(Points(tuple(Words(f"{one.rstrip('.')}.") for one in instrument.unverified)))
    blocks += [Words("Sources"), sources]
    return Section("authors", "Who stands for this file", tuple(blocks))


def codes(instrument: Instrument) -> Section:
    """The codes by which other programs know the instrument, its questions and its answers."""
    rows = [
        Fact(
            SYSTEMS.get(one.system, one.system),
            _listed((name.replace("_", " "), code) for name, code in one.codes),
            origin_of(one.status),
        )
        for one in instrument.codes
    ]
    if items := [(item.id, item.loinc) for item in instrument.items if item.loinc]:
        rows.append(Fact("LOINC of questions", _listed(items)))
    answers = {
        (option.label or str(option.value), option.code): None
        for item in instrument.items
        for option in item.options
        if option.code
    }
    if answers:
        rows.append(Fact("LOINC of answers", _listed(answers)))
    if not rows:
        return Section("codes", "Codes", (Words("No codes are known here."),))
    return Section("codes", "Codes", (Facts(tuple(rows)),))


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name} {code}" for name, code in pairs) or "None is known."
