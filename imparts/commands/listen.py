"""`imparts listen`: takes HL7 v2 messages from the hospital record, keeps and answers them.

Messages of one connection are answered one after another, those of several beside each other, each
on a thread with a database connection of its own. A message that is not answered when the process
ends was not taken: the sender sends it again, and it is applied once.
"""

import argparse
import asyncio
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import psycopg

from imparts.commands import database
from imparts.commands.exit_codes import DONE, CannotGoOn, UsedWrongly
from imparts.commands.ports import is_free, refuse_taken
from imparts.commands.supervisor import Child, Supervisor, imparts
from imparts.gateway.hl7v2.listener import Listener, Peer
from imparts.gateway.hl7v2.listening import Listening, read_listening
from imparts.gateway.hl7v2.who_may_connect import WronglySet

_THREADS = 8
_SECONDS_TO_FINISH = 5.0
_SECONDS_TO_GO = 8.0  # a database that hangs is not waited for: what is half-done is undone
_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_TO_BE_SEEN = 4.0  # for one of ours that has just begun to listen


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: everything is in the environment, see docs/guides/for-trust-it.md."""


def run(options: argparse.Namespace) -> int:
    """Listen until SIGTERM. With our own database, a supervisor keeps that alive as well."""
    try:
        listening = read_listening(os.environ)
    except WronglySet as wrong:
        raise UsedWrongly(str(wrong)) from None
    with database.database() as server:
        _load_django()
        _refuse_a_strangers_port(listening)
        if server is None:
            return _listen_until_told_to_stop(listening)
        Supervisor([Child("The listener", imparts("listen"))], server=server).run()
    return DONE


def _listen_until_told_to_stop(listening: Listening) -> int:
    stop = threading.Event()
    seen = threading.Thread(target=_be_seen, args=[stop], daemon=True)
    seen.start()
    try:
        asyncio.run(_listen(listening))
    finally:
        stop.set()
    return DONE


def _load_django() -> None:
    """With each statement planned once: looking up by a key takes less than planning it anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imparts.config.settings")
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["OPTIONS"]["options"] += " -c plan_cache_mode=force_generic_plan"


def _refuse_a_strangers_port(listening: Listening) -> None:
    """Several listeners of one site share a port; with another program it is never shared."""
    give_up = time.monotonic() + _SECONDS_TO_BE_SEEN
    while not is_free(listening.host, listening.port):
        if _one_of_ours_is_there():
            return
        if time.monotonic() >= give_up:
            refuse_taken(listening.host, listening.port)
        time.sleep(_SECONDS_BETWEEN_LOOKS / 4)


def _one_of_ours_is_there() -> bool:
    from django.db import DatabaseError, connection

    from imparts.live.presence import Process, seen

    try:
        return Process.LISTENER in seen()
    except DatabaseError:  # it is away: it is waited for, and messages are told so
        return False
    finally:
        connection.close()


async def _listen(listening: Listening) -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _told_to_stop, told)
    threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="message")
    listener = _listener(listening, threads)
    try:
        await listener.start()
    except OSError as error:
        raise CannotGoOn(
            f"The listener could not listen on {listening.host}:{listening.port}: "
            f"{error.strerror}. Choose another address with IMPARTS_LISTEN_MLLP."
        ) from error
    _say_where(listening)
    await told.wait()
    await listener.stop(within=_SECONDS_TO_FINISH)
    threads.shutdown(wait=False, cancel_futures=True)


def _told_to_stop(told: asyncio.Event) -> None:
    told.set()
    waited = threading.Timer(_SECONDS_TO_GO, os._exit, [DONE])
    waited.daemon = True
    waited.start()


def _listener(listening: Listening, threads: ThreadPoolExecutor) -> Listener:
    from django.utils import timezone

    from imparts.gateway.inbound.answering import answers_to, answers_to_cut_short

    def on_a_thread(asked: "partial[list[bytes]]") -> "asyncio.Future[list[bytes]]":
        return asyncio.get_running_loop().run_in_executor(threads, asked)

    async def answer(raw: bytes, peer: Peer) -> list[bytes]:
        return await on_a_thread(partial(answers_to, raw, peer=peer, now=timezone.now))

    async def cut_short(begun: bytes, peer: Peer, words: str) -> list[bytes]:
        return await on_a_thread(
            partial(answers_to_cut_short, begun, words, peer=peer, now=timezone.now)
        )

    return Listener(
        listening.host,
        listening.port,
        answer=answer,
        cut_short=cut_short,
        tls=listening.tls,
        allowed=listening.allowed,
        shares_port=True,
    )


def _be_seen(stop: threading.Event) -> None:
    """Hold a connection by which pages see that this process is there; a new one when it breaks."""
    from imparts.live.presence import Process, announce

    while not stop.is_set():
        try:
            with psycopg.connect(
                os.environ["DATABASE_URL"],
                autocommit=True,
                connect_timeout=3,
                application_name="imparts listen",
            ) as held:
                announce(Process.LISTENER, held)
                while not stop.wait(_SECONDS_BETWEEN_LOOKS):
                    held.execute("select 1")
        except psycopg.Error:
            stop.wait(_SECONDS_BETWEEN_LOOKS)


def _say_where(listening: Listening) -> None:
    over = " with TLS" if listening.tls else ""
    sys.stderr.write(f"Listening for HL7 v2 messages on {listening.host}:{listening.port}{over}.\n")
