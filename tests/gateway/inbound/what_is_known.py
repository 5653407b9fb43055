"""Everything that the record has told us, as lines that can be read and compared."""

from collections.abc import Iterator

from imparts.design.dates import local
from imparts.informatics.clinics.models import Appointment, Stay
from imparts.informatics.clinics.queries import with_state
from imparts.informatics.results.queries import diagnoses_of, physical_measures_of
from imparts.people.models import Identifier, Patient
from imparts.rules.stays import standing

_OWN = "RXX"


def all_known() -> list[str]:
    """All facts, sorted."""
    return sorted([*_patients(), *_stays(), *_appointments(), *_results()])


def _patients() -> Iterator[str]:
    for each in Patient.objects.select_related("merged_into"):
        said = [f"{each.family_name}, {each.given_name}", f"born {each.born_on.isoformat()}"]
        said += [] if each.sex == "not_known" else [each.sex]
        said += [f"known as {each.known_as}"] if each.known_as else []
        said += [each.postcode] if each.postcode else []
        said += [f"ethnicity {each.ethnicity}"] if each.ethnicity else []
        said += [f"died {each.died_on.isoformat()}"] if each.died_on else []
        said += [_national(number) for number in _numbers(each) if number.scheme != "hospital"]
        said += ["test"] if each.is_test else []
        said += [f"now {name_of(each.merged_into)}"] if each.merged_into else []
        yield f"patient {name_of(each)}: {'; '.join(said)}"


def name_of(patient: Patient) -> str:
    """A patient by their hospital numbers: H1, or H1+RYY:7."""
    held = [each for each in _numbers(patient) if each.scheme == "hospital"]
    return "+".join(sorted(_hospital(each) for each in held))


def _numbers(patient: Patient) -> list[Identifier]:
    return list(patient.identifiers.select_related("issued_by").order_by("scheme", "value"))


def _hospital(number: Identifier) -> str:
    code = number.issued_by.code if number.issued_by else "?"
    return number.value if code == _OWN else f"{code}:{number.value}"


def _national(number: Identifier) -> str:
    if number.scheme == "doubtful":
        return f"not an NHS number {number.value}"
    return f"NHS {number.value} {'verified' if number.verified_at else 'unverified'}"


def _stays() -> Iterator[str]:
    for each in Stay.objects.select_related("patient"):
        now = standing(each.moves.order_by("said_at", "id"))
        number = each.visit_number or "without number"
        place = f" at {now.place}" if now.place else ""
        yield f"stay {number} of {name_of(each.patient)}: {now.state}{place}"


def _appointments() -> Iterator[str]:
    for each in with_state(Appointment.objects.all()):
        when = f"{local(each.at):%Y-%m-%d %H:%M}"
        where = f"{each.session.service.name}, {each.session.part}"
        whose = f"appointment {each.record_number} of {name_of(each.patient)}"
        yield f"{whose}: {each.state} {when} {where}"


def _results() -> Iterator[str]:
    people = {each.pk: each for each in Patient.objects.filter(merged_into__isnull=True)}
    for person, lines in diagnoses_of(people).items():
        for line in lines:
            on = f" since {line.on.isoformat()}" if line.on else ""
            coded = f"{line.system} {line.code} " if line.code else ""
            yield f"diagnosis of {name_of(people[person])}: {coded}{line.words}{on}"
    for person, courses in physical_measures_of(people).items():
        for code, points in courses.items():
            for point in points:
                second = f"/{point.second.normalize():f}" if point.second is not None else ""
                number = f"{point.value.normalize():f}{second}"
                day = point.on.isoformat()
                yield f"measure of {name_of(people[person])}: {code} {number} on {day}"
