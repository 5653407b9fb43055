"""Event streams: one listener on the database a process, many open pages; no Django here.

Each page follows the services of its session. What waits for a slow page is a set, not a queue:
ten changes of one kind are told once, so that no page can hold memory or hold others up.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import psycopg

CHANNEL = "imparts_live"
EVERYTHING = "everything"
HEARTBEAT_SECONDS = 15.0
RECHECK_SECONDS = 60.0
PAUSE_SECONDS = 0.5
RETRY_MILLISECONDS = 2000
_MOST_WAITING = 50
_KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3}

Services = frozenset[int]
SessionServices = Callable[[], Awaitable[Services | None]]


class Follower:
    """One open page: what it has still to be told."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._waiting: dict[tuple[int, str], None] = {}
        self._woken = asyncio.Event()

    def tell(self, service: int, what: str) -> None:
        """Remember one change; too many become "everything"."""
        if service not in self.services:
            return
        if len(self._waiting) >= _MOST_WAITING:
            self.tell_everything()
        else:
            self._waiting[service, what] = None
            self._woken.set()

    def tell_everything(self) -> None:
        """Something may have been missed: the page should ask for itself again."""
        self._waiting = {(service, EVERYTHING): None for service in sorted(self.services)}
        self._woken.set()

    async def changes(self, *, seconds: float) -> str:
        """The text of what changed, or a comment that keeps the connection open."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)
        self._woken.clear()
        told, self._waiting = self._waiting, {}
        return "".join(_event(service, what) for service, what in told) or ": still here\n\n"


class Changes:
    """The one listener of a process; it starts with the first page and mends itself."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._followers: set[Follower] = set()
        self._listening: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._was_away = False

    async def follow(self, services: Services) -> Follower:
        """Start following; returns once changes committed from now on will be told."""
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._listen_for_ever())
        follower = Follower(services)
        self._followers.add(follower)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ready.wait(), 2)
        return follower

    def forget(self, follower: Follower) -> None:
        """The page is gone."""
        self._followers.discard(follower)

    async def _listen_for_ever(self) -> None:
        pause = 0.2
        while True:
            with suppress(psycopg.Error, OSError):
                async for _ in self._listen():
                    pause = 0.2
            self._ready.clear()
            await asyncio.sleep(pause)
            pause = min(pause * 2, 2.0)

    async def _listen(self) -> AsyncIterator[None]:
        connection = await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, connect_timeout=3, application_name="imparts live",
            **_KEEPALIVE,
        )  # fmt: skip
        async with connection:
            await connection.execute(f"listen {CHANNEL}")
            self._ready.set()
            if self._was_away:
                for follower in self._followers:
                    follower.tell_everything()
            self._was_away = True
            yield
            async for notify in connection.notifies():
                self._spread(notify.payload)
                yield

    def _spread(self, payload: str) -> None:
        with suppress(ValueError, KeyError, TypeError):
            told = json.loads(payload)
            for follower in self._followers:
                follower.tell(int(told["service"]), str(told["what"]))


async def stream(
    changes: Changes, services: Services, *, still_allowed: SessionServices
) -> AsyncIterator[bytes]:
    """The body of one event stream; it ends when the session no longer allows it."""
    follower = await changes.follow(services)
    try:
        yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
        checked = asyncio.get_running_loop().time()
        while True:
            yield (await follower.changes(seconds=HEARTBEAT_SECONDS)).encode()
            # The first change is told at once. What follows within the pause is told together, so
            # that two hundred open lists of a busy clinic never slow the patients who answer.
            await asyncio.sleep(PAUSE_SECONDS)
            if asyncio.get_running_loop().time() - checked > RECHECK_SECONDS:
                allowed = await still_allowed()
                if allowed is None:
                    return
                follower.services = allowed
                checked = asyncio.get_running_loop().time()
    finally:
        changes.forget(follower)


def _event(service: int, what: str) -> str:
    data = json.dumps({"service": service, "what": what}, separators=(",", ":"))
    return f"event: changed\ndata: {data}\n\n"
