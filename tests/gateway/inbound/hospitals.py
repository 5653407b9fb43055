"""Two invented hospitals that send, with the codes by which they write their clinics."""

from datetime import date
from functools import partial

from imparts.gateway.inbound.actions import know_sender
from imparts.gateway.inbound.models import MeasureCode, NumberIssuer, ServiceCode
from imparts.organisations.actions import open_organisation, open_service
from tests.builders import NOON


def two_hospitals() -> None:
    """RXX, whose PAS sends (and TRAIN, about test patients), and RYY, whose EPR sends."""
    trust = partial(open_organisation, kind="trust", nation="england", opened_on=date(2000, 1, 1))
    first = trust(code="RXX", name="Fernhollow Hospitals")
    other = trust(code="RYY", name="Oakmere Hospitals")
    for organisation, name, code in (
        (first, "Rheumatology", "RHEUM1"), (first, "Dermatology", "DERM1"),
        (other, "Diabetes", "DIAB1"),
    ):  # fmt: skip
        service = open_service(
            organisation=organisation, code=name.lower(), name=name, site=organisation.name,
            opened_on=date(2010, 1, 1), by="test", at=NOON,
        )  # fmt: skip
        ServiceCode.objects.create(organisation=organisation, code=code, service=service)
    NumberIssuer.objects.create(organisation=first, name="FERNHOLLOW PAS")
    MeasureCode.objects.create(organisation=first, code="WT", measure="weight")
    for application, organisation, processing in (
        ("PAS", first, "P"), ("TRAIN", first, "T"), ("EPR", other, "P"),
    ):  # fmt: skip
        know_sender(
            application=application, facility=organisation.code, organisation=organisation,
            processing=processing, by="test", at=NOON,
        )  # fmt: skip
