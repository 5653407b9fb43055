"""Forms of one sitting: the answers in their authors' words, and what was worked out of them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from imparts.design.words import plain_number
from imparts.informatics.questionnaires.models import Answer, Invitation, Response
from imparts.informatics.questionnaires.queries.sittings import given_in, questions_of
from imparts.informatics.results.models import ResponseScore
from imparts.informatics.results.queries import form_scores_of
from imparts.library import queries as library
from imparts.rules.forms.answer_words import answers_in_words
from imparts.rules.forms.definition import NEEDS_OPTIONS, Form, FormItem
from imparts.rules.forms.paths import place_of
from imparts.rules.forms.values import from_json
from imparts.workspace.sitting_facts import FormAnswer, FormNumber, FormShown, absence

STAFF_READ = "en"
MOST_DECIMALS = 4


def forms_shown(invitation: Invitation, responses: Iterable[Response]) -> tuple[FormShown, ...]:
    """The forms of a sitting in the order asked; before it is sent, the answers so far."""
    if not invitation.submitted_at:
        return tuple(_so_far(invitation))
    scores = form_scores_of(invitation.pk)
    return tuple(
        _sent(response, scores[response.instrument])
        for response in responses
        if library.is_form(response.content_id) and response.instrument in scores
    )


def form_answer(form: Form, answer: Answer) -> FormAnswer:
    """One final answer in the words of its form."""
    place = place_of(answer.item)
    item = form.by_id[place.link_id]
    values = [from_json(one) for one in answer.entered or ()]
    words = answers_in_words(item, values, STAFF_READ)
    numbers = "".join(f"{number}. " for _, number in place.within)
    text = item.words(STAFF_READ) or item.link_id
    return FormAnswer(f"{numbers}{text}", words or absence(answer.declined), bool(values))


def written(entered: Sequence[object] | None) -> str:
    """What was written in a question of our own instruments."""
    return "; ".join(str(from_json(one)) for one in entered or ())


def _sent(response: Response, score: ResponseScore) -> FormShown:
    form = library.form_of(response.content_id)
    rows = sorted(response.answers.all(), key=lambda row: row.pk)  # as they were asked
    answers = (row for row in rows if not row.is_worked_out)
    said = score.of_form or {}
    return _shown(
        form,
        tuple(form_answer(form, answer) for answer in answers),
        numbers=tuple(FormNumber(one["label"], _number(one)) for one in score.subscales),
        missing=said.get("missing", 0),
        problems=tuple(_problem(form, *line) for line in said.get("problems", ())),
        is_scored=True,
    )


def _so_far(invitation: Invitation) -> Iterable[FormShown]:
    given = given_in(invitation)
    found: dict[str, list[FormAnswer]] = {}
    for question in questions_of(invitation, given):
        if question.screen is None or question.asks_for_another:
            continue
        one = given.get(question.instrument, {}).get(question.item.id)
        values = (one.entered if one else None) or ()
        words = answers_in_words(question.screen.item, values, STAFF_READ)
        said = words or absence(bool(one and one.declined))
        answer = FormAnswer(question.item.text, said, bool(values))
        found.setdefault(question.instrument, []).append(answer)
    for key, answers in found.items():
        yield _shown(library.form_of(invitation.instruments[key]), tuple(answers))


def _shown(form: Form, answers: tuple[FormAnswer, ...], **worked_out: object) -> FormShown:
    return FormShown(
        title=form.named(STAFF_READ),
        version=form.version,
        publisher=form.publisher,
        copyright=form.copyright,
        answers=answers,
        not_asked=tuple(item.text or item.link_id for item in form.all_items if _cannot(item)),
        **worked_out,
    )


def _cannot(item: FormItem) -> bool:
    """Whether a question was meant to be asked and cannot be answered on a tablet."""
    is_asked = item.is_question and not (item.read_only or item.hidden or item.calculated)
    return is_asked and item.type in NEEDS_OPTIONS and not item.options


def _number(one: dict[str, str]) -> str:
    try:
        number = plain_number(round(Decimal(one["score"]), MOST_DECIMALS))
    except InvalidOperation:  # more digits than can be rounded: as it was worked out
        number = one["score"]
    return f"{number} {one['unit']}".strip()


def _problem(form: Form, link_id: str, sentence: str) -> str:
    item = form.by_id.get(link_id)
    return f"{(item.text if item else '') or link_id}: {sentence}."
