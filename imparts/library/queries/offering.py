"""Which version of each instrument or form a patient is asked, in their language, on a day.

A licensed wording stands in for the structure that is shipped without words. Of several versions
the one loaded last counts, of those that may be offered: a newer one replaces an older from when it
is loaded and signed, and an invitation that has begun keeps the version that it began with.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.conf.locale import LANG_INFO

from imparts.library.models import ContentVersion
from imparts.library.queries.reading import form_of, instrument_of, languages_in
from imparts.library.queries.standing import why_not_offered, with_standing
from imparts.rules.packs.definition import Pack
from imparts.rules.wording.languages import best_of

Kind = ContentVersion.Kind
ASKED = (Kind.INSTRUMENT, Kind.WORDING, Kind.FORM)
Candidates = dict[str, list[tuple[ContentVersion, str | None]]]


def instruments_for(pack: Pack, *, language: str = "en", on: date) -> Mapping[str, ContentVersion]:
    """The version of each instrument of a pack that is offered in one language on a day."""
    offered = _offered(_candidates([ask.instrument for ask in pack.asks], on=on), language)
    groundless = _groundless(pack, offered)
    return {key: content for key, content in offered.items() if key not in groundless}


def left_out_for(pack: Pack, *, language: str = "en", on: date) -> tuple[tuple[str, str], ...]:
    """The instruments of a pack that are not offered in one language on a day, each with why."""
    candidates = _candidates([ask.instrument for ask in pack.asks], on=on)
    offered = _offered(candidates, language)
    groundless = _groundless(pack, offered)
    return tuple(
        (key, groundless.get(key) or _why(key, language, versions))
        for key, versions in candidates.items()
        if key not in offered or key in groundless
    )


def not_offered_in_any_language(pack: Pack, *, on: date) -> tuple[tuple[str, str], ...]:
    """The instruments of a pack that nobody could be asked on a day, each by name with why."""
    candidates = _candidates([ask.instrument for ask in pack.asks], on=on)
    return tuple(
        (_name(versions[0][0]) if versions else key, _why(key, "", versions))
        for key, versions in candidates.items()
        if all(why is not None for _, why in versions)
    )


def version_taken(key: str, version: str, *, on: date) -> tuple[ContentVersion | None, str]:
    """The version under which answers from elsewhere are taken on a day, or why there is none.

    Without a version asked for it is the one that is offered; an older one that is still signed
    here is taken too, since that is what the person answered.
    """
    versions = _candidates([key], on=on)[key]
    if version:
        versions = [one for one in versions if _own_version(one[0]) == version]
        if not versions:
            return None, f"{key} has no version {version[:40]} here."
    taken = next((content for content, why in versions if why is None), None)
    return (taken, "") if taken else (None, _why(key, "", versions))


def standing_now(*, on: date) -> tuple[ContentVersion, ...]:
    """Of each instrument and form the version that is offered on a day, else the newest one."""
    keys = ContentVersion.objects.filter(kind__in=ASKED).values_list("key", flat=True).distinct()
    found = _candidates(sorted(set(keys)), on=on)
    return tuple(
        next((content for content, why in versions if why is None), versions[0][0])
        for versions in found.values()
        if versions
    )


def _own_version(content: ContentVersion) -> str:
    is_form = content.kind == Kind.FORM
    return form_of(content.pk).version if is_form else instrument_of(content.pk).version


def languages_of(key: str, *, on: date) -> dict[str, str]:
    """The languages in which one instrument is offered on a day: {"cy": "Welsh"}."""
    versions = _candidates([key], on=on)[key]
    return {
        tag: language_name(tag)
        for content, why in reversed(versions)
        if why is None
        for tag in languages_in(content.pk)
    }


def _candidates(keys: Iterable[str], *, on: date) -> Candidates:
    """Every version that could be asked for each key, newest first, with why it is not offered."""
    found: Candidates = {key: [] for key in keys}
    rows = with_standing().filter(kind__in=ASKED, key__in=list(found))
    for content in rows.order_by("-id"):
        found[content.key].append((content, why_not_offered(content, on=on)))
    return found


def _offered(candidates: Candidates, language: str) -> dict[str, ContentVersion]:
    return {
        key: offered
        for key, versions in candidates.items()
        if (offered := _offered_in(language, versions)) is not None
    }


def _groundless(pack: Pack, offered: Mapping[str, ContentVersion]) -> dict[str, str]:
    """What is asked only after an answer that nobody can give any more, each with why.

    Without this it would be left out in silence, since its condition would never be met.
    """
    found: dict[str, str] = {}
    for ask in pack.asks:
        key = ask.when.instrument if ask.when else None
        if ask.when is None or key is None or ask.instrument not in offered:
            continue
        if key not in offered or key in found:
            found[ask.instrument] = f"It is asked after an answer to {key}, which is not asked."
            continue
        before = instrument_of(offered[key].pk)
        gone = [item for item in ask.when.items if item not in before.by_id]
        if gone:
            found[ask.instrument] = (
                f"It is asked after an answer to {gone[0]} of {before.short_title}, "
                f"which version {before.version} does not ask."
            )
    return found


def _offered_in(
    language: str, versions: Iterable[tuple[ContentVersion, str | None]]
) -> ContentVersion | None:
    return next(
        (one for one, why in _having(language, versions) if why is None),
        None,
    )


def _having(
    language: str, versions: Iterable[tuple[ContentVersion, str | None]]
) -> Iterator[tuple[ContentVersion, str | None]]:
    for content, why in versions:
        if best_of(language, languages_in(content.pk)):
            yield content, why


def _why(key: str, language: str, versions: list[tuple[ContentVersion, str | None]]) -> str:
    """Why not in this language; a licensed wording's reason comes before its bare structure's."""
    if not versions:
        return f"{key} is not an instrument of this library."
    versions = sorted(versions, key=lambda one: one[0].kind != Kind.WORDING)
    in_language = [why for _, why in _having(language, versions) if why is not None]
    if in_language:
        return in_language[0]
    reasons = [why for _, why in versions]
    if None not in reasons:
        return str(reasons[0])
    name = _name(versions[0][0])
    wanted = language_name(language)
    return f"There is no official {wanted} version of {name} here. Offer an interpreter."


def _name(content: ContentVersion) -> str:
    if content.kind == Kind.FORM:
        return form_of(content.pk).title
    return instrument_of(content.pk).short_title


def language_name(tag: str) -> str:
    """A language's English name: "Welsh"; its tag when the name is not known."""
    known = LANG_INFO.get(tag.lower()) or LANG_INFO.get(tag.split("-")[0].lower()) or {}
    return str(known.get("name", tag))
