"""The safety strip of a summary: one open alert, whose it is, and what the patient was told."""

from collections.abc import Callable
from dataclasses import dataclass

from imparts.design.dates import clock
from imparts.design.words import Phrase
from imparts.pathways.alert_words import ASK_IN_FULL, TALK_IN_FULL, asked_before
from imparts.pathways.queries import AlertStory

Called = Callable[[str], str]
NEXT = {
    "owner": "Owner", "deputy": "Deputy", "liaison": "Liaison psychiatry", "manager": "Manager",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Strip:
    """One open alert: what was answered, whose it is, what the patient was told."""

    alert: int
    do: str
    answer: tuple[Phrase, ...]
    owner: tuple[Phrase, ...]
    told: str
    can_take: bool
    takes_over: bool
    instead_of: str
    """The owner whom the page shows: from anybody else nothing is taken over."""

    @classmethod
    def of(
        cls, story: AlertStory, *, reader: str, called: Called, before: tuple[Phrase, ...]
    ) -> "Strip":
        """Put one alert into words for one reader."""
        do = _sentence(story.do) or (TALK_IN_FULL if story.kind == "positive" else ASK_IN_FULL)
        told = f"The patient was told: {story.told.what.rstrip('.')}." if story.told else ""
        return cls(
            alert=story.alert.pk,
            do=do,
            answer=(*_each_answer(story), *before, Phrase(". ")),
            owner=_owner(story, reader, called),
            told=told or "The patient has not been told anything about it yet.",
            can_take=story.taken is None or story.taken.by != reader,
            takes_over=story.taken is not None,
            instead_of=story.taken.by if story.taken else "",
        )


def _owner(story: AlertStory, reader: str, called: Called) -> tuple[Phrase, ...]:
    """Whose it is; while nobody has taken it, who is called next and when."""
    if story.taken:
        whose = "Yours" if story.taken.by == reader else called(story.taken.by)
        return (Phrase(whose, True), Phrase(f" since {clock(story.taken.at)}."))
    rungs = story.rungs
    named = next((r.called.for_whom for r in reversed(rungs) if r.called), story.owner)
    whose = "Yours. " if named == reader else f"{called(named)} is called. " if named else ""
    coming = next((r for r in rungs if r.called is None and r.is_needed), None)
    if coming is None:
        return (Phrase(whose.rstrip(), True),)
    duty = NEXT.get(coming.duty, coming.duty)
    return (
        Phrase(whose, named == reader),
        Phrase(f"{duty} at "),
        Phrase(clock(coming.at), True),
        Phrase("."),
    )


def _sentence(words: str) -> str:
    """What a review says, which may be without its full stop."""
    return f"{words.rstrip('.')}." if words else ""


def _each_answer(story: AlertStory) -> tuple[Phrase, ...]:
    item = asked_before(story)
    if len(story.answers) == 1:
        return (Phrase(item), Phrase(story.answers[0].what, True))
    said = ", then ".join(f"{answer.what} at {clock(answer.at)}" for answer in story.answers)
    return (Phrase(item), Phrase(said, True))
