"""Clients: the apps and machines that this record knows, in a file that a person may edit."""

import hmac
import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_FILE = "clients.json"
APP = "imparts"
MACHINE = "imparts-machine"
_MACHINE_SCOPES = "system/*.cruds"
_APP_SCOPES = (
    "launch openid fhirUser profile patient/*.rs user/*.rs patient/QuestionnaireResponse.cu "
    "patient/Observation.cu patient/Flag.cu patient/DocumentReference.cu patient/Provenance.c "
    "user/QuestionnaireResponse.cu user/Observation.cu user/Flag.cu user/DocumentReference.cu "
    "user/Provenance.c launch/patient online_access"
)


@dataclass(frozen=True, slots=True)
class Client:
    """One app or machine. Without secret and keys it is public, and PKCE alone protects it."""

    id: str
    name: str
    scopes: str
    is_machine: bool = False
    secret: str = ""
    jwks: dict[str, Any] = field(default_factory=dict)
    jwks_url: str = ""
    origins: tuple[str, ...] = ()  # where its redirect addresses are

    @property
    def is_public(self) -> bool:
        """Does it have nothing to prove itself with?"""
        return not (self.secret or self.jwks or self.jwks_url)

    def may_be_sent_to(self, address: str) -> bool:
        """Is a redirect address one of its own?"""
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.netloc}" in self.origins and not parts.fragment

    def has_secret(self, given: str) -> bool:
        """Is that its secret?"""
        return bool(self.secret) and hmac.compare_digest(self.secret, given)


class Clients:
    """All of them. The file is made at the first start, with a secret of its own, or the given."""

    def __init__(self, folder: Path, *, app_origin: str, machine_secret: str = "") -> None:
        self._path = folder / _FILE
        self._by_id = {each["id"]: _client(each) for each in self._held()}
        known = self._by_id.get(MACHINE)
        if known is None or machine_secret not in ("", known.secret):
            secret = machine_secret or secrets.token_urlsafe(24)
            self.add(
                Client(
                    MACHINE, "imparts, as a machine", _MACHINE_SCOPES, is_machine=True,
                    secret=secret,
                )
            )  # fmt: skip
        # Where the app is may be another port at each start, so that is not kept.
        self._by_id.setdefault(APP, Client(APP, "imparts", _APP_SCOPES, origins=(app_origin,)))

    def find(self, client_id: str) -> Client | None:
        """One by its id."""
        return self._by_id.get(client_id)

    def add(self, client: Client) -> None:
        """Register one, and write it down."""
        self._by_id[client.id] = client
        kept = [asdict(each) for each in self._by_id.values() if each.id != APP]
        self._path.touch(mode=0o600)
        self._path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")

    def _held(self) -> list[dict[str, Any]]:
        if not self._path.exists():
            return []
        held: list[dict[str, Any]] = json.loads(self._path.read_text(encoding="utf-8"))
        return held


def _client(held: dict[str, Any]) -> Client:
    return Client(**{**held, "origins": tuple(held.get("origins", ()))})
