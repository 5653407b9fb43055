"""Trusted record: the pretend hospital record may open imparts for its users and patients."""

from datetime import datetime

from imparts.demo.places.specialties import FIRST_TRUST
from imparts.gateway.fhir.identifiers import system_of
from imparts.gateway.smart.actions.trusting import Trusted, end_trust, trust
from imparts.gateway.smart.queries.records import records
from imparts.organisations.queries import organisations_coded

NAME, CLIENT = "The pretend hospital record", "imparts"


def trust_the_record(issuer: str, *, at: datetime) -> None:
    """Let it open us, in a frame of its own pages too; at each start it may be elsewhere."""
    for record in records().filter(name=NAME, ended_at__isnull=True).exclude(issuer=issuer):
        end_trust(record, by="demo", at=at)
    trust(
        Trusted(
            name=NAME,
            issuer=issuer,
            organisation=organisations_coded(FIRST_TRUST)[0],
            client_id=CLIENT,
            patient_system=system_of("hospital", FIRST_TRUST),
            is_public=True,
            origins=(issuer.removesuffix("/fhir"),),
        ),
        by="demo",
        at=at,
    )
