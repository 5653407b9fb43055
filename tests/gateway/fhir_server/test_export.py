"""Bulk export: asked for, written by the worker, fetched by the program that asked and no other."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from imparts.audit.models import AuditEntry
from imparts.gateway.fhir_server.actions.exporting import KEPT, remove_old
from imparts.gateway.fhir_server.export.writing import write_due
from imparts.gateway.fhir_server.models import ExportJob
from imparts.gateway.fhir_server.registry import Reader, kinds_of, rows_for
from imparts.gateway.smart.actions.registering import revoke
from imparts.gateway.smart.principal import principal_with
from imparts.gateway.smart.queries.tokens import token_held
from tests.builders import NOON, a_sent_sitting, a_service, staff_with
from tests.gateway.fhir_server.clients import a_machine, an_app, asking_with, token_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_the_demo")]
ASYNC = {"prefer": "respond-async"}


class Exporting:
    """A machine at one service, where patients have answered in many ways."""

    def __init__(self) -> None:
        self.service, self.other = a_service(), a_service("Dermatology")
        for phq9 in ([1] * 9, [1] * 9, [3] * 9, [0] * 8 + [1], [2] * 7 + [None, None], [None] * 9):
            items = {f"q{n}": value for n, value in enumerate(phq9, 1)}
            a_sent_sitting(self.service, phq9=items)
        a_sent_sitting(self.other)
        now = timezone.localdate()
        for service in (self.service, self.other):
            service.relationships.update(from_on=now - timedelta(days=1), until_on=None)
        self.client, _ = a_machine(scopes="system/*.rs", services=[self.service])
        self.token = token_for(scopes="system/*.rs", client=self.client)
        self.api = asking_with(self.token)

    def ask(self, path: str = "$export", **headers: str) -> Any:
        return self.api.get(f"/fhir/{path}", headers=ASYNC | headers)

    def written(self, path: str = "$export") -> Any:
        """Asked for, written, and its manifest."""
        asked = self.ask(path)
        assert asked.status_code == 202, asked.content
        self.where = (
            asked["Content-Location"]
            .removeprefix("http://testserver")
            .removeprefix("https://testserver")
        )
        waits = self.api.get(self.where)
        assert waits.status_code == 202 and waits["X-Progress"] and waits["Retry-After"]
        assert write_due(now=timezone.now)
        done = self.api.get(self.where)
        assert done.status_code == 200, done.content
        return done.json()

    def lines(self, manifest: Any) -> dict[str, list[Any]]:
        """Every resource by type, as fetched."""
        found: dict[str, list[Any]] = {}
        for one in manifest["output"]:
            answer = self.api.get(one["url"].removeprefix("https://testserver"))
            assert answer["Content-Type"] == "application/fhir+ndjson"
            content = b"".join(answer.streaming_content).decode()
            held = [json.loads(line) for line in content.splitlines()]
            assert len(held) == one["count"]
            assert {resource["resourceType"] for resource in held} == {one["type"]}
            found.setdefault(one["type"], []).extend(held)
        return found

    @property
    def reader(self) -> Reader:
        held = token_held(self.token, at=timezone.now())
        assert held is not None
        return Reader(principal_with(held), timezone.now())


@pytest.fixture
def exporting(tmp_path: Path, settings: Any) -> Iterator[Exporting]:
    settings.IMPARTS_DATA = tmp_path
    yield Exporting()


def test_what_is_exported_is_what_every_read_shows(exporting: Exporting) -> None:
    found = exporting.lines(exporting.written())
    reader = exporting.reader
    for type_name in ("Patient", "Observation", "QuestionnaireResponse", "Flag", "Organization"):
        shown = [
            resource for kind in kinds_of(type_name)
            for resource in kind.render(list(rows_for(kind, reader)), reader)
        ]  # fmt: skip
        assert shown, type_name
        assert sorted(map(json.dumps, found[type_name])) == sorted(map(json.dumps, shown))
    assert len(found["Patient"]) == 6
    statuses = {one["status"] for one in found["Observation"]}
    assert statuses >= {"final", "preliminary"}


def test_only_people_of_the_machines_services_are_in_it(exporting: Exporting) -> None:
    found = exporting.lines(exporting.written())
    seen = {str(pk) for pk in exporting.service.relationships.values_list("patient_id", flat=True)}
    assert {one["id"] for one in found["Patient"]} == seen
    about = {one["subject"]["reference"] for one in found["Observation"]}
    assert about <= {f"Patient/{pk}" for pk in seen}


def test_every_person_in_it_stands_in_the_audit(exporting: Exporting) -> None:
    exporting.written()
    seen = set(exporting.service.relationships.values_list("patient_id", flat=True))
    noted = AuditEntry.objects.filter(did="took in a bulk export")
    assert set(noted.values_list("patient", flat=True)) == seen


def test_types_and_since_narrow_it(exporting: Exporting) -> None:
    manifest = exporting.written("$export?_type=Patient,Flag")
    assert {one["type"] for one in manifest["output"]} == {"Patient", "Flag"}
    assert manifest["request"].endswith("$export?_type=Patient%2CFlag")
    later = exporting.written("$export?_type=Observation&_since=2031-01-01T00:00:00Z")
    assert later["output"] == []


def test_a_group_is_the_patients_of_one_service(exporting: Exporting) -> None:
    service, other = exporting.service, exporting.other
    found = exporting.lines(exporting.written(f"Group/{service.pk}/$export?_type=Patient"))
    assert len(found["Patient"]) == 6
    assert exporting.ask(f"Group/{other.pk}/$export").status_code == 404
    assert exporting.ask("Group/x/$export").status_code == 404


def test_patient_export_leaves_out_what_is_about_nobody(exporting: Exporting) -> None:
    found = exporting.lines(exporting.written("Patient/$export"))
    assert "Observation" in found and "Organization" not in found


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("$export", {"prefer": ""}, 400), ("$export?_since=yesterday", {}, 400),
        ("$export?_type=Nothing", {}, 400), ("$export?_outputFormat=parquet", {}, 400),
        ("$export?_typeFilter=Patient%3Fx", {}, 400), ("$export?_since=2026-01-01", {}, 400),
        ("Observation/$export", {}, 404), ("Group/1/2/$export", {}, 404),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_refused(
    exporting: Exporting, path: str, headers: dict[str, str], status: int
) -> None:
    answer = exporting.ask(path, **headers)
    assert answer.status_code == status
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert not ExportJob.objects.exists()


def test_a_type_that_no_scope_allows_is_refused_or_left_out(exporting: Exporting) -> None:
    client, _ = a_machine(scopes="system/Patient.rs", services=[exporting.service])
    exporting.api = asking_with(token_for(scopes="system/Patient.rs", client=client))
    assert exporting.ask("$export?_type=Observation").status_code == 403
    manifest = exporting.written()
    assert {one["type"] for one in manifest["output"]} == {"Patient"}


def test_an_app_of_a_person_gets_no_export(exporting: Exporting) -> None:
    nurse = staff_with("nurse", exporting.service)
    token = token_for(staff=nurse, scopes="user/*.rs", client=an_app()[0])
    assert asking_with(token).get("/fhir/$export", headers=ASYNC).status_code == 403


def test_another_program_finds_neither_the_export_nor_its_files(exporting: Exporting) -> None:
    manifest = exporting.written("$export?_type=Patient")
    other, _ = a_machine(scopes="system/*.rs", services=[exporting.service], name="Other")
    theirs = asking_with(token_for(scopes="system/*.rs", client=other))
    address = manifest["output"][0]["url"].removeprefix("https://testserver")
    for path in (exporting.where, address):
        assert theirs.get(path).status_code == 404
        assert theirs.delete(path).status_code == 404
        assert Client().get(path).status_code == 401
    for name in ("../../secret-key", "Patient.9.ndjson", "x", ".."):
        assert exporting.api.get(f"{exporting.where}{name}").status_code == 404


def test_cancelled_it_is_gone(exporting: Exporting, tmp_path: Path) -> None:
    exporting.written("$export?_type=Patient")
    assert exporting.api.delete(exporting.where).status_code == 202
    assert exporting.api.get(exporting.where).status_code == 404
    remove_old(at=timezone.now())
    assert list((tmp_path / "exports").iterdir()) == []


def test_files_end_after_a_day_and_nobody_else_on_the_machine_can_read_them(
    exporting: Exporting, tmp_path: Path
) -> None:
    exporting.written("$export?_type=Patient")
    (folder,) = (tmp_path / "exports").iterdir()
    (file,) = folder.iterdir()
    assert folder.stat().st_mode & 0o077 == 0 and file.stat().st_mode & 0o077 == 0
    assert remove_old(at=timezone.now() + KEPT - timedelta(minutes=1)) == 0
    assert remove_old(at=timezone.now() + KEPT + timedelta(minutes=1)) == 1
    assert not folder.exists() and exporting.api.get(exporting.where).status_code == 404


def test_a_program_put_out_meanwhile_is_written_nothing(
    exporting: Exporting, tmp_path: Path
) -> None:
    exporting.ask()
    revoke(exporting.client, by="test", at=NOON)
    assert write_due(now=timezone.now)
    assert ExportJob.objects.get().failed and not (tmp_path / "exports").exists()


def test_a_service_taken_away_meanwhile_is_not_in_it(exporting: Exporting) -> None:
    exporting.ask()
    exporting.client.services.set([exporting.other])
    write_due(now=timezone.now)
    patients = ExportJob.objects.get().files.filter(type="Patient")
    assert sum(one.count for one in patients) == 1


def test_an_export_whose_worker_died_is_written_anew(exporting: Exporting) -> None:
    from imparts.gateway.fhir_server.actions.exporting import take_up

    exporting.ask("$export?_type=Patient")
    assert take_up(at=timezone.now()) is not None
    assert not write_due(now=timezone.now)  # another worker leaves it alone
    later = timezone.now() + timedelta(minutes=3)
    assert write_due(now=lambda: later)
    assert ExportJob.objects.get().done_at == later


def test_at_most_five_wait_for_one_program(exporting: Exporting) -> None:
    for _ in range(5):
        assert exporting.ask().status_code == 202
    assert exporting.ask().status_code == 429
