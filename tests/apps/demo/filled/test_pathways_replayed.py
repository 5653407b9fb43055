"""A run of the pathways that were live gives what live running suggested, over the whole past."""

from datetime import timedelta

import pytest

from imparts.informatics.questionnaires.queries.past import visits_of
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.pathways.models import PathwayEntry
from imparts.rules.pathways.simulation import run
from tests.apps.demo.filled.conftest import MORNING

pytestmark = pytest.mark.usefixtures("trust")
LONG_AGO = MORNING - timedelta(days=3650)


def _suggested(service: Service) -> dict[str, dict[object, tuple[str, ...]]]:
    """What live running kept with each sitting, by pathway and version."""
    found: dict[str, dict[object, tuple[str, ...]]] = {}
    entries = PathwayEntry.objects.filter(service=service, patient__is_test=False)
    for entry in entries:
        for called in entry.pathways:
            name, version = called.split(" ", 1)
            steps = tuple(
                step["step_id"]
                for step in entry.steps
                if (step["pathway_id"], step["pathway_version"]) == (name, version)
            )
            found.setdefault(called, {})[entry.about] = steps
    return found


def test_a_run_of_what_was_live_gives_what_happened_at_every_service(settings) -> None:
    settings.IMPARTS_DEMO = True
    compared = suggested = 0
    for service in Service.objects.all():
        live = _suggested(service)
        visits = visits_of([service.pk], LONG_AGO, MORNING + timedelta(days=1))
        for pathway in library.pathways_in_force(service.pk, on=MORNING.date()):
            expected = live.get(f"{pathway.id} {pathway.version}", {})
            found = run(pathway, [one for one in visits if one.about in expected])
            assert {about: found.steps.get(about, ()) for about in expected} == expected
            compared += len(expected)
            suggested += sum(map(bool, expected.values()))
    assert compared > 1000 and suggested > 300


def test_past_visits_hold_every_sitting_that_was_sent_with_its_own_scores() -> None:
    service = Service.objects.filter(pathway_entries__isnull=False).first()
    assert service is not None
    visits = visits_of([service.pk], LONG_AGO, MORNING + timedelta(days=1))
    entries = PathwayEntry.objects.filter(service=service, patient__is_test=False)
    assert {one.about for one in visits} == set(entries.values_list("about", flat=True))
    assert [one.at for one in visits] == sorted(one.at for one in visits)
    assert all(one.scores for one in visits)


def test_a_window_holds_no_visit_outside_it() -> None:
    services = list(Service.objects.values_list("pk", flat=True))
    since, until = MORNING - timedelta(days=200), MORNING - timedelta(days=100)
    found = visits_of(services, since, until)
    assert found and all(since <= one.at < until for one in found)


def test_a_merged_person_counts_once_as_the_record_that_stands() -> None:
    services = list(Service.objects.values_list("pk", flat=True))
    merged = PathwayEntry.objects.filter(patient__merged_into__isnull=False).first()
    if merged is None:
        merged = PathwayEntry.objects.first()
    assert merged is not None
    stands = merged.patient.merged_into_id or merged.patient_id
    found = visits_of(services, LONG_AGO, MORNING + timedelta(days=1))
    assert {one.person for one in found if one.about == merged.about} == {stands}
