"""`imparts worker`: one process that asks again and again: what is due now?

It asks the state of the tables and keeps no list of its own, so nothing is lost when it is killed
and several may run at once. A notification wakes it; once a second it looks anyway. What waits for
others' servers runs on threads beside: a hospital record that is slow, or a mail server that hangs,
holds up no call and not each other.
"""

import argparse
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime

import psycopg

from imparts.commands import database
from imparts.commands.exit_codes import DONE
from imparts.commands.supervisor import Child, Supervisor, imparts

_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_TO_FINISH = 4.0
_SECONDS_OF_SELDOM = 60.0
_log = logging.getLogger("imparts.worker")


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: everything is in the environment."""


def run(options: argparse.Namespace) -> int:
    """Work until SIGTERM. With our own database, a supervisor keeps that alive as well."""
    with database.database() as server:
        if server is None:
            return _work_until_told_to_stop()
        Supervisor([Child("The worker", imparts("worker"))], server=server).run()
    return DONE


def _work_until_told_to_stop() -> int:
    stop = _when_told_to_stop()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imparts.config.settings")
    import django

    django.setup()
    from imparts.gateway.queues import Queues

    queues = Queues(now=_now, is_told_to_stop=stop.is_set)
    tasks = (queues.look, *_tasks_beside())
    wakes = [threading.Event() for _ in tasks]
    threads = [
        threading.Thread(target=_beside, args=[task, woken, stop], daemon=True)
        for task, woken in zip(tasks, wakes, strict=True)
    ]
    for thread in threads:
        thread.start()
    while not stop.is_set():
        try:
            _work_while_connected(stop, wakes)
        except psycopg.Error:
            stop.wait(_SECONDS_BETWEEN_LOOKS)
    for thread in threads:  # what is on its way may arrive; _when_told_to_stop ends the waiting
        thread.join()
    queues.join()
    return DONE


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()


def _when_told_to_stop() -> threading.Event:
    """Set by SIGTERM. A record that is slow is not waited for: the lease ends by itself."""
    stop = threading.Event()

    def told(*_: object) -> None:
        stop.set()
        waited = threading.Timer(_SECONDS_TO_FINISH, os._exit, [DONE])
        waited.daemon = True
        waited.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    return stop


def _work_while_connected(stop: threading.Event, wakes: list[threading.Event]) -> None:
    """Hold one connection of its own, to be woken by and to be seen by."""
    from imparts.live.presence import Process, announce

    with psycopg.connect(
        os.environ["DATABASE_URL"],
        autocommit=True,
        connect_timeout=3,
        application_name="imparts worker",
    ) as woken_by:
        announce(Process.WORKER, woken_by)
        woken_by.execute("listen imparts_outbox")
        while not stop.is_set():
            for task in _due_tasks():
                _do(task)
            for _ in woken_by.notifies(timeout=_SECONDS_BETWEEN_LOOKS, stop_after=1):
                for woken in wakes:
                    woken.set()


def _due_tasks() -> tuple[Callable[[], object], ...]:
    """What may be due and waits for nobody; each looks for itself whether anything is."""
    from django.utils import timezone

    from imparts.informatics.questionnaires.actions.hand_overs import end_left_open
    from imparts.pathways.actions import escalate_due

    return (
        lambda: escalate_due(at=timezone.now()),
        lambda: end_left_open(at=timezone.now()),
    )


def _tasks_beside() -> tuple[Callable[[], object], ...]:
    """What talks to others' servers, or reads much: each may take its time."""
    from django.conf import settings
    from django.utils import timezone

    from imparts.gateway.actions import tell_of_queues
    from imparts.gateway.fhir_server.actions.exporting import remove_old
    from imparts.gateway.fhir_server.export.writing import write_due
    from imparts.gateway.inbound.actions import purge_old
    from imparts.gateway.notices.delivery import send_due_notices
    from imparts.pathways.actions import ask_for_cover

    keep_days = settings.IMPARTS_KEEP_MESSAGES_DAYS
    return (
        _Seldom(lambda: ask_for_cover(at=timezone.now())),
        _Seldom(lambda: tell_of_queues(at=timezone.now())),
        _Seldom(lambda: purge_old(keep_days=keep_days, at=timezone.now())),
        _Seldom(lambda: remove_old(at=timezone.now())),
        lambda: write_due(now=timezone.now),
        lambda: send_due_notices(now=timezone.now),
    )


class _Seldom:
    """A task that reads much and is not urgent to the second: once a minute."""

    def __init__(self, task: Callable[[], object]) -> None:
        self._task = task
        self._next = 0.0

    def __call__(self) -> None:
        """Do it, when a minute has gone by."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _SECONDS_OF_SELDOM
            self._task()


def _beside(task: Callable[[], object], woken: threading.Event, stop: threading.Event) -> None:
    """One task again and again, with database connections of this thread's own."""
    while not stop.is_set():
        try:
            _do(task)
        except Exception:  # the database went away between two rounds; the thread must not end
            _log.exception("a task beside is tried again")
        woken.wait(_SECONDS_BETWEEN_LOOKS)
        woken.clear()


def _do(task: Callable[[], object]) -> None:
    """One failing task neither ends the worker nor keeps the others from their turn."""
    from django.db import close_old_connections

    close_old_connections()
    try:
        task()
    except Exception:
        _log.exception("a task failed; it is tried again")
    finally:
        close_old_connections()
