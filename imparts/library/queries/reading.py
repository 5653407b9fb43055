"""What any version says: its text read by the rules of its kind, and kept in memory.

A version never changes, so what was read once is right for ever.
"""

import hashlib
import tomllib
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import imparts.content
from imparts.library.models import ContentVersion
from imparts.library.queries.options import options
from imparts.rules.content import ContentRefused
from imparts.rules.forms.definition import Form, ImportReport
from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.reader import read_instrument
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.reader import read_kept_pack, read_pack
from imparts.rules.page_words import PageWords, read_page_words
from imparts.rules.pathways.checks import refuse_what_cannot_be
from imparts.rules.pathways.definition import Pathway
from imparts.rules.pathways.reader import read_pathway
from imparts.rules.patient_texts import PatientTexts, read_patient_texts
from imparts.rules.scoring.examples import prove_examples
from imparts.rules.wording.apply import in_language
from imparts.rules.wording.definition import Wording
from imparts.rules.wording.kept import kept_with, taken_apart
from imparts.rules.wording.languages import best_of
from imparts.rules.wording.reader import belongs_to, read_wording
from imparts.rules.wording.same_words import CANNOT_BE_EDITED, first_difference

if TYPE_CHECKING:
    from imparts.library.queries.known import Known

Kind = ContentVersion.Kind
ENGLISH = "en-GB"
# The same text gives the same instrument, so it is read once: for its name, and to be asked.
_instrument_in = lru_cache(maxsize=512)(read_instrument)


class Unknown(ContentRefused):
    """A file names something of the library that is not there."""


def kept_text(kind: str, text: str) -> str:
    """What is kept of a file: its text, and with a wording the instrument that it belongs to."""
    if kind != Kind.WORDING:
        return text
    return kept_with(structure_for(*belongs_to(text)), text)


def sha256_of(body: str) -> str:
    """The hash by which the library knows a text."""
    try:
        return hashlib.sha256(body.encode()).hexdigest()
    except UnicodeEncodeError:
        raise ContentRefused(
            "This file holds a letter that cannot be kept; save it as UTF-8."
        ) from None


def version_with_text(kind: str, text: str) -> ContentVersion:
    """The version that a file has become."""
    return ContentVersion.objects.get(sha256=sha256_of(kept_text(kind, text)))


def name_of(kind: str, body: str, known: "Known") -> tuple[str, str]:
    """The key and version that a text gives itself, once it has passed its reader."""
    if kind == Kind.INSTRUMENT:
        return (instrument := _proven_in(body)).id, instrument.version
    if kind == Kind.PACK:
        return (pack := read_pack(body, known.instruments, known.forms)).id, pack.version
    if kind == Kind.PATHWAY:
        pathway = read_pathway(body)
        refuse_what_cannot_be(pathway, known.instruments, options())
        return pathway.id, pathway.version
    if kind == Kind.WORDING:
        return (wording := _wording(body)).instrument, wording.version
    if kind == Kind.FORM:
        return (form := form_in(body)).key, form.version
    if kind == Kind.PAGE_WORDS:
        return (words := _page_words(body)).language, words.version
    texts = read_patient_texts(body)
    return texts.key, texts.version


def days_of_approval(kind: str, body: str) -> tuple[tuple[str, date], ...]:
    """Each text of a file that somebody made or approved on a day: where it stands, and the day."""
    if kind == Kind.WORDING:
        wording = _wording(body)
        return tuple(
            (f"{wording.instrument}, languages, {tag}", words.dated)
            for tag, words in wording.languages.items()
        )
    if kind == Kind.PAGE_WORDS:
        words = _page_words(body)
        return ((f"page words, {words.language}", words.dated),)
    return ()


@lru_cache(maxsize=512)
def _proven_in(body: str) -> Instrument:
    """An instrument of which every worked example has come out as it says."""
    instrument = _instrument_in(body)
    prove_examples(instrument)
    return instrument


def newest_versions(kind: str) -> dict[str, ContentVersion]:
    """The version loaded last of each key of one kind; the text itself is fetched when needed."""
    first = ("-is_shipped",) if kind == Kind.PATHWAY else ()  # others were changed for one service
    rows = ContentVersion.objects.filter(kind=kind).order_by("key", *first, "-id").defer("body")
    return {content.key: content for content in rows.distinct("key")}


def newest_instruments() -> dict[str, Instrument]:
    """The newest version of every instrument as it is shipped, by its id."""
    return {key: instrument_of(one.pk) for key, one in newest_versions(Kind.INSTRUMENT).items()}


def newest_forms() -> dict[str, Form]:
    """The newest version of every questionnaire that was imported, by its key."""
    return {key: form_of(content.pk) for key, content in newest_versions(Kind.FORM).items()}


def form_keys() -> frozenset[str]:
    """The key of every questionnaire that was imported, without reading any."""
    rows = ContentVersion.objects.filter(kind=Kind.FORM)
    return frozenset(rows.values_list("key", flat=True))


@lru_cache(maxsize=4096)
def is_form(content_id: int) -> bool:
    """Whether a version is an imported questionnaire; a version never changes its kind."""
    return bool(
        ContentVersion.objects.values_list("kind", flat=True).get(pk=content_id) == Kind.FORM
    )


def structure_for(key: str, version: str) -> str:
    """The text of a shipped instrument in one version; raises Unknown with a sentence."""
    versions = ContentVersion.objects.filter(kind=Kind.INSTRUMENT, key=key)
    found = versions.filter(version=version).order_by("-id").first()
    if found is not None:
        return found.body
    here = tuple(versions.order_by("-id").values_list("version", flat=True))
    if not here:
        raise Unknown(f"{key} is not an instrument of this library.")
    raise Unknown(
        f"{key} has no version {version!r} here. Write the version that the wording is for: "
        f"{', '.join(dict.fromkeys(here))}."
    )


def refuse_edited_words(body: str) -> None:
    """A site may make a version of its own of a shipped instrument, but not with other words."""
    own = _instrument_in(body)
    rows = ContentVersion.objects.filter(kind=Kind.INSTRUMENT, key=own.id, is_shipped=True)
    shipped = [_instrument_in(text) for text in rows.values_list("body", flat=True)]
    if not shipped:
        return
    if not any(one.has_wording for one in shipped):
        said = "ships without wording; bring its words as a wording pack, with their licence"
        raise ContentRefused(f"{own.id} {said}")
    differences = [first_difference(one, own) for one in shipped if one.has_wording]
    if all(differences):
        raise ContentRefused(f"{own.id}, {differences[-1]}: {CANNOT_BE_EDITED}")


def instrument_of(content_id: int, language: str = ENGLISH) -> Instrument:
    """The instrument of one version, in the language asked for, whole.

    A version that has no such language gives the shipped words that it translates, else the first
    that it has: pages for staff need its words whatever the patient's language was. Whom a
    patient's language decides takes the version from instruments_for, which gives none without it.
    """
    found = _instruments_in(content_id)
    tag = best_of(language, found)
    return found[tag] if tag else _for_staff(content_id) or next(iter(found.values()))


@lru_cache(maxsize=512)
def _for_staff(content_id: int) -> Instrument | None:
    """The shipped words that a wording pack translates, when the program ships any."""
    kind, body = _stored(content_id)
    structure = _instrument_in(taken_apart(body)[0]) if kind == Kind.WORDING else None
    return structure if structure and structure.has_wording else None


def languages_in(content_id: int) -> tuple[str, ...]:
    """The languages of an instrument, its wording or a form, in the order of its file."""
    if is_form(content_id):
        return form_of(content_id).languages
    return tuple(_instruments_in(content_id))


@lru_cache(maxsize=512)
def _instruments_in(content_id: int) -> dict[str, Instrument]:
    """The instrument of one version in each language that it has, by language."""
    kind, body = _stored(content_id)
    if kind == Kind.INSTRUMENT:
        instrument = _instrument_in(body)
        return {instrument.language: instrument}
    structure, wording = _instrument_in(taken_apart(body)[0]), _wording(body)
    return {
        tag: made for tag in wording.languages if (made := in_language(structure, wording, tag))
    }


@lru_cache(maxsize=256)
def wording_of(content_id: int) -> Wording:
    """The wording pack of one version: its licence and its languages."""
    return _wording(_stored(content_id)[1])


@lru_cache(maxsize=512)
def structure_mark_of(content_id: int) -> str:
    """The hash of the instrument's text with which a wording pack is kept."""
    return sha256_of(taken_apart(_stored(content_id)[1])[0])


def _wording(body: str) -> Wording:
    structure, text = taken_apart(body)
    return read_wording(text, _instrument_in(structure))


@lru_cache(maxsize=128)
def form_of(content_id: int) -> Form:
    """The imported questionnaire of one version."""
    return form_in(_stored(content_id)[1])


@lru_cache(maxsize=128)
def import_report_of(content_id: int) -> ImportReport:
    """What the import of a questionnaire found, item by item."""
    return _read_form(_stored(content_id)[1])[1]


def harm_suspects_of(content_id: int) -> tuple[str, ...]:
    """The questions of an imported questionnaire that may ask about harm, as its import lists."""
    return import_report_of(content_id).harm_suspects


def form_in(body: str) -> Form:
    """The questionnaire that a text holds; ContentRefused says why there is none."""
    return _read_form(body)[0]


@lru_cache(maxsize=4)  # a file is read for its name, its questions and its report
def _read_form(body: str) -> tuple[Form, ImportReport]:
    from imparts.rules.forms.reader import read_form  # heavy, and many sites ask no form

    return read_form(body)


@lru_cache(maxsize=256)
def pack_of(content_id: int) -> Pack:
    """The pack of one version; what it asks may be gone since, and is then left out (offering)."""
    return read_kept_pack(_stored(content_id)[1])


@lru_cache(maxsize=256)
def pathway_of(content_id: int) -> Pathway:
    """The pathway of one version."""
    return read_pathway(_stored(content_id)[1])


@lru_cache(maxsize=32)
def patient_texts_of(content_id: int) -> PatientTexts:
    """What patients are told in one nation, in one version."""
    return read_patient_texts(_stored(content_id)[1])


@cache
def sentences() -> tuple[str, ...]:
    """Every sentence that the pages of this program say, in English."""
    path = Path(imparts.content.__file__).parent / "page_words" / "english.toml"
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["sentences"])


@lru_cache(maxsize=64)
def page_words_of(content_id: int) -> PageWords | None:
    """The words of one version; None when they are not whole for this version of the program."""
    try:
        return read_page_words(_stored(content_id)[1], sentences())
    except ContentRefused:
        return None


@lru_cache(maxsize=2)  # a file is read for its name and for its day
def _page_words(body: str) -> PageWords:
    return read_page_words(body, sentences())


def _stored(content_id: int) -> tuple[str, str]:
    kind, body = ContentVersion.objects.values_list("kind", "body").get(pk=content_id)
    return kind, body
