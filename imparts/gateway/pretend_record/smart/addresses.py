"""Addresses: where an app finds what it needs, as .well-known/smart-configuration says it."""

from imparts.gateway.pretend_record.smart.keys import ALGORITHMS

Json = dict[str, object]


def smart_configuration(base: str) -> Json:
    """For the FHIR server at this address."""
    return {
        **openid_configuration(base),
        "scopes_supported": [
            "openid", "fhirUser", "profile", "launch", "launch/patient", "patient/*.rs",
            "user/*.rs", "system/*.cruds",
        ],
        "capabilities": [
            "launch-ehr", "launch-standalone", "client-public", "client-confidential-symmetric",
            "client-confidential-asymmetric", "context-ehr-patient", "context-ehr-encounter",
            "context-standalone-patient", "sso-openid-connect", "permission-patient",
            "permission-user", "permission-v1", "permission-v2",
        ],
        "code_challenge_methods_supported": ["S256"],
    }  # fmt: skip


def openid_configuration(base: str) -> Json:
    """The part of it that OpenID Connect knows too."""
    root = base.removesuffix("/fhir")
    return {
        "issuer": base,
        "jwks_uri": f"{root}/jwks.json",
        "authorization_endpoint": f"{root}/authorize",
        "token_endpoint": f"{root}/token",
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": list(ALGORITHMS),
        "token_endpoint_auth_methods_supported": [
            "none", "client_secret_basic", "client_secret_post", "private_key_jwt",
        ],
        "token_endpoint_auth_signing_alg_values_supported": ["RS384", "ES384", "RS256"],
    }  # fmt: skip
