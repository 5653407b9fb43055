"""The library: every instrument in the version that counts, and whether it may be asked here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from imparts.library.models import ContentVersion
from imparts.library.queries import form_of, instrument_of, why_not_offered
from imparts.library.queries.standing import with_standing
from imparts.rules.instruments.definition import Instrument

Kind = ContentVersion.Kind
OFFERED, ENDED, STRUCTURE, NOT_HERE = "offered", "ended", "structure", "not_here"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether one version may be asked on a day."""

    state: str  # offered, ended (its licence), structure (no wording), or not_here
    why_not: str = ""
    is_signed: bool = False
    licence_ends: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One instrument, or one questionnaire that was brought in, in the version that counts."""

    key: str
    name: str
    title: str
    measures: str
    part: str
    questions: int
    version: str
    has_wording: bool
    content_id: int
    standing: Standing
    versions: int  # how many the library keeps
    is_form: bool = False


def every_entry(*, on: date) -> tuple[Entry, ...]:
    """All instruments and all questionnaires that were brought in, on a day, by their names."""
    instruments = _by_key(Kind.INSTRUMENT, Kind.WORDING).values()
    found = [_entry(contents, on=on) for contents in instruments]
    found += [_form_entry(contents, on=on) for contents in _by_key(Kind.FORM).values()]
    return tuple(sorted(found, key=lambda one: one.name.lower()))


def _by_key(*kinds: str) -> dict[str, list[ContentVersion]]:
    """Every version of these kinds with what stands for and against it, newest first."""
    versions: dict[str, list[ContentVersion]] = defaultdict(list)
    for content in with_standing().filter(kind__in=kinds).order_by("-id"):
        versions[content.key].append(content)
    return versions


def versions_of(key: str) -> tuple[ContentVersion, ...]:
    """Every version of one instrument and of its wordings, newest first."""
    rows = with_standing().filter(kind__in=(Kind.INSTRUMENT, Kind.WORDING), key=key)
    return tuple(rows.order_by("-id"))


def that_counts(contents: Iterable[ContentVersion], *, on: date) -> ContentVersion:
    """The newest that may be asked; else the newest wording; else the newest structure."""
    versions = tuple(contents)
    offered = [one for one in versions if why_not_offered(one, on=on) is None]
    wordings = [one for one in versions if one.kind == Kind.WORDING]
    return next(iter([*offered, *wordings, *versions]))


def standing_of(content: ContentVersion, *, on: date) -> Standing:
    """Whether a version that with_standing() read may be asked on a day."""
    why = why_not_offered(content, on=on)
    instrument = instrument_of(content.pk)
    licence = instrument.licence
    ends = licence.expires if licence else None
    return Standing(
        state=_state(instrument, why, has_ended=ends is not None and ends < on),
        why_not=why or "",
        is_signed=content.signed_at is not None,
        licence_ends=ends,
    )


def _state(instrument: Instrument, why_not: str | None, *, has_ended: bool) -> str:
    if why_not is None:
        return OFFERED
    if has_ended:
        return ENDED
    return NOT_HERE if instrument.has_wording else STRUCTURE


def _entry(contents: list[ContentVersion], *, on: date) -> Entry:
    content = that_counts(contents, on=on)
    instrument = instrument_of(content.pk)
    return Entry(
        key=instrument.id,
        name=instrument.short_title,
        title=instrument.title,
        measures=instrument.measures,
        part=instrument.part,
        questions=len(instrument.items),
        version=instrument.version,
        has_wording=instrument.has_wording,
        content_id=content.pk,
        standing=standing_of(content, on=on),
        versions=len(contents),
    )


def _form_entry(contents: list[ContentVersion], *, on: date) -> Entry:
    content = next((one for one in contents if why_not_offered(one, on=on) is None), contents[0])
    form = form_of(content.pk)
    why = why_not_offered(content, on=on)
    return Entry(
        key=form.key,
        name=form.title or form.key,
        title="",
        measures="",
        part="",
        questions=sum(item.may_be_asked for item in form.all_items),
        version=form.version,
        has_wording=True,
        content_id=content.pk,
        standing=Standing(
            state=NOT_HERE if why else OFFERED,
            why_not=why or "",
            is_signed=content.signed_at is not None,
        ),
        versions=len(contents),
        is_form=True,
    )
