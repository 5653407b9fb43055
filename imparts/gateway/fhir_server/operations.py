"""Operations: what is asked with a dollar sign, each registered by the file that answers it.

    register_operation(Operation(
        name="everything", types=("Patient",), on="instance", answer=everything, letter="r",
        definition="http://hl7.org/fhir/OperationDefinition/Patient-everything",
    ))

`answer` gets the call and gives an Answer; the scope of `letter` was looked at before. An operation
of an instance finds its row with reading.find, which is the door of every other read. POST is
answered always, GET where the operation changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from imparts.gateway.fhir_server.calls import Answer, Call
from imparts.gateway.fhir_server.problems import Issue, Problem, problem, shortly
from imparts.gateway.fhir_server.reading import require, require_type
from imparts.gateway.fhir_server.registry import load_kinds

ANY_TYPE = "*"


@dataclass(frozen=True)
class Operation:
    """One operation, at the base ("system"), at a type, or at one resource ("instance")."""

    name: str
    on: str
    answer: Callable[[Call], Answer]
    definition: str
    types: tuple[str, ...] = ()
    """The types at which it is answered; ("*",) is every type that is served."""
    letter: str = ""
    """The letter of "cruds" that its type's scope must have; empty where `answer` looks itself."""
    changes: bool = False
    documentation: str = ""


_operations: dict[tuple[str, str, str], Operation] = {}


def register_operation(operation: Operation) -> None:
    """Answer this operation from now on."""
    for type_name in operation.types or ("",):
        _operations[operation.on, type_name, operation.name] = operation


def operations() -> tuple[Operation, ...]:
    """Every operation, once, by name."""
    load_kinds()
    return tuple(sorted(dict.fromkeys(_operations.values()), key=lambda each: each.name))


def operate(call: Call) -> Answer:
    """Answer a path that ends in $name."""
    *where, name = call.path
    on = ("system", "type", "instance")[min(len(where), 2)]
    type_name = where[0] if where else ""
    operation = _operation(on, type_name, name.removeprefix("$"))
    if operation is None and type_name:
        require_type(type_name)
    if operation is None or len(where) > 2:
        raise problem(
            404, "not-supported", f"There is no operation {shortly(name)} here. GET metadata lists "
            "those that there are.",
        )  # fmt: skip
    if call.verb == "GET" and operation.changes:
        raise method_refused("POST")
    if call.verb not in ("GET", "POST"):
        raise method_refused("POST" if operation.changes else "GET, POST")
    if operation.letter and type_name:
        require(call.reader, type_name, operation.letter)
    return operation.answer(call)


def _operation(on: str, type_name: str, name: str) -> Operation | None:
    load_kinds()
    own = _operations.get((on, type_name, name))
    return own or (_operations.get((on, ANY_TYPE, name)) if type_name else None)


def method_refused(allowed: str, says: str = "") -> Problem:
    """405 in words, with the verbs that are answered."""
    said = Issue("not-supported", says or f"Only {allowed} is answered here.")
    return Problem(405, said, headers={"Allow": allowed})
