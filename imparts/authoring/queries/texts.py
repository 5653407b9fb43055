"""Texts: what a version says, as its author wrote it, and as its kind is read."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from imparts.authoring.queries import choosing
from imparts.library import queries as library
from imparts.library.models import ContentVersion
from imparts.library.queries.reading import languages_in
from imparts.rules.content_changes import ContentChange, content_changes
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.differences import Difference, differences
from imparts.rules.wording.kept import taken_apart

if TYPE_CHECKING:
    from imparts.rules.forms.definition import Form
    from imparts.rules.page_words import PageWords
    from imparts.rules.pathways.definition import Pathway
    from imparts.rules.patient_texts import PatientTexts

Kind = ContentVersion.Kind


@dataclass(frozen=True, slots=True)
class WhatItSays:
    """One version, read by the rules of its kind; only what fits its kind is there."""

    content: ContentVersion
    pack: Pack | None = None
    pathway: "Pathway | None" = None
    texts: "PatientTexts | None" = None
    instruments: tuple[Instrument, ...] = ()
    """The instrument of an instrument or a wording, in each of its languages."""
    form: "Form | None" = None
    page_words: "PageWords | None" = None


def what_it_says(content: ContentVersion) -> WhatItSays:
    """Read one version."""
    if content.kind == Kind.PACK:
        return WhatItSays(content, pack=library.pack_of(content.pk))
    if content.kind == Kind.PATHWAY:
        return WhatItSays(content, pathway=library.pathway_of(content.pk))
    if content.kind == Kind.PATIENT_TEXT:
        return WhatItSays(content, texts=library.patient_texts_of(content.pk))
    if content.kind == Kind.FORM:
        return WhatItSays(content, form=library.form_of(content.pk))
    if content.kind == Kind.PAGE_WORDS:
        return WhatItSays(content, page_words=library.page_words_of(content.pk))
    languages = languages_in(content.pk)
    read = tuple(library.instrument_of(content.pk, tag) for tag in languages)
    return WhatItSays(content, instruments=read)


def pack_differences(
    before: ContentVersion | None, after: Pack, *, on: date
) -> tuple[Difference, ...]:
    """What is new in a pack."""
    was = library.pack_of(before.pk) if before else None
    return differences(was, after, choosing.shelf(on=on).known)


def text_differences(before: ContentVersion, after: ContentVersion) -> tuple[ContentChange, ...]:
    """What differs between two texts of one kind, value by value."""
    return content_changes(_text(before), _text(after))


def _text(content: ContentVersion) -> str:
    if content.kind == Kind.WORDING:
        return str(taken_apart(content.body)[1])
    return content.body
