"""Programs that may ask, what they were given, and hospital records that may open us."""

from imparts.gateway.smart.models.clients import ApiClient
from imparts.gateway.smart.models.granted import (
    AppGrant,
    Launch,
    SigningKey,
    TokenGrant,
    UsedAssertion,
    WrongSecret,
)
from imparts.gateway.smart.models.records import Opening, TrustedRecord

__all__ = [
    "ApiClient",
    "AppGrant",
    "Launch",
    "Opening",
    "SigningKey",
    "TokenGrant",
    "TrustedRecord",
    "UsedAssertion",
    "WrongSecret",
]
