"""All reading of the library: what a version says, whether it may be offered, where it is used."""

from imparts.library.queries.confirming import to_confirm, unverified_in
from imparts.library.queries.in_force import (
    NothingInForce,
    in_force,
    pack_in_force,
    pathways_in_force,
    patient_texts_for,
)
from imparts.library.queries.licences import licence_line
from imparts.library.queries.offering import (
    instruments_for,
    language_name,
    languages_of,
    left_out_for,
    not_offered_in_any_language,
)
from imparts.library.queries.page_words import (
    languages_on_offer,
    page_words_of,
    page_words_version,
    sentences,
)
from imparts.library.queries.reading import (
    Unknown,
    form_of,
    harm_suspects_of,
    instrument_of,
    name_of,
    newest_forms,
    newest_instruments,
    newest_versions,
    pack_of,
    pathway_of,
    patient_texts_of,
    refuse_edited_words,
    structure_for,
    wording_of,
)
from imparts.library.queries.standing import (
    NOT_SIGNED,
    harm_review_of,
    may_be_offered,
    why_not_offered,
)

__all__ = [
    "NOT_SIGNED",
    "NothingInForce",
    "Unknown",
    "form_of",
    "harm_review_of",
    "harm_suspects_of",
    "in_force",
    "instrument_of",
    "instruments_for",
    "language_name",
    "languages_of",
    "languages_on_offer",
    "left_out_for",
    "licence_line",
    "may_be_offered",
    "name_of",
    "newest_forms",
    "newest_instruments",
    "newest_versions",
    "not_offered_in_any_language",
    "pack_in_force",
    "pack_of",
    "page_words_of",
    "page_words_version",
    "pathway_of",
    "pathways_in_force",
    "patient_texts_for",
    "patient_texts_of",
    "refuse_edited_words",
    "sentences",
    "structure_for",
    "to_confirm",
    "unverified_in",
    "why_not_offered",
    "wording_of",
]
