"""Results: what a sitting's page is made of, worked out from answers, without a database."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from imparts.library.queries import gist_words, reasons
from imparts.people.pages import Banner
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.parts import parts_of
from imparts.rules.scoring.score import Score, score
from imparts.rules.summary.gist import gist
from imparts.workspace.pages.summary import Summary
from imparts.workspace.sitting_facts import AnswerShown, PartResult, Point, Result, SittingFacts
from imparts.workspace.suggested import Suggested

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=ZoneInfo("Europe/London"))
TODAY = NOW.date()
JUNE = date(2026, 6, 16)
Answers = Mapping[str, int | None]
NOBODY = Banner("THIMBLEWICK", "Amara", "14-Mar-1961", "65y", "", ())


def a_result(
    instrument: Instrument,
    answers: Answers,
    *earlier: Answers,
    context: Mapping[str, bool] | None = None,
) -> Result:
    """One instrument answered today, and earlier from June back, half a year apart."""
    found = score(instrument, answers, context or {})
    before = [
        (JUNE - timedelta(days=180 * (len(earlier) - 1 - n)), score(instrument, one))
        for n, one in enumerate(earlier)
    ]
    return Result(
        instrument=instrument,
        answers=tuple(
            AnswerShown(item, answers.get(item.id), item.id in answers and answers[item.id] is None)
            for item in instrument.items
        ),
        status=found.status, score=found.score, out_of=found.out_of, lower=found.lower,
        upper=found.upper, band=found.band or "", band_label=found.band_label or "",
        answered=found.answered, asked=found.asked, flags=found.flags,
        profile=found.profile or "",
        history=tuple(
            Point(on, one.score, one.is_estimate) for on, one in before if one.score is not None
        ),
        parts=_parts(instrument, answers, found, before),
    )  # fmt: skip


def _parts(
    instrument: Instrument, answers: Answers, found: Score, before: list[tuple[date, Score]]
) -> tuple[PartResult, ...]:
    """Each part as it is stored and read again, with its course."""
    return tuple(
        PartResult(
            part=part,
            answered=sum(answers.get(item) is not None for item in part.items),
            asked=len(part.items),
            history=tuple(
                Point(on, then.score, then.status == "prorated")
                for on, one in before
                for then in one.subscales
                if then.name == part.name and then.score is not None
            ),
        )
        for part in parts_of([one.as_json() for one in found.subscales], instrument)
    )


def facts_of(*results: Result) -> SittingFacts:
    """A sitting of these results and nothing else."""
    return SittingFacts(
        patient=UUID(int=1), sitting=UUID(int=2), banner=NOBODY, service="Rheumatology",
        created_at=NOW, appointment_at=NOW, started_at=NOW, submitted_at=NOW,
        where="tablet in the waiting area", language="English", who_helped="alone",
        in_record_at=None, is_owed=True, results=results, suggested=Suggested(),
        illness="joint disease", pack="A pack, version 1",
        pack_checked_by="not yet checked by a clinician", left_out=(),
        checked_by=("not yet checked by a clinician",),
    )  # fmt: skip


def summary_of(*results: Result) -> Summary:
    """The page about them."""
    return Summary.of(
        facts_of(*results), gist=gist(results, on=TODAY, words=gist_words()), caution=(),
        alerts=(), reader="reader", shown_as="A reader", called=str,
        before=lambda story: (), reasons=reasons(), now=NOW,
    )  # fmt: skip


def gist_of(*results: Result) -> str:
    """The largest words of the page, without item 9 when PHQ-9 was not asked."""
    words = "".join(phrase.text for phrase in gist(results, on=TODAY, words=gist_words()))
    return words.removeprefix("Item 9 (better off dead, or hurting oneself): not asked.").strip()


def rows_of(*results: Result) -> dict[str, list[tuple[str, ...]]]:
    """The measures by the head of their table: name, number, words, change."""
    return {
        table.direction: [
            (
                f"{row.name} {row.short}".strip(),
                f"{row.score} {row.out_of}".strip(),
                row.in_words,
                row.note or "".join(phrase.text for phrase in row.change),
            )
            for row in table.rows
        ]
        for table in summary_of(*results).measures
    }


def all_at(instrument: Instrument, value: int, but: Iterable[str] = ()) -> Answers:
    """Every question answered alike, some left out."""
    return {item.id: value for item in instrument.items if item.id not in but}
