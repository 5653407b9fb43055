"""Languages: into which a form is wholly translated. A form never mixes languages."""

from collections.abc import Iterator

from imparts.rules.forms.definition import FormItem, Words
from imparts.rules.forms.reading.notes import Notes
from imparts.rules.forms.values import Coding, Reference


def whole_languages(
    own: str, title: Words, items: tuple[FormItem, ...], notes: Notes
) -> tuple[str, ...]:
    """The form's own language, then those in which nothing that a patient reads is missing."""
    texts = [("", title), *(pair for item in items for pair in _texts(item))]
    found = sorted({language for _, words in texts for language, _ in words})
    return (own, *(one for one in found if one != own and _is_whole(one, texts, notes)))


def _is_whole(language: str, texts: list[tuple[str, Words]], notes: Notes) -> bool:
    lacking = [link_id for link_id, words in texts if language not in dict(words)]
    if lacking:
        named = ", ".join(dict.fromkeys(link_id or "the title" for link_id in lacking[:5]))
        said = f"not everything is in {language[:20]} ({len(lacking)} texts, among them {named})"
        notes.not_honour("", "translation", f"{said}; the form is not offered in it")
    return not lacking


def _texts(item: FormItem) -> Iterator[tuple[str, Words]]:
    if item.hidden:
        return
    if item.text:
        yield item.link_id, item.texts
    if item.help:
        yield item.link_id, item.helps
    for option in item.options:
        is_words = isinstance(option.value, Coding | Reference | str)
        if is_words and any(letter.isalpha() for letter in option.label):
            yield item.link_id, option.labels
    for under in item.items:
        yield from _texts(under)
