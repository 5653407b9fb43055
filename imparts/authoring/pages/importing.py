"""Bringing a file in, what its import found, and the questions about harm."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imparts.design.dates import clock, day
from imparts.design.words import counted
from imparts.rules.forms.answer_names import words_of

if TYPE_CHECKING:
    from imparts.library.models import ContentVersion, HarmReview
    from imparts.rules.forms.definition import Form, FormItem, ImportReport, ReportLine

MOST_LINES = 500
SHORT_WORDS = "Talk before they leave"
WORDS = "Talk with the patient before they leave"
KINDS = {
    "form": "Questionnaire",
    "wording": "Wording",
    "page_words": "Words of the pages",
    "patient_text": "Texts for patients",
}
NUMBERS = ("integer", "decimal", "quantity")
DECLINED = (
    "An alert is also raised when someone would rather not answer such a question. That cannot be "
    "switched off."
)


@dataclass(frozen=True, slots=True)
class BroughtInRow:
    """One file that was brought in."""

    content: int
    is_form: bool
    name: str
    kind: str
    version: str
    said: str
    standing: str


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """The field for a file, and what came before."""

    title: str
    rows: tuple[BroughtInRow, ...]
    wrong: Mapping[str, str]


def imports_page(
    found: "Iterable[ContentVersion]", *, name_of: "Callable[[ContentVersion], str]",
    standing: "Callable[[ContentVersion], str | None]", wrong: Mapping[str, str],
) -> ImportsPage:  # fmt: skip
    """What was brought in, newest first, each with what it still waits for."""
    return ImportsPage(
        title="Bring in a questionnaire, a wording or a language",
        rows=tuple(
            BroughtInRow(
                content=one.pk,
                is_form=one.kind == "form",
                name=name_of(one),
                kind=KINDS.get(one.kind, one.kind),
                version=one.version,
                said=f"{one.loaded_by}, {day(one.loaded_at)}",
                standing=standing(one) or "It may be used at this site.",
            )
            for one in found
        ),
        wrong=wrong,
    )


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One thing that the import changed or cannot honour."""

    item: str
    words: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that may be ticked as one that raises an alert."""

    value: str
    label: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class HarmQuestion:
    """One question that somebody must look at."""

    number: int
    text: str
    link_id: str
    said: str
    """"yes", "no" or nothing yet."""
    answers: tuple[Answer, ...]
    takes_number: bool
    least: str
    short_words: str
    words: str
    is_also: bool
    wrong: tuple[str, ...]

    @property
    def any_answer(self) -> bool:
        """Answered in people's own words, so that every answer raises the alert."""
        return not self.answers and not self.takes_number


@dataclass(frozen=True, slots=True)
class OtherQuestion:
    """One question that the import did not list."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One questionnaire: what the import found, and what is confirmed about it."""

    title: str
    content: int
    counts: str
    honoured: tuple[tuple[str, str], ...]
    repaired: tuple[ReportRow, ...]
    not_honoured: tuple[ReportRow, ...]
    listed: tuple[HarmQuestion, ...]
    others: tuple[OtherQuestion, ...]
    links: tuple[tuple[str, str], ...]
    confirmed: str
    rules: tuple[tuple[str, str], ...]
    may_confirm: bool
    declined: str = DECLINED


def import_page(
    content: "ContentVersion", form: "Form", report: "ImportReport", *,
    listed: tuple[HarmQuestion, ...], others: tuple[OtherQuestion, ...],
    wrong: Mapping[str, str], review: "HarmReview | None", may_confirm: bool,
) -> ImportPage:  # fmt: skip
    """Put one import on its page."""
    questions = [item for item in form.all_items if item.is_question]
    return ImportPage(
        title=form.title,
        content=content.pk,
        counts=f"{counted(len(questions), 'question')}, "
        f"{counted(len(report.warnings), 'thing')} repaired, "
        f"{counted(len(report.not_honoured), 'thing')} that cannot be honoured, "
        f"{counted(len(report.harm_suspects), 'question')} that may ask about harm",
        honoured=tuple((what, str(number)) for what, number in report.honoured.items()),
        repaired=_rows(report.warnings, form),
        not_honoured=_rows(report.not_honoured, form),
        listed=listed,
        others=others,
        links=tuple((f"id_{name}", said) for name, said in wrong.items()),
        confirmed=_confirmed(review),
        rules=_rules(review, form),
        may_confirm=may_confirm,
    )


def harm_question(
    number: int, item: "FormItem", offered: tuple[tuple[str, str], ...], data: Any, *,
    is_also: bool, wrong: Mapping[str, str],
) -> HarmQuestion:  # fmt: skip
    """One listed question, with what was answered so far; nothing is chosen beforehand."""
    chosen = frozenset(data.getlist(f"counts-{number}"))
    takes_number = item.type in NUMBERS and not item.options
    return HarmQuestion(
        number=number,
        text=item.text or item.link_id,
        link_id=item.link_id,
        said=data.get(f"asks-{number}", ""),
        answers=() if takes_number else tuple(
            Answer(value, label, value in chosen) for value, label in offered
        ),
        takes_number=takes_number,
        least=data.get(f"least-{number}", ""),
        short_words=data.get(f"short_words-{number}", SHORT_WORDS),
        words=data.get(f"words-{number}", WORDS),
        is_also=is_also,
        wrong=tuple(said for name, said in wrong.items() if name.endswith(f"-{number}")),
    )  # fmt: skip


def _rows(lines: "Sequence[ReportLine]", form: "Form") -> tuple[ReportRow, ...]:
    return tuple(
        ReportRow(
            item=line.link_id or "the whole",
            words=form.by_id[line.link_id].text if line.link_id in form.by_id else "",
            sentence=f"{line.what}: {line.sentence}" if line.what else line.sentence,
        )
        for line in lines[:MOST_LINES]
    )


def _confirmed(review: "HarmReview | None") -> str:
    if review is None:
        return ""
    return f"Confirmed by {review.as_role} ({review.by}), {day(review.at)}, {clock(review.at)}."


def _rules(review: "HarmReview | None", form: "Form") -> tuple[tuple[str, str], ...]:
    """Each question that was looked at, and what was said of it."""
    if review is None:
        return ()
    return tuple(
        (
            form.by_id[one["item"]].text or one["item"],
            _rule(one, form.by_id[one["item"]])
            if one["asks_about_harm"]
            else "does not ask about harm",
        )
        for one in review.items
    )


def _rule(one: Mapping[str, Any], item: "FormItem") -> str:
    positive = one["positive"]
    if "is_at_least" in positive:
        when = f"from {positive['is_at_least']} up"
    elif "is_one_of" in positive:
        when = "after " + " or ".join(words_of(item, one) for one in positive["is_one_of"])
    else:
        when = "after any answer"
    return f"alert {when}, and when declined: \u201c{one['words']}\u201d"
