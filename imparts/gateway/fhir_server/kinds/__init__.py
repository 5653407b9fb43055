"""Kinds: one file a type of resource: which rows, which search parameters, what may be written.

Importing this folder registers them all.
"""

from imparts.gateway.fhir_server.kinds import patient, places, visits

__all__ = ["patient", "places", "visits"]
