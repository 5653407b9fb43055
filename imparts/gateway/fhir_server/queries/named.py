"""People as they are named from outside: by a number, or by the id of any record of theirs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from imparts.access.roles import May
from imparts.gateway.fhir.identifiers import scheme_of
from imparts.people.models import Identifier, Patient
from imparts.people.queries import patients_visible_to

if TYPE_CHECKING:
    from imparts.gateway.fhir_server.registry import Reader


def known_by(system: str | None, value: str) -> QuerySet[Identifier]:
    """Identifiers as they are asked for: system and value, either alone."""
    found = Identifier.objects.exclude(scheme=Identifier.Scheme.DOUBTFUL)
    if value:
        found = found.filter(value=value.replace(" ", ""))
    if system is None:
        return found if value else found.none()
    known = scheme_of(system)
    if known is None:
        return found.none()
    found = found.filter(scheme=known[0])
    return found.filter(issued_by__code=known[1]) if known[0] == "hospital" else found


def with_number(system: str | None, value: str) -> QuerySet[Any]:
    """The ids of every record of the people who have a number."""
    own = known_by(system, value).values("patient_id")
    survivors = Patient.objects.filter(pk__in=own, merged_into__isnull=False).values("merged_into")
    return Patient.objects.filter(
        Q(pk__in=own) | Q(merged_into__in=own) | Q(pk__in=survivors)
        | Q(merged_into__in=survivors)
    ).values("pk")  # fmt: skip


def records_of(found: Iterable[UUID]) -> list[UUID]:
    """The ids of every record of some people, whichever of their records is named."""
    named = list(found)
    if not named:
        return []
    pairs = Patient.objects.filter(Q(pk__in=named) | Q(merged_into__in=named))
    survivors = {into or pk for pk, into in pairs.values_list("pk", "merged_into_id")}
    others = Patient.objects.filter(merged_into__in=survivors).values_list("pk", flat=True)
    return [*survivors, *others]


def about_visible(reader: "Reader", path: str, may: May = May.SEE_PATIENTS) -> Q:
    """For rows of other tables: those about people whom a reader may see.

    `path` leads to the patient's primary key; a row may have been written for a record that was
    merged since. A search that names people asks once which of them may be seen, and then looks for
    rows of those: for thousands of rows and five tables that is a tenth of the work.
    """
    if reader.named is not None:
        return Q(**{f"{path}__in": reader.once(may, lambda: _visible_records(reader, may))})
    visible = patients_visible_to(reader.asking, on=reader.on, may=may)
    outer = OuterRef(path)
    merged = Patient.objects.filter(pk=outer, merged_into__in=visible.values("pk"))
    return Q(Exists(visible.filter(pk=outer))) | Q(Exists(merged))


def _visible_records(reader: "Reader", may: May) -> list[UUID]:
    visible = patients_visible_to(reader.asking, on=reader.on, may=may)
    seen = list(visible.filter(pk__in=list(reader.named or ())).values_list("pk", flat=True))
    merged = Patient.objects.filter(merged_into__in=seen).values_list("pk", flat=True)
    return [*seen, *merged]
