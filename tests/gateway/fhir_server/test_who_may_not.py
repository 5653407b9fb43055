"""Every resource of every type, asked for in every way by everyone who may not see it (hazard H8).

One patient has something of every type. Whoever may see them lists it all. Then a machine of
another clinic, one of no clinic, staff of another clinic, an app for another patient, one without
scopes and a machine whose clinic's care has ended ask for each of it, in every way that the server
answers. None may learn anything: not one id, not one name, and no other answer than for nobody.
"""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from freezegun import freeze_time

from imparts.audit import actions as audit
from imparts.gateway.fhir_server.capability import search_parameters
from imparts.gateway.fhir_server.parameters import Reference
from imparts.gateway.fhir_server.registry import kinds_of, parameters_of, types
from imparts.gateway.smart.queries import tokens
from imparts.informatics.clinics import actions as clinics
from imparts.people.models import CareRelationship, Patient
from tests.apps.workspace.letters_given import Visit
from tests.builders import NOON, a_service, staff_with
from tests.gateway.fhir_server.asking import Asked, known_at, matches
from tests.gateway.fhir_server.clients import a_machine, token_for
from tests.gateway.fhir_server.test_places_and_visits import stayed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]
SECRET = "Quillfeather"
# Types that are about somebody, and that this patient has; those of which nothing is kept are left.
AT_LEAST = {
    "Patient", "Appointment", "Encounter", "QuestionnaireResponse", "Observation", "Flag",
    "CarePlan", "Task", "Provenance",
}  # fmt: skip


class Everything:
    """One patient with something of every type, and all of it by type."""

    def __init__(self) -> None:
        with freeze_time(NOON):
            patient = known_at(a_service(with_content=False), "Odette", SECRET)
        visit = Visit(patient, phq9={"q1": 3, "q2": 3, "q3": 3, "q4": 2, "q9": 2})
        self.patient, self.clinic = visit.patient, visit.service
        booked = patient.appointments.order_by("-at")[0]
        clinics.check_in(appointment=booked, by="test", at=NOON)
        stayed(patient, self.clinic, ("admitted", 1))
        audit.record(who="test", did="saw patient", patient=patient.pk, at=NOON)
        self.allowed = Asked(token_for(scopes="system/*.rs", services=[self.clinic]))
        self.ids = {
            name: self._ids(name) for name in types() if any(k.person for k in kinds_of(name))
        }
        self.names = {f"{name}/{one}" for name, ids in self.ids.items() for one in ids}

    def _ids(self, type_name: str) -> list[str]:
        found = self.allowed.json(f"{type_name}?_count=100")
        return [
            each["id"] for each in matches(found)
            if SECRET in json.dumps(each) or str(self.patient.pk) in json.dumps(each)
        ]  # fmt: skip


@pytest.fixture
def everything(db, in_the_demo) -> Everything:
    """The patient."""
    with freeze_time(NOON + timedelta(minutes=5)):
        yield Everything()


def _machine(*services) -> Asked:
    return Asked(token_for(scopes="system/*.cruds", services=list(services)))


def _of_another_clinic(everything, monkeypatch) -> Asked:
    other = a_service("Dermatology", with_content=False)
    known_at(other, "Basil", "Otherwick")
    return _machine(other)


def _of_no_clinic(everything, monkeypatch) -> Asked:
    """A machine that was let in once, and whose services were all taken from it since."""
    client, _ = a_machine(services=[everything.clinic])
    token = token_for(client=client)
    client.services.clear()
    return Asked(token)


def _staff_of_another_clinic(everything, monkeypatch) -> Asked:
    other = a_service("Dermatology", with_content=False)
    return Asked(token_for(scopes="user/*.cruds", staff=staff_with("consultant", other)))


def _for_another_patient(everything, monkeypatch) -> Asked:
    """An app opened for another patient of the same clinic, by somebody who may see both."""
    other = known_at(everything.clinic, "Basil", "Otherwick")
    held = tokens.token_held

    def in_context(token: str, **more):
        from dataclasses import replace

        return replace(held(token, **more), patient=other.pk)

    monkeypatch.setattr("imparts.gateway.smart.principal.token_held", in_context)
    staff = staff_with("consultant", everything.clinic)
    return Asked(token_for(scopes="patient/*.cruds launch/patient", staff=staff))


def _without_scopes(everything, monkeypatch) -> Asked:
    client, _ = a_machine(services=[everything.clinic])
    return Asked(token_for(scopes="openid", client=client))


def _whose_care_has_ended(everything, monkeypatch) -> Asked:
    CareRelationship.objects.filter(patient=everything.patient).update(
        until_on=date(2026, 11, 1), from_on=date(2020, 1, 1)
    )
    return _machine(everything.clinic)


def _reception(everything, monkeypatch) -> Asked:
    staff = staff_with("receptionist", everything.clinic)
    return Asked(token_for(scopes="user/*.cruds", staff=staff))


WHO = [
    _of_another_clinic, _of_no_clinic, _staff_of_another_clinic, _for_another_patient,
    _without_scopes, _whose_care_has_ended, _reception,
]  # fmt: skip


def test_whoever_may_sees_something_of_every_type(everything) -> None:
    assert {name for name, ids in everything.ids.items() if ids} >= AT_LEAST
    answer = everything.allowed(f"Patient/{everything.patient.pk}")
    assert SECRET.encode() in answer.content


def test_nobody_else_learns_anything_in_any_way(everything, monkeypatch) -> None:
    for who in WHO:  # one after another, for the patient takes long to make
        with monkeypatch.context() as patched:
            _learns_nothing(everything, who(everything, patched), who.__name__)


def _learns_nothing(everything: Everything, ask: Asked, who: str) -> None:
    nobody = str(uuid4())
    for type_name, ids in everything.ids.items():
        for logical_id in ids[:1]:
            for path in _by_id(type_name):
                theirs, nobodys = ask(path.format(logical_id)), ask(path.format(nobody))
                assert theirs.status_code == nobodys.status_code != 200, (who, path)
                assert theirs.content == nobodys.content, (who, path)
        for path in [*_searches(type_name, ids), *_including(type_name, everything)]:
            _tells_nothing(everything, ask, path)
    for kind in ("transaction", "batch"):
        answer = ask("", verb="POST", body=_bundle(kind, everything))
        assert not _ids_in(answer.content, everything), (who, kind)
        assert SECRET.encode() not in answer.content, (who, kind)


def _by_id(type_name: str) -> list[str]:
    own = [f"{type_name}/{{}}", f"{type_name}/{{}}/_history", f"{type_name}/{{}}/_history/1"]
    return [*own, "Patient/{}/$everything"] if type_name == "Patient" else own


def _searches(type_name: str, ids: list[str]) -> list[str]:
    some = ",".join(ids[:20])
    return [
        f"{type_name}?_count=200", f"{type_name}?_id={some}", f"{type_name}?_sort=-_id",
        f"{type_name}?_summary=count&_id={some}", f"{type_name}?_total=accurate&_id={some}",
        f"{type_name}/_history",
    ]  # fmt: skip


def _including(type_name: str, everything: Everything) -> list[str]:
    """Every reference as parameter, as chain, as _include and as _revinclude."""
    made = []
    for name, param in parameters_of(type_name).items():
        if isinstance(param, Reference):
            made.append(f"{type_name}?_include={type_name}:{name}")
            for target in param.targets:
                if ids := everything.ids.get(target):
                    made.append(f"{type_name}?{name}={target}/{ids[0]}")
                made.append(f"{target}?_revinclude={type_name}:{name}")
                chained = [each for each, _ in search_parameters(target) if each == "family"]
                made += [f"{type_name}?{name}:{target}.{each}={SECRET}" for each in chained]
    return made


def _tells_nothing(everything: Everything, ask: Asked, path: str) -> None:
    answer = ask(path)
    assert answer.status_code < 500, path
    assert not _ids_in(answer.content, everything), path
    if answer.status_code == 200:
        assert not json.loads(answer.content).get("total") or "_id=" not in path, path
        found = [each.get("resource", {}) for each in json.loads(answer.content).get("entry", ())]
        assert not any(SECRET in json.dumps(each) for each in found), path


def _ids_in(content: bytes, everything: Everything) -> list[str]:
    """What of the patient's stands or is referred to in the resources of an answer."""
    said = json.loads(content) if content else {}
    resources = [each.get("resource", {}) for each in said.get("entry", ())]
    inner = [one.get("resource", {}) for each in resources for one in each.get("entry", ())]
    told = json.dumps([*resources, *inner])
    stand = {f"{each.get('resourceType')}/{each.get('id')}" for each in [*resources, *inner]}
    return [name for name in everything.names if name in stand or f'"{name}"' in told]


def _bundle(kind: str, everything: Everything):
    paths = [
        f"{name}/{ids[0]}{rest}"
        for name, ids in everything.ids.items() if ids
        for rest in ("", "/_history", "/_history/1")
    ]  # fmt: skip
    if kind == "transaction":
        paths = [f"{name}?_id={ids[0]}" for name, ids in everything.ids.items() if ids]
    entries = [{"request": {"method": "GET", "url": path}} for path in paths]
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def test_a_person_merged_away_opens_nothing_either(everything, monkeypatch) -> None:
    ask = _of_another_clinic(everything, monkeypatch)
    mine = Patient.objects.get(family_name="Otherwick")
    answer = ask(f"Patient/{mine.pk}/_history")
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()
