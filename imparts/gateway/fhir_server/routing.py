"""Routing: one call to what answers it, by its verb and its path.

GET    Type/id             reading          GET  Type/id/_history[/n]   history
GET    Type?...            searching        POST Type/_search           searching
POST   Type, PUT Type/id   writing          POST (the base)             transactions
any    .../$name           operations       GET  metadata               views, for anybody
"""

import logging
import re
import secrets
from collections.abc import Callable
from contextlib import nullcontext

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.http import Http404

from imparts.gateway.fhir_server import history
from imparts.gateway.fhir_server.calls import Answer, Call, refusal, refused
from imparts.gateway.fhir_server.operations import method_refused, operate
from imparts.gateway.fhir_server.problems import Issue, Problem, not_found, problem
from imparts.gateway.fhir_server.reading import read, require_type
from imparts.gateway.fhir_server.searching import search
from imparts.gateway.fhir_server.writing.bundles import bundle
from imparts.gateway.fhir_server.writing.single import create, update

logger = logging.getLogger("imparts.fhir")
_TYPE = re.compile(r"[A-Z][A-Za-z]{1,40}")
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
NEVER_DELETED = (
    "Nothing is deleted here: a record of care is kept. What is wrong is corrected where it came "
    "from, and then shows as entered in error."
)


def answer(call: Call, *, is_alone: bool = False) -> Answer:
    """Answer one call; what is wrong with it is an answer too, and then nothing was written.

    A call that came alone and reads has nothing to take back, which saves it two statements.
    """
    try:
        with nullcontext() if is_alone and call.verb == "GET" else transaction.atomic():
            return dispatch(call)
    except Problem as wrong:
        return refusal(wrong)
    except Http404:
        return refusal(not_found())
    except IntegrityError:
        return refused(409, [Issue("conflict", "This stands against what is stored already.")])
    except (ValidationError, DataError):
        return refused(422, [Issue("value", "A value in what was sent cannot be stored here.")])
    except OperationalError:
        words = "The database does not answer just now. Nothing was stored; send it again."
        return refused(503, [Issue("transient", words)], **{"Retry-After": "5"})
    except Exception:
        reference = secrets.token_hex(4)
        logger.error("a call failed, reference %s", reference)
        logger.exception("where it failed")  # config.logs keeps its kind and place, never its words
        words = f"Something went wrong on our side; nothing was stored. Reference {reference}."
        return refused(500, [Issue("exception", words)])


def dispatch(call: Call) -> Answer:
    """What answers a call; raises Problem where it is refused."""
    if call.path and call.path[-1].startswith("$"):
        return operate(call)
    ways = _ways(call.path)
    if not ways:
        raise problem(404, "not-supported", "This server has no such address.")
    way = ways.get(call.verb)
    if way is None:
        words = NEVER_DELETED if call.verb == "DELETE" else ""
        raise method_refused(", ".join(sorted(ways)), words)
    return way(call)


def _ways(path: tuple[str, ...]) -> dict[str, Callable[[Call], Answer]]:
    """What is answered at a path, by verb."""
    if not path:
        return {"POST": bundle}
    if not _TYPE.fullmatch(path[0]):
        return {}
    require_type(path[0])
    return _ways_of_type(path[1:])


def _ways_of_type(path: tuple[str, ...]) -> dict[str, Callable[[Call], Answer]]:
    match path:
        case ():
            return {"GET": search, "POST": create}
        case ("_search",):
            return {"POST": search}
        case ("_history",):
            return {"GET": history.of_type}
    if not _ID.fullmatch(path[0]):
        return {}
    match path[1:]:
        case ():
            return {"GET": read, "PUT": update}
        case ("_history",):
            return {"GET": history.of_instance}
        case ("_history", number) if number:
            return {"GET": history.vread}
    return {}
