"""What was brought in and published stands in a pack beside our own instruments."""

from imparts.organisations.models import Service
from tests.apps.authoring.brought import brought, confirm, questionnaire
from tests.apps.authoring.composed import (
    CORE_ROWS,
    FACTS,
    ON_A_MORNING,
    a_draft,
    sign_what_is_shipped,
    signs,
    text_of,
)

pytestmark = ON_A_MORNING


def test_a_published_questionnaire_can_be_chosen_weighed_and_handed_in(people) -> None:
    nurse, consultant = people
    sign_what_is_shipped()
    made = brought(nurse, questionnaire())
    row = a_draft(Service.objects.get())
    where = f"/library/packs/drafts/{row.pk}/"
    page = text_of(nurse.get(where))
    assert f'value="add:{made.key}"' not in page and "Nobody has confirmed yet" in page
    confirm(nurse, made)
    signs(consultant, made)
    before = text_of(nurse.get(where))
    assert f'value="add:{made.key}"' in before and "17 to 19 questions" in before
    nurse.post(where, {**FACTS, **CORE_ROWS, "do": f"add:{made.key}"})
    after = text_of(nurse.get(where))
    assert "21 to 23 questions" in after and "Invented questions" in after
    preview = f"/library/preview/draft/{row.pk}/"
    assert "shown only among all questions: Invented questions" in text_of(nurse.get(preview))
    assert "Have you wished to be dead?" in text_of(nurse.get(f"{preview}questions/"))
    rows = {"part-0": "Invented questions", "part-1": "Smoking", "part-2": "Mood",
            "part-3": "Worry", f"often-{made.key}": "0"}  # fmt: skip
    answer = nurse.post(where, {**FACTS, **CORE_ROWS, **rows, "do": "hand_in"})
    assert answer["Location"].startswith("/library/versions/")
    page = text_of(nurse.get(answer["Location"]))
    assert "Invented questions" in page and "at every visit" in page


def test_nothing_can_depend_on_an_answer_to_what_was_brought_in(people) -> None:
    nurse, consultant = people
    sign_what_is_shipped()
    made = brought(nurse, questionnaire())
    confirm(nurse, made)
    signs(consultant, made)
    row = a_draft(Service.objects.get())
    where = f"/library/packs/drafts/{row.pk}/"
    nurse.post(where, {**FACTS, **CORE_ROWS, "do": f"add:{made.key}"})
    rows = {"part-0": "Invented questions", "part-1": "Smoking", "part-2": "Mood",
            "part-3": "Worry", f"often-{made.key}": "0"}  # fmt: skip
    nurse.post(where, {**FACTS, **CORE_ROWS, **rows, "do": "add:peg"})
    page = text_of(nurse.get(f"{where}only-when/peg/"))
    assert "Have you wished to be dead?" not in page
