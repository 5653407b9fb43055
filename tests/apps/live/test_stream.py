"""What an open page is told: only its own services, once, and only what was committed."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest

from imparts.live import stream as streams
from imparts.live.stream import EVERYTHING, Changes, Follower, stream

RHEUM, DERM = 1, 2


def _told(follower: Follower) -> str:
    return asyncio.run(follower.changes(seconds=0.01))


def test_a_page_is_told_about_its_own_services_only() -> None:
    follower = Follower(frozenset({RHEUM}))
    follower.tell(DERM, "clinic")
    assert _told(follower) == ": still here\n\n"
    follower.tell(RHEUM, "clinic")
    assert _told(follower) == 'event: changed\ndata: {"service":1,"what":"clinic"}\n\n'


def test_ten_changes_of_one_kind_are_told_once() -> None:
    follower = Follower(frozenset({RHEUM}))
    for _ in range(10):
        follower.tell(RHEUM, "clinic")
    assert _told(follower).count("event: changed") == 1
    assert _told(follower) == ": still here\n\n"


def test_a_page_that_does_not_read_holds_no_memory_and_misses_nothing() -> None:
    follower = Follower(frozenset({RHEUM}))
    for number in range(1000):
        follower.tell(RHEUM, f"alert {number}")
    told = _told(follower)
    assert told.count("event: changed") <= 51
    assert EVERYTHING in told


async def _always() -> frozenset[int]:
    return frozenset({RHEUM})


def _run(url: str, story: Callable[[Changes, "_Reader"], Awaitable[None]]) -> None:
    async def tell() -> None:
        changes = Changes(url)
        reader = _Reader(stream(changes, frozenset({RHEUM}), still_allowed=_always))
        assert await reader.next() == "retry: 2000\n\n"
        await asyncio.wait_for(story(changes, reader), 20)

    asyncio.run(tell())


class _Reader:
    """Reads a stream as a page does."""

    def __init__(self, told) -> None:
        self._told = told

    async def next(self) -> str:
        return (await asyncio.wait_for(anext(self._told), 10)).decode()

    async def until(self, words: str) -> str:
        while words not in (said := await self.next()):
            pass
        return said


def _notify(connection: "psycopg.Connection[tuple[object, ...]]", what: str) -> None:
    connection.execute("select pg_notify('imparts_live', %s)", [f'{{"service":1,"what":"{what}"}}'])


def test_a_change_is_told_when_it_is_committed_and_not_when_it_is_undone(
    database_of_this_process,
) -> None:
    url = database_of_this_process.web_url

    async def story(changes: Changes, reader: _Reader) -> None:
        with psycopg.connect(url) as connection:
            _notify(connection, "undone")
            connection.rollback()
            _notify(connection, "clinic")
            connection.commit()
        said = await reader.until("clinic")
        assert "undone" not in said

    _run(url, story)


def test_after_the_database_was_away_pages_ask_for_everything_and_hear_again(
    database_of_this_process,
) -> None:
    def cut() -> None:
        with psycopg.connect(database_of_this_process.admin_url) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'imparts live'"
            )

    async def story(changes: Changes, reader: _Reader) -> None:
        await asyncio.to_thread(cut)
        await reader.until(EVERYTHING)
        with psycopg.connect(database_of_this_process.web_url) as connection:
            _notify(connection, "clinic")
        await reader.until("clinic")

    _run(database_of_this_process.web_url, story)


def test_a_notification_that_makes_no_sense_does_not_end_the_streams(
    database_of_this_process,
) -> None:
    async def story(changes: Changes, reader: _Reader) -> None:
        with psycopg.connect(database_of_this_process.web_url) as connection:
            for nonsense in ("", "[]", "{}", '{"service":"x","what":1}', "\u2603"):
                connection.execute("select pg_notify('imparts_live', %s)", [nonsense])
            _notify(connection, "clinic")
        await reader.until("clinic")

    _run(database_of_this_process.web_url, story)


def test_a_stream_ends_when_its_session_does(
    database_of_this_process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.01)
    monkeypatch.setattr(streams, "RECHECK_SECONDS", 0.0)

    async def signed_out() -> None:
        return None

    async def read_to_the_end() -> int:
        changes = Changes(database_of_this_process.web_url)
        told = stream(changes, frozenset({RHEUM}), still_allowed=signed_out)
        return len([text async for text in told])

    assert asyncio.run(asyncio.wait_for(read_to_the_end(), 10)) <= 3


def test_changes_within_a_pause_are_told_together(database_of_this_process, monkeypatch) -> None:
    url = database_of_this_process.web_url
    monkeypatch.setattr(streams, "PAUSE_SECONDS", 0.2)

    async def story(changes: Changes, reader: _Reader) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            _notify(connection, "first")
            await reader.until("first")
            for what in ("second", "third"):
                _notify(connection, what)
            said = await reader.until("second")
            assert "third" in said

    _run(url, story)
