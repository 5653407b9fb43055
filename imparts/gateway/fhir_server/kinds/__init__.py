"""Kinds: one file a type of resource: which rows, which search parameters, what may be written.

Importing this folder registers them all.
"""

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
