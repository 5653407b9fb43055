"""Trusted record: the pretend hospital record may open imparts for its users and patients."""

from datetime import datetime

from imparts.demo.places.specialties import FIRST_TRUST
from imparts.gateway.fhir.identifiers import system_of
from imparts.gateway.smart.actions.trusting import Trusted, trust
from imparts.organisations.queries import organisations_coded

NAME, CLIENT = "The pretend hospital record", "imparts"


def trust_the_record(issuer: str, *, at: datetime) -> None:
    """Let it open us, in a frame of its own pages too; said again at each start of the demo."""
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
