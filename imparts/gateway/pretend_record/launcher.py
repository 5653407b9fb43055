"""Launcher: opens imparts for a patient and a user, signs the user in, and gives tokens."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from imparts.gateway.pretend_record.cast import Cast, Person, patient_id
from imparts.gateway.pretend_record.http import Request, Response
from imparts.gateway.pretend_record.pages import frame, launching
from imparts.gateway.pretend_record.smart.addresses import openid_configuration, smart_configuration
from imparts.gateway.pretend_record.smart.clients import Clients
from imparts.gateway.pretend_record.smart.keys import Keys
from imparts.gateway.pretend_record.smart.launches import Code, Context, Given, Token
from imparts.gateway.pretend_record.smart.scopes import allow
from imparts.gateway.pretend_record.smart.sign_in import Asked, Sent, SignIn
from imparts.gateway.pretend_record.smart.tokens import SECONDS, TokenDesk, Unproven

_MINUTES = timedelta(minutes=5)
_JSON = "application/json"
_ANYONE = (("Access-Control-Allow-Origin", "*"),)


class Launcher:
    """Everything of SMART."""

    def __init__(
        self,
        folder: Path,
        cast: Cast,
        *,
        app: str,
        now: Callable[[], datetime],
        machine_secret: str = "",
    ) -> None:
        self.clients = Clients(folder, app_origin=app, machine_secret=machine_secret)
        self._cast = cast
        self._app = app
        self._now = now
        self._keys = Keys(folder)
        self._tokens: Given[Token] = Given(timedelta(seconds=SECONDS), now)
        self._launches: Given[Context] = Given(_MINUTES, now)
        codes: Given[Code] = Given(_MINUTES, now)
        self._sign_in = SignIn(self.clients, self._launches, codes)
        self._desk = TokenDesk(self.clients, self._keys, codes, self._tokens, {})

    def allows(self, token: str, kind: str, may: str) -> bool:
        """May whoever has the token do that? Without a kind: is it a token of ours at all?"""
        held = self._tokens.look(token)
        return held is not None and (not kind or allow(held.scopes, kind, may))

    def launch(self, patient: str, user: str) -> str:
        """A new launch for a patient's and a user's id here."""
        return self._launches.give(_context(patient, user))

    def well_known(self, path: str, base: str) -> Response:
        """Where everything is."""
        told = {
            "/fhir/.well-known/smart-configuration": smart_configuration,
            "/fhir/.well-known/openid-configuration": openid_configuration,
        }.get(path)
        return _json(200, told(base)) if told else _json(404, {"error": "not found"})

    async def answer(self, request: Request, base: str) -> Response:
        """One page, or one answer to a machine."""
        if request.path == "/jwks.json":
            return _json(200, self._keys.public())
        if request.path == "/token" and request.method == "POST":
            return await self._token(request, base)
        if request.path == "/authorize":
            return self._authorize(request, base)
        if request.path == "/launcher":
            return self._opened(request, base) if request.method == "POST" else self._picker()
        return Response(404, frame.not_found())

    async def _token(self, request: Request, base: str) -> Response:
        try:
            return _json(200, await self._desk.answer(request, base, at=self._now()))
        except Unproven as wrong:
            told = {"error": wrong.code, "error_description": wrong.words}
            return _json(wrong.status, told)

    def _authorize(self, request: Request, base: str) -> Response:
        asked = dict(request.asked) if request.method == "GET" else request.form
        picked = self._picked(request.form) if request.method == "POST" else None
        became = self._sign_in.answer(asked, base, picked=picked)
        if isinstance(became, Sent):
            return Response(303, headers=(("Location", became.address),))
        if isinstance(became, Asked):
            held = {name: value for name, value in asked.items() if name not in ("patient", "user")}
            page = launching.sign_in(self._cast, held, app=became.client.name)
            where = _origin(asked.get("redirect_uri", ""))
            return Response(content=page, headers=frame.policy(forms=f"'self' {where}"))
        return Response(400, launching.turned(became.words))

    def _picker(self, *, wrong: str = "") -> Response:
        page = launching.picker(self._cast, app=self._app, wrong=wrong)
        return Response(422 if wrong else 200, page)

    def _opened(self, request: Request, base: str) -> Response:
        person = self._person(request.form.get("patient", ""))
        user = self._cast.user(request.form.get("user", ""))
        if person is None or user is None:
            return self._picker(wrong="Choose a patient and a user.")
        launch = self.launch(patient_id(person), user.username)
        address = f"{self._app}/launch?{urlencode({'iss': base, 'launch': launch})}"
        is_framed = request.form.get("where") == "frame"
        page = launching.opened(person, user, address=address, is_framed=is_framed)
        return Response(content=page, headers=frame.policy(frames=f"'self' {self._app}"))

    def _picked(self, form: dict[str, str]) -> Context | None:
        patient, user = form.get("patient", ""), form.get("user", "")
        if self._person(patient) is None or self._cast.user(user) is None:
            return None
        return _context(patient, user)

    def _person(self, wanted: str) -> Person | None:
        return next((each for each in self._cast.everyone if patient_id(each) == wanted), None)


def _json(status: int, told: object) -> Response:
    return Response(status, json.dumps(told), _JSON, _ANYONE)


def _context(patient: str, user: str) -> Context:
    """A launch is of the visit that everybody here has."""
    return Context(patient, user, f"visit-{patient}")


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
