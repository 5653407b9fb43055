"""The public halves of the keys with which we sign."""

from typing import Any

from imparts.gateway.smart.models import SigningKey


def public_keys() -> list[dict[str, Any]]:
    """Every key, newest first: what an older one signed can still be checked."""
    return list(SigningKey.objects.order_by("-pk").values_list("public_jwk", flat=True))
