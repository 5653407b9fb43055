"""The passport of one instrument: the front of this folder."""

from imparts.rules.instruments.definition import Instrument
from imparts.rules.passport.asked import asked_of_whom, how_many, questions
from imparts.rules.passport.definition import Passport, Section
from imparts.rules.passport.examples import examples
from imparts.rules.passport.formulas import span
from imparts.rules.passport.limits import may_not
from imparts.rules.passport.meaning import change, marks_and_alerts, meaning
from imparts.rules.passport.missing import missing
from imparts.rules.passport.origin import authors, codes, rights
from imparts.rules.passport.phrases import counted
from imparts.rules.passport.scored import scored
from imparts.rules.passport.spoken import spoken_of

DIRECTIONS = {
    "higher_is_worse": "higher is worse",
    "higher_is_better": "higher is better",
    "no_direction": "no direction",
}


def passport_of(instrument: Instrument) -> Passport:
    """Explain one version of one instrument; its sections in the order in which one asks."""
    return Passport(
        id=instrument.id,
        name=instrument.short_title,
        title=instrument.title,
        version=instrument.version,
        measures=instrument.measures,
        gist=_gist(instrument),
        has_wording=instrument.has_wording,
        notice=instrument.rights.notice,
        sections=_sections(instrument),
    )


def _sections(instrument: Instrument) -> tuple[Section, ...]:
    return (
        asked_of_whom(instrument),
        scored(instrument),
        missing(instrument),
        meaning(instrument),
        marks_and_alerts(instrument),
        change(instrument),
        may_not(instrument),
        questions(instrument),
        examples(instrument),
        rights(instrument),
        authors(instrument),
        spoken_of(instrument),
        codes(instrument),
    )


def _gist(instrument: Instrument) -> str:
    """One line: how much is asked, and what comes out."""
    rule = instrument.scoring
    made = [how_many(instrument)]
    if rule.lowest is not None and rule.highest is not None:
        made.append(f"score {span(rule)}")
    elif rule.subscales:
        made.append(f"{counted(len(rule.subscales), 'part')}, each with its score")
    elif instrument.categories:
        made.append("the result is a word")
    made.append(DIRECTIONS[instrument.direction])
    return "; ".join(made) + "."
