"""Telling: one visit put into words for a letter, the same for both kinds."""

from collections.abc import Collection, Sequence
from datetime import datetime

from imparts.access.queries import Asking
from imparts.design.words import Phrase
from imparts.library.queries import gist_words
from imparts.rules.letters.visit import VisitTold
from imparts.rules.summary.gist import gist
from imparts.rules.summary.item9 import HAS_ITEM9
from imparts.rules.trends.definition import TreatmentDrawn
from imparts.rules.trends.finding import finding
from imparts.workspace.pages.plot import Plot, Sizes, plot_of, span_of
from imparts.workspace.pages.told import of_interest, told
from imparts.workspace.queries.letters import ToTell
from imparts.workspace.queries.names import called
from imparts.workspace.views.summary import moved_beside

# 516 x 150 points at six tenths: words of 14 px are then 8.4 points.
ON_PAPER = Sizes(width=860, height=250, left=44, right=150, top=48, bottom=30)
TOO_EARLY = "The answers of this visit have not been sent yet. A letter is made from a whole visit."


def visit_told(
    visit: ToTell, *, asking: Asking, at: datetime, only: Collection[str] = ()
) -> VisitTold:
    """What a letter says of a visit; with `only`, of no other instruments than these."""
    return told(
        visit,
        gist=_gist(visit, only),
        shown_as=asking.shown_as,
        called=called(event.by for story in visit.alerts for event in story.events),
        at=at,
        only=only,
        plot=_plot(visit, only),
    )


def _plot(visit: ToTell, only: Collection[str]) -> Plot | None:
    """The lead measure, where the letter may tell it; treatments are those that the reader sees."""
    course = visit.course
    if course is None or (only and course.scale.key not in only):
        return None
    treatments = [
        TreatmentDrawn(one.what, one.began_on, one.ended_on, one.is_event)
        for one in reversed(visit.treatments)
    ]
    return plot_of(
        course, treatments=treatments, sizes=ON_PAPER,
        span=span_of([course], treatments, today=visit.facts.day),
        title=finding(course, today=visit.facts.day).words,
    )  # fmt: skip


def _gist(visit: ToTell, only: Collection[str]) -> Sequence[Phrase]:
    """The sentences about what the letter may tell; item 9 left out is not item 9 not asked."""
    results = of_interest(visit.facts.results, only)
    if not results:
        return ()
    words = gist_words()
    # What was measured of the body is no part of what a referral rests on.
    beside = [] if only else moved_beside(visit.facts)
    said = gist(results, on=visit.facts.day, words=words, beside=beside)
    if not only or HAS_ITEM9 in only:
        return said
    begins = words.harm["item9"].partition("{")[0]
    return [phrase for phrase in said if not phrase.text.startswith(begins)]
