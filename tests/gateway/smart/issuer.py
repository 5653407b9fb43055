"""A hospital record for tests, over real HTTP: signs its user in, and can be told to lie."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FOREIGN_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
NUMBERS = "https://fernhollow.example/hospital-number"
STAFF = "https://fernhollow.example/staff"


class Issuer:
    """The record. What a test changes here is what it answers from then on."""

    def __init__(self) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answer(self)

            do_POST = do_GET

            def log_message(self, *args: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.base = f"{self.root}/fhir"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.authorised: dict[str, str] = {}
        self.claims: dict[str, Any] = {}
        self.configuration: dict[str, Any] = {}
        self.token_says: dict[str, Any] = {}
        self.patient: dict[str, Any] = {}
        self.practitioner: dict[str, Any] = {}
        self.sign_with: Any = KEY
        self.algorithm = "RS256"
        self.redirect_to = ""
        self.raw: bytes = b""
        self.refuses_writes = False
        self.bundles: list[dict[str, Any]] = []

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def sign_in(self, address: str) -> str:
        """What its user would do in a browser: comes back with a code."""
        self.authorised = dict(parse_qsl(urlsplit(address).query))
        return "a-code"

    def answer(self, request: Any) -> None:
        path = urlsplit(request.path).path
        length = int(request.headers.get("Content-Length") or 0)
        sent = request.rfile.read(length).decode()
        body = dict(parse_qsl(sent))
        if path == "/fhir" and request.command == "POST":
            self.bundles.append(json.loads(sent))
            body = {}
        self.asked.append(
            (path, body | {"authorization": request.headers.get("Authorization", "")})
        )
        if self.redirect_to:
            request.send_response(302)
            request.send_header("Location", self.redirect_to + path)
            request.end_headers()
            return
        found = self._found(path, body)
        held = self.raw or json.dumps(found).encode()
        request.send_response(200 if found is not None else 404)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(held)))
        request.end_headers()
        request.wfile.write(held)

    def _found(self, path: str, body: dict[str, str]) -> dict[str, Any] | None:
        if path == "/fhir/.well-known/smart-configuration":
            return {
                "issuer": self.base, "jwks_uri": f"{self.root}/jwks",
                "authorization_endpoint": f"{self.root}/authorize",
                "token_endpoint": f"{self.root}/token",
            } | self.configuration  # fmt: skip
        if path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [public | {"kid": "one", "use": "sig"}]}
        if path == "/token":
            return self._tokens(body)
        if path == "/fhir" and self.refuses_writes:
            return None
        if path == "/fhir":
            made = [{"response": {"status": "201 Created"}} for _ in self.bundles[-1]["entry"]]
            return {"resourceType": "Bundle", "type": "transaction-response", "entry": made}
        return {
            "/fhir/Patient/p1": self.patient, "/fhir/Practitioner/dr1": self.practitioner,
        }.get(path)  # fmt: skip

    def _tokens(self, body: dict[str, str]) -> dict[str, Any]:
        proved = challenge(body.get("code_verifier", ""))
        if proved != self.authorised.get("code_challenge") or body.get("code") != "a-code":
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.base, "aud": self.authorised["client_id"], "sub": "dr1", "iat": now,
            "exp": now + 300, "nonce": self.authorised["nonce"],
            "fhirUser": f"{self.base}/Practitioner/dr1",
        } | self.claims  # fmt: skip
        key = None if self.algorithm == "none" else self.sign_with
        signed = jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "one"})
        return {
            "access_token": "a-token", "id_token": signed, "patient": "p1", "expires_in": 300,
            "token_type": "Bearer", "scope": self.authorised["scope"],
        } | self.token_says  # fmt: skip


def challenge(verifier: str) -> str:
    """What an app sends of its verifier."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
