"""Words that a site loaded, on the tablet: shown as text whatever they hold, and heard (H1, H4)."""

import pytest

from imparts.library import actions as library
from imparts.pathways.models import Alert
from tests.apps.informatics.questionnaires.browsers import at_first_question
from tests.apps.library.invented import load_clinic_pack, load_structure, load_wording
from tests.builders import NOON, TODAY, a_hand_over, an_appointment, answer
from tests.rules.wording.invented import changed

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def asks_kettles(service):
    """A service whose pack asks the Kettle Scale, in hostile words."""

    def spoil(values) -> None:
        words = values["languages"]["en-GB"]
        words["stem"] = words["items"]["q1"]["text"] = HOSTILE
        words["options"]["how_often"]["0"] = HOSTILE

    load_structure()
    load_wording(text=changed(spoil))
    content = load_clinic_pack()
    library.put_in_force(service=service, content=content, from_on=TODAY, by="lead", at=NOON)
    return service


def test_hostile_words_are_shown_as_text(asks_kettles, tablet, appointment) -> None:
    browser = at_first_question(tablet, appointment)
    page = browser.get("/tablet/q/kettle/q1/").content.decode()
    assert page.count("&lt;script&gt;alert(") >= 2
    assert "<script>alert(" not in page and "<img src=x" not in page


def test_a_licensed_question_about_harm_raises_its_alert(asks_kettles) -> None:
    hand_over = a_hand_over(an_appointment(asks_kettles))
    answer(hand_over, "kettle", "q3", 1)
    alert = Alert.objects.get()
    assert (alert.instrument, alert.item) == ("kettle", "q3")


def test_a_licensed_question_about_harm_that_is_declined_raises_its_alert_too(asks_kettles) -> None:
    hand_over = a_hand_over(an_appointment(asks_kettles))
    answer(hand_over, "kettle", "q3", None)
    assert Alert.objects.filter(instrument="kettle", item="q3").count() == 1
