"""What programs read first: where to sign in, how, and with which keys we sign."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from imparts.gateway.smart.actions.signing import ALGORITHM, signing_key
from imparts.gateway.smart.bases import fhir_base, site_base, token_address
from imparts.gateway.smart.keys import FOR_ASSERTIONS
from imparts.gateway.smart.queries.keys import public_keys

_PROOFS = ["client_secret_basic", "client_secret_post", "private_key_jwt"]
_SCOPES = [
    "openid", "fhirUser", "profile", "launch", "launch/patient", "online_access",
    "offline_access", "patient/*.rs", "user/*.rs", "user/*.cruds", "system/*.rs", "system/*.cruds",
]  # fmt: skip
CAPABILITIES = [
    "launch-ehr", "launch-standalone", "client-public", "client-confidential-symmetric",
    "client-confidential-asymmetric", "sso-openid-connect", "context-banner",
    "context-ehr-patient", "context-ehr-encounter", "context-standalone-patient",
    "permission-patient", "permission-user", "permission-offline", "permission-online",
    "permission-v1", "permission-v2",
]  # fmt: skip


@require_safe
def smart_configuration(request: HttpRequest) -> JsonResponse:
    """The SMART configuration, as SMART App Launch 2 has it."""
    base = site_base(request)
    return _open_to_all(
        _of_both(request)
        | {
            "revocation_endpoint": f"{base}/oauth/revoke/",
            "introspection_endpoint": f"{base}/oauth/introspect/",
            "token_endpoint_auth_signing_alg_values_supported": list(FOR_ASSERTIONS),
            "grant_types_supported": [
                "authorization_code", "refresh_token", "client_credentials",
            ],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            "capabilities": CAPABILITIES,
        }
    )  # fmt: skip


@require_safe
def openid_configuration(request: HttpRequest) -> JsonResponse:
    """The OpenID configuration: only what apps need to check an id_token."""
    return _open_to_all(
        _of_both(request)
        | {
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "claims_supported": ["sub", "fhirUser", "name", "preferred_username"],
        }
    )


@require_safe
def jwks(request: HttpRequest) -> JsonResponse:
    """The public halves of the keys with which we sign."""
    signing_key(at=timezone.now())
    return _open_to_all({"keys": public_keys()})


def _of_both(request: HttpRequest) -> dict[str, Any]:
    """What either configuration says."""
    base = site_base(request)
    return {
        "issuer": fhir_base(request),
        "jwks_uri": f"{base}/oauth/jwks/",
        "authorization_endpoint": f"{base}/oauth/authorize/",
        "token_endpoint": token_address(request),
        "token_endpoint_auth_methods_supported": _PROOFS,
        "response_types_supported": ["code"],
        "scopes_supported": _SCOPES,
    }


def _open_to_all(content: dict[str, Any]) -> JsonResponse:
    """These hold nothing of anybody, and apps in browsers ask for them from other origins."""
    answer = JsonResponse(content, json_dumps_params={"indent": 2})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
