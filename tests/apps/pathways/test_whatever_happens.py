"""Whatever people, crashes and clocks do, no alert ends by itself and none is left uncalled (H1).

The machine is also let loose on programs with a fault planted in each: it must find all of them.
"""

from unittest.mock import PropertyMock, patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from imparts.pathways.actions import escalating
from imparts.pathways.queries.stories import AlertStory
from tests.apps.pathways.machine import AlertMachine, a_world
from tests.apps.pathways.raising import covered
from tests.builders import a_service

pytestmark = pytest.mark.django_db
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
AS_EVER = settings(
    max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=SLOW
)
FINDING = settings(
    AS_EVER, max_examples=150, derandomize=True, phases=[Phase.generate], print_blob=False,
    report_multiple_bugs=False, database=None,
)  # fmt: skip


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    service = a_service(with_content=False)
    AlertMachine.world = a_world(service, covered(service))


def test_no_sequence_ends_an_alert_without_a_person_or_leaves_one_uncalled() -> None:
    run_state_machine_as_test(AlertMachine, settings=AS_EVER)


def _only_the_first(due):
    return lambda story, *, at: due(story, at=at)[:1] if not story.calls else ()


PLANTED = {
    "an alert is closed without saying what was done": lambda: patch(
        "imparts.pathways.actions.acting._refuse_to_close_without", lambda details: None
    ),
    "after the owner was called nobody more is": lambda: patch(
        "imparts.pathways.actions.escalating.due_in", _only_the_first(escalating.due_in)
    ),
    "handing on stops the clock": lambda: patch.object(
        AlertStory, "handed_on", PropertyMock(return_value=None)
    ),
    "seeing an alert stops the clock": lambda: patch.object(
        AlertStory, "taken", property(lambda story: story.first_seen or story.first_taken)
    ),
    "taking an alert stops every clock for good": lambda: patch(
        "imparts.pathways.queries.ladders._unacted", lambda story: ()
    ),
    "a clock that was put back holds a call back": lambda: patch(
        "imparts.rules.alerting.due._cannot_be_counted", lambda rung, now: False
    ),
}


@pytest.mark.parametrize("fault", list(PLANTED))
def test_a_planted_fault_is_found(fault: str) -> None:
    with PLANTED[fault](), pytest.raises(AssertionError):
        run_state_machine_as_test(AlertMachine, settings=FINDING)
