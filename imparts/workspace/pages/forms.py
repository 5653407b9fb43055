"""Forms that someone else wrote, on the summary: what they worked out, and every answer.

Nobody here has checked an author's formula, so no number of a form stands without saying so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imparts.design.words import counted
from imparts.workspace.pages.answers import AnswerGroup, AnswerLine
from imparts.workspace.sitting_facts import FormNumber, FormShown

NOT_CHECKED = "As worked out by its author's formula; not checked by imparts."
NO_NUMBER = "This form works out no number. Its answers stand below."


@dataclass(frozen=True, slots=True)
class FormResult:
    """What one form came to."""

    title: str
    numbers: tuple[FormNumber, ...]
    notes: tuple[str, ...]


def form_results(forms: Sequence[FormShown]) -> tuple[FormResult, ...]:
    """The numbers of each form with what must be known about them."""
    return tuple(FormResult(form.title, form.numbers, tuple(_notes(form))) for form in forms)


def form_groups(forms: Sequence[FormShown]) -> tuple[AnswerGroup, ...]:
    """Every answer, in the words of the form's author."""
    return tuple(
        AnswerGroup(
            title=form.title,
            stem="",
            lines=tuple(AnswerLine(answer.text, answer.words, "") for answer in form.answers),
        )
        for form in forms
    )


def form_notices(forms: Sequence[FormShown]) -> tuple[str, ...]:
    """Whose form it is, and by whose leave."""
    return tuple(
        dict.fromkeys(
            f"{form.title}, version {form.version}"
            f"{f', {form.publisher}' if form.publisher else ''}. {form.copyright}".strip()
            for form in forms
        )
    )


def _notes(form: FormShown) -> Iterator[str]:
    yield NOT_CHECKED if form.numbers else NO_NUMBER
    if form.missing:
        yield (
            f"Incomplete: {counted(form.missing, 'question')} that it needs "
            f"{'has' if form.missing == 1 else 'have'} no answer."
        )
    yield from form.problems
    if form.not_asked:
        names = "; ".join(name.rstrip(".") for name in form.not_asked)
        yield f"Cannot be answered on a tablet, so not asked: {names}."
