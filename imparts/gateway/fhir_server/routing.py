"""Routing: one call to what answers it, by its verb and its path.

GET    Type/id             reading          GET  Type/id/_history[/n]   history
GET    Type?...            searching        POST Type/_search           searching
POST   Type, PUT Type/id   writing          POST (the base)             transactions
GET    metadata            capability       any  .../$name              operations
"""

import logging
import secrets

from django.core.exceptions import ValidationError
from django.db import DataError, OperationalError, transaction

from imparts.gateway.fhir_server.calls import Answer, Call, refused
from imparts.gateway.fhir_server.problems import Issue, Problem, problem, shortly
from imparts.gateway.fhir_server.reading import read
from imparts.gateway.fhir_server.searching import search

logger = logging.getLogger("imparts.fhir")


def answer(call: Call) -> Answer:
    """Answer one call; what is wrong with it is an answer too, and then nothing was written."""
    try:
        with transaction.atomic():
            return _answered(call)
    except Problem as wrong:
        return refused(wrong.status, wrong.issues)
    except (ValidationError, DataError):
        return refused(422, [Issue("value", "A value in what was sent cannot be stored here.")])
    except OperationalError:
        raise
    except Exception as failure:
        reference = secrets.token_hex(4)
        # The kind of failure and where, never its words: they may hold a person's data.
        logger.error("fhir call failed, reference %s, %s", reference, type(failure).__name__)
        raise


def _answered(call: Call) -> Answer:
    if len(call.path) == 2 and call.verb == "GET":
        return read(call)
    if len(call.path) == 1 and call.verb == "GET":
        return search(call)
    raise problem(404, "not-supported", f"Nothing answers {shortly(call.verb)} here.")
