"""Flow: what of a form applies now, in order: groups, texts, questions and worked-out values."""

from collections.abc import Iterator
from dataclasses import dataclass

from imparts.rules.forms.definition import Form, FormItem
from imparts.rules.forms.filling import Filled, fill
from imparts.rules.forms.paths import Place
from imparts.rules.forms.told import NOTHING_TOLD, Told
from imparts.rules.forms.values import FormAnswers, Value


@dataclass(frozen=True, slots=True)
class Asked:
    """One item that applies now, at one place, in the words of one language."""

    path: str
    item: FormItem
    text: str
    number: int = 0  # which time of the repeating group it begins; 0 when it begins none
    times: int = 0  # how often that group is filled in
    values: tuple[Value, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it; the rest is read."""
        return self.item.may_be_asked


def shown(
    form: Form, answers: FormAnswers, *, language: str = "", told: Told = NOTHING_TOLD
) -> tuple[Asked, ...]:
    """Everything that applies now, in order: groups, texts, questions and worked-out values."""
    return tuple(walk(fill(form, answers, told), language or form.language))


def walk(filled: Filled, language: str) -> Iterator[Asked]:
    """The same for a form that has been worked out already."""
    for item in filled.form.items:
        yield from _walk(filled, item, (), language)


def _walk(
    filled: Filled, item: FormItem, within: tuple[tuple[str, int], ...], language: str
) -> Iterator[Asked]:
    place = Place(item.link_id, within)
    path = str(place)
    if path not in filled.applies or item.hidden:
        return
    values = filled.answers.get(path, ())
    text = item.words(language)
    if item.type == "group" and item.repeats:
        times = filled.times[path]
        for number in range(1, times + 1):
            yield Asked(path, item, text, number, times)
            yield from _under(filled, item, (*within, (item.link_id, number)), language)
        return
    yield Asked(path, item, text, values=() if item.type == "group" else values)
    if item.is_question and item.repeats:
        for number in range(1, len(values) + 1):
            yield from _under(filled, item, (*within, (item.link_id, number)), language)
        return
    yield from _under(filled, item, within, language)


def _under(
    filled: Filled, item: FormItem, within: tuple[tuple[str, int], ...], language: str
) -> Iterator[Asked]:
    for under in item.items:
        yield from _walk(filled, under, within, language)
