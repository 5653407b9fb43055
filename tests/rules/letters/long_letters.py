"""Letters of every length for the tests: the longest plausible one, and random ones."""

from datetime import UTC, datetime

from imparts.rules.letters.asking import Asked
from imparts.rules.letters.definition import LetterFacts, Said, ScoreRow, person
from imparts.rules.letters.gp import Decided, gp_letter
from imparts.rules.letters.visit import VisitTold

AT = datetime(2026, 11, 17, 10, 16, tzinfo=UTC)
PLACE = "Rheumatology and connective tissue disease, Fernhollow Hospital"
NAME = "Wolfeschlegelsteinhausenbergerdorff-Thimblewick-Ńéwbörough-Märchenwald"


def a_visit(*, measures: int = 2, harm: int = 0, sentences: int = 3) -> VisitTold:
    """One visit with so many measures, questions about harm and sentences of the gist."""
    codes = "LOINC 44261-6; SNOMED CT 720433000"
    rows = tuple(
        ScoreRow(
            f"Low mood {number}" if measures < 6 else f"Mood and worry, {number} (higher = better)",
            "14 of 27",
            "moderately severe", "worse by 8 (6 on 16 Jun 2026)", codes, leads=number < 2,
        )
        for number in range(measures)
    )  # fmt: skip
    gist = [Said("Low mood is moderate and worse than in June. ", True)]
    gist += [Said(f"Measure {n} is severe and much worse than in June. ") for n in range(sentences)]
    return VisitTold(
        sender=PLACE,
        person=person(
            id="1", family_name=NAME.upper(), given_name=NAME, born="14-Mar-1961 (65y)",
            numbers=("NHS No. 999 041 7202", "Hospital No. FH 204417"), is_test=True,
        ),
        seen="Clinic visit 17 November 2026, 10:20. Answered 17 November 2026, 10:15, tablet in "
        "the waiting area, English, with help from family or a friend.",
        gist=tuple(gist),
        scores=rows,
        scores_note="Higher = worse. “Worse” and “better”: beyond what is chance.",
        harm=("Item 9 (better off dead, or hurting oneself): several days. Recorded 17 November "
              "2026 by consultant: Talked with the patient. GP. Safety plan made.",) * harm,
        foot="Made 17-Nov-2026 10:16 by Consultant, rheumatology. Screening result, not a "
        "diagnosis. Rheumatology outpatients: not yet checked by a clinician.",
        kept_at=PLACE,
        plot='{"title": "x", "described": "y"}',
    )  # fmt: skip


def a_letter(visit: VisitTold, *, lines: int = 3, note: str = "") -> LetterFacts:
    """A letter to the GP with so many steps, referrals and treatments."""
    return gp_letter(
        visit,
        to="The Old Vicarage Medical Centre and Walk-in Surgery, Elmfold",
        signed="Consultant, rheumatology",
        made_at=AT,
        asked=Asked(("see", "medicines", "other"), "repeat the blood count " * 5, "within 2 weeks"),
        decided=Decided(
            because=("Because low mood is 10 to 14 and worse.", "Because worry is 8 to 14."),
            steps=tuple(f"Talk today about mood and worry {n}: done." for n in range(lines)),
            referrals=tuple(
                f"Talking Therapies {n}: marked as sent by post." for n in range(lines)
            ),
            treatments=tuple(f"Therapy {n}, from 3 May 2025." for n in range(lines)),
        ),
        note=note,
        agreement="The patient agreed to this letter.",
    )
