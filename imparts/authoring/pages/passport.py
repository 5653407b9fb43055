"""The passport page: one version of one instrument, explained, with what this site did with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from imparts.authoring.pages.standing import in_full
from imparts.authoring.queries.previewing import ONE_INSTRUMENT
from imparts.design.dates import clock, day
from imparts.gateway.fhir.notices import LOINC_NOTICE, SNOMED_NOTICE
from imparts.rules.passport.definition import Passport, Section
from imparts.rules.passport.passport import passport_of

if TYPE_CHECKING:
    from imparts.authoring.queries.passports import Shown, Signed
    from imparts.library.models import ContentVersion
    from imparts.rules.instruments.definition import Instrument

WIDE = ("questions", "examples")  # tables with long texts
BESIDE = ("rights", "authors", "spoken", "codes")
NOT_CHECKED = "not yet checked by a clinician"
KINDS = {"instrument": "as shipped", "wording": "with a licensed wording or a translation"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Another version or language, as a link."""

    label: str
    content_id: int
    language: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SignatureInWords:
    """Who signed it here, and what they accepted with it."""

    text: str
    accepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A passport as it is laid out: what is read first, what stands beside it, the wide tables."""

    passport: Passport
    first: tuple[Section, ...]
    beside: tuple[Section, ...]
    wide: tuple[Section, ...]
    caution: str
    notices: tuple[str, ...]

    @classmethod
    def of(cls, instrument: "Instrument") -> "Leaf":
        """Lay out one passport."""
        passport = passport_of(instrument)
        apart = (*WIDE, *BESIDE)
        unchecked = instrument.checked_by.lower().startswith(NOT_CHECKED)
        return cls(
            passport=passport,
            first=tuple(one for one in passport.sections if one.code not in apart),
            beside=tuple(one for one in passport.sections if one.code in BESIDE),
            wide=tuple(one for one in passport.sections if one.code in WIDE),
            caution="No clinician has checked this file yet." if unchecked else "",
            notices=tuple(_code_notices(instrument)),
        )


@dataclass(frozen=True, slots=True)
class PassportPage:
    """One passport on its own page."""

    title: str
    content_id: int
    leaf: Leaf
    state: str
    is_offered: bool
    versions: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    signatures: tuple[SignatureInWords, ...]
    may_be_handed_out: bool
    tried_as: str
    """What a preview of it alone is called; empty where there is no wording to show."""
    printed: str

    @classmethod
    def of(cls, shown: "Shown", *, on: date, now: datetime, by: str) -> "PassportPage":
        """Put one version into words."""
        instrument = shown.instrument
        return cls(
            title=instrument.short_title,
            content_id=shown.content.pk,
            leaf=Leaf.of(instrument),
            state=in_full(shown.standing, on=on),
            is_offered=not shown.standing.why_not,
            versions=_versions(shown.versions, current=shown.content.pk),
            languages=_languages(shown),
            signatures=tuple(_signature(one) for one in shown.signatures),
            # A licence lets this site ask the words, not hand them on as a file.
            may_be_handed_out=instrument.licence is None,
            tried_as=f"{ONE_INSTRUMENT}{instrument.language}" if instrument.has_wording else "",
            printed=f"Printed by {by} on {day(now)} at {clock(now)}.",
        )


@dataclass(frozen=True, slots=True)
class Guide:
    """Every passport as shipped, for one print-out."""

    title: str
    intro: str
    leaves: tuple[Leaf, ...]
    notices: tuple[str, ...]

    @classmethod
    def of(cls, instruments: "Sequence[Instrument]") -> "Guide":
        """All of them, in the order given."""
        return cls(
            title="Guide to the instruments",
            intro=(
                f"{len(instruments)} instruments as they are shipped with imparts. Wordings that "
                "this site holds a licence for are not printed here."
            ),
            leaves=tuple(Leaf.of(one) for one in instruments),
            notices=(LOINC_NOTICE, SNOMED_NOTICE),
        )


def _code_notices(instrument: "Instrument") -> Iterator[str]:
    """What the owners of codes ask to be said wherever their codes stand."""
    systems = {one.system for one in instrument.codes if one.codes}
    if "loinc" in systems or any(item.loinc for item in instrument.items):
        yield LOINC_NOTICE
    if "snomed" in systems:
        yield SNOMED_NOTICE


def _versions(contents: "Sequence[ContentVersion]", *, current: int) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            label=f"{one.version}, {KINDS[one.kind]}",
            content_id=one.pk,
            language="",
            is_current=one.pk == current,
        )
        for one in contents
    )


def _languages(shown: "Shown") -> tuple[Choice, ...]:
    if len(shown.languages) < 2:
        return ()
    return tuple(
        Choice(name, shown.content.pk, tag, tag == shown.instrument.language)
        for tag, name in shown.languages
    )


def _signature(one: "Signed") -> SignatureInWords:
    said = f"{one.by}, {one.as_role}, {day(one.at)}: {one.statement}"
    return SignatureInWords(said, one.accepts)
