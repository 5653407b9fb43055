"""Reading room: what came, in words, as pages and as JSON; and the moods."""

import json
from dataclasses import asdict

from imparts.gateway.pretend_record.fhir.moods import FhirMood
from imparts.gateway.pretend_record.fhir.server import FhirServer
from imparts.gateway.pretend_record.http import Request, Response
from imparts.gateway.pretend_record.moods import Mood
from imparts.gateway.pretend_record.pages import frame, received
from imparts.gateway.pretend_record.receiver import Receiver


class ReadingRoom:
    """The pages of what came."""

    def __init__(self, receiver: Receiver, fhir: FhirServer) -> None:
        self._receiver = receiver
        self._fhir = fhir

    async def answer(self, request: Request, base: str) -> Response:
        """One page."""
        if request.path == "/mood" and request.method == "POST":
            return await self._mood(request)
        ledger = self._receiver.ledger
        if request.path == "/":
            is_still = any(name == "still" for name, _ in request.asked)
            page = received.list_page(
                ledger, self._receiver.temper, self._fhir.temper, is_still=is_still
            )
            return Response(content=page, headers=() if is_still else (("Refresh", "2"),))
        if request.path == "/moods":
            page = received.moods_page(self._receiver.temper, self._fhir.temper)
            return Response(content=page)
        if request.path == "/ledger.json":
            told = [asdict(entry) for entry in ledger.newest()]
            return Response(content=json.dumps(told), kind="application/json")
        number = request.path.removeprefix("/message/")
        entry = ledger.entry(int(number)) if number.isdecimal() and len(number) < 12 else None
        if entry is None:
            return Response(404, frame.not_found())
        return Response(content=received.message_page(entry))

    async def _mood(self, request: Request) -> Response:
        """Take on the mood that was chosen; `times` limits it to some messages."""
        form = request.form
        kinds: dict[str, type[Mood] | type[FhirMood]] = {"hl7": Mood, "fhir": FhirMood}
        kind = kinds.get(form.get("side", "hl7"), Mood)
        try:
            mood = kind(form.get("mood", ""))
            times = int(form["times"]) if form.get("times") else None
        except ValueError:
            return Response(400, "mood is one of: " + ", ".join(kind), "text/plain")
        if isinstance(mood, Mood):
            await self._receiver.become(mood, times=times)
        else:
            self._fhir.temper.take_on(mood, times=times)
        return Response(303, headers=(("Location", "/moods"),))
