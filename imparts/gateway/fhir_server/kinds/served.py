"""Every kind and operation that is served: importing this file registers them all."""

from imparts.gateway.fhir_server.kinds import (
    alerts,
    audited,
    exports,
    library,
    not_kept,
    observations,
    operations,
    patient,
    places,
    plans,
    referrals,
    responses,
    visits,
)

__all__ = [
    "alerts",
    "audited",
    "exports",
    "library",
    "not_kept",
    "observations",
    "operations",
    "patient",
    "places",
    "plans",
    "referrals",
    "responses",
    "visits",
]
