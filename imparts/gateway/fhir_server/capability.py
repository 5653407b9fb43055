"""CapabilityStatement: what this server answers, read from what is registered and nothing else."""

from collections.abc import Iterator
from datetime import datetime

from imparts.gateway.fhir.about import filled
from imparts.gateway.fhir_server.operations import ANY_TYPE, Operation, operations
from imparts.gateway.fhir_server.parameters import Param, Reference
from imparts.gateway.fhir_server.registry import Json, Kind, kinds_of, parameters_of, types

FHIR_VERSION = "4.0.1"
OAUTH_ADDRESSES = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
SECURITY_SERVICES = "http://terminology.hl7.org/CodeSystem/restful-security-service"
_SECURITY = (
    "Every call but this one needs a bearer token of OAuth 2: SMART App Launch 2 for apps, client "
    "credentials for machines. What a token opens is narrowed by its scopes and by the services of "
    "whoever asks; what may not be seen is answered as what does not exist."
)


def capability_statement(*, base: str, at: datetime, version: str) -> Json:
    """What this server answers."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": at.isoformat(timespec="seconds"),
        "kind": "instance",
        "software": {"name": "imparts", "version": version},
        "implementation": {"description": "imparts: FHIR R4", "url": base},
        "fhirVersion": FHIR_VERSION,
        "format": ["json", "application/fhir+json"],
        "rest": [_rest(base)],
    }


def _rest(base: str) -> Json:
    return filled(
        {
            "mode": "server",
            "security": _security(base),
            "resource": [_resource(type_name) for type_name in types()],
            "interaction": [{"code": "transaction"}, {"code": "batch"}],
            "operation": [_operation(each) for each in operations() if each.on == "system"],
        }
    )


def _security(base: str) -> Json:
    site = base.removesuffix("/fhir")
    ends = (("authorize", "oauth/authorize/"), ("token", "oauth/token/"),
            ("revoke", "oauth/revoke/"), ("introspect", "oauth/introspect/"))  # fmt: skip
    return {
        "extension": [
            {
                "url": OAUTH_ADDRESSES,
                "extension": [{"url": name, "valueUri": f"{site}/{path}"} for name, path in ends],
            }
        ],
        "cors": False,
        "service": [
            {"coding": [{"system": SECURITY_SERVICES, "code": "SMART-on-FHIR"}],
             "text": "OAuth 2, as SMART on FHIR says"}
        ],
        "description": _SECURITY,
    }  # fmt: skip


def _resource(type_name: str) -> Json:
    kinds = kinds_of(type_name)
    can_create = any(kind.create for kind in kinds)
    can_update = any(kind.update for kind in kinds)
    own = [each for each in operations() if type_name in each.types or ANY_TYPE in each.types]
    return filled(
        {
            "type": type_name,
            "supportedProfile": sorted({name for kind in kinds for name in kind.profiles}),
            "documentation": " ".join(kind.documentation for kind in kinds if kind.documentation),
            "interaction": [{"code": code} for code in interactions(type_name)],
            "versioning": _versioning(kinds),
            "readHistory": any(kind.has_versions for kind in kinds),
            "updateCreate": False,
            "conditionalCreate": can_create,
            "conditionalRead": "full-support",
            "conditionalUpdate": False,
            "conditionalDelete": "not-supported",
            "referencePolicy": ["literal", "local"] if can_create or can_update else ["literal"],
            "searchInclude": sorted(_includes(type_name)),
            "searchRevInclude": sorted(_revincludes(type_name)),
            "searchParam": [_param(name, each) for name, each in search_parameters(type_name)],
            "operation": [_operation(each) for each in own],
        }
    )


def interactions(type_name: str) -> Iterator[str]:
    """What may be done with a type, in FHIR's codes."""
    kinds = kinds_of(type_name)
    yield from ("read", "search-type")
    if any(kind.has_versions for kind in kinds):
        yield from ("vread", "history-instance", "history-type")
    if any(kind.create for kind in kinds):
        yield "create"
    if any(kind.update for kind in kinds):
        yield "update"


def search_parameters(type_name: str) -> Iterator[tuple[str, Param | None]]:
    """Search parameters by name; those of every type have no Param of their own."""
    yield "_id", None
    if any(kind.stored for kind in kinds_of(type_name)):
        yield "_lastUpdated", None
    yield from sorted(parameters_of(type_name).items())


def _versioning(kinds: tuple[Kind, ...]) -> str:
    if any(kind.update for kind in kinds):
        return "versioned-update"
    return "versioned" if any(kind.has_versions for kind in kinds) else "no-version"


def _param(name: str, param: Param | None) -> Json:
    if param is None:
        return {"name": name, "type": "token" if name == "_id" else "date"}
    return filled({"name": name, "type": param.type, "documentation": _words(param)})


def _words(param: Param) -> str:
    said = [param.documentation] if param.documentation else []
    if param.modifiers:
        said.append(f"With {', '.join(f':{each}' for each in sorted(param.modifiers))}.")
    return " ".join(said)


def _includes(type_name: str) -> Iterator[str]:
    for name, param in parameters_of(type_name).items():
        if isinstance(param, Reference) and param.element and set(param.targets) & set(types()):
            yield f"{type_name}:{name}"


def _revincludes(type_name: str) -> Iterator[str]:
    for other in types():
        for name, param in parameters_of(other).items():
            if isinstance(param, Reference) and type_name in param.targets:
                yield f"{other}:{name}"


def _operation(operation: Operation) -> Json:
    return filled(
        {
            "name": operation.name,
            "definition": operation.definition,
            "documentation": operation.documentation,
        }
    )
