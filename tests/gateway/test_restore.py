"""A database restored to an earlier moment: nothing is sent twice, what it lost is listed (H5)."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from imparts.gateway import queues
from imparts.gateway.delivery import RECORD
from imparts.gateway.journal import Journal
from imparts.gateway.pretend_record.moods import Mood
from imparts.gateway.restoring import Compared, compare_with_journal
from imparts.outbox.models import Attempt, Message, NotHere
from imparts.outbox.queries import not_here
from imparts.outbox.sent import Sent
from imparts.postgres.cluster import Running
from tests.gateway.conftest import RunningRecord
from tests.gateway.owing import ANN, BEN, START, Clock, owed, state

CARA = UUID(int=3)


class Backup:
    """A dump of this test's database by PostgreSQL's own program, and its way back."""

    def __init__(self, running: Running, file: Path) -> None:
        self._running, self._file = running, file

    def take(self) -> None:
        self._run("pg_dump", "--format=custom", f"--file={self._file}", self._url)

    def put_back(self) -> None:
        """As after a loss: what came since is gone."""
        connection.close()
        self._run("pg_restore", "--clean", "--if-exists", f"--dbname={self._url}", str(self._file))

    @property
    def _url(self) -> str:
        return self._running.admin_url

    def _run(self, name: str, *arguments: str) -> None:
        program = self._running.server.binaries.program(name)
        ran = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr


@pytest.fixture
def backup(database_of_this_process: Running, tmp_path: Path) -> Backup:
    return Backup(database_of_this_process, tmp_path / "dump")


@pytest.fixture
def a_new_worker(
    record: RunningRecord, settings: Settings, now: Clock
) -> Iterator[Callable[[], int]]:
    """Delivers what is due as a worker does that was just started; how many were taken."""
    settings.IMPARTS_RECORD_MLLP = f"{record.address.host}:{record.address.port}"
    yield lambda: queues.deliver_due(now=now, compared=Compared())


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_nothing_is_sent_again_and_what_is_lost_is_listed(
    record: RunningRecord, a_new_worker: Callable[[], int], backup: Backup, now: Clock
) -> None:
    sent_before = owed(ANN)
    assert a_new_worker() == 1
    record.become(Mood.DOWN)
    waiting = [owed(ANN), owed(BEN)]
    a_new_worker()
    backup.take()

    lost = _sent_after_the_backup(record, a_new_worker, now)
    received = [entry.control_id for entry in record.entries]
    sent_at = Message.objects.get(control_id=waiting[0]).sent_at
    backup.put_back()
    assert [state(one) for one in waiting] == ["waiting", "waiting"]
    assert a_new_worker() == 0
    assert [entry.control_id for entry in record.entries] == received, "nothing came twice"
    assert [state(one) for one in (sent_before, *waiting)] == ["sent"] * 3
    assert Message.objects.get(control_id=waiting[0]).sent_at == sent_at
    known = Attempt.objects.filter(outcome="known_sent")
    assert {one.control_id for one in known} == set(waiting)
    assert [(one.control_id, one.about) for one in not_here(RECORD)] == [lost]

    new = owed(BEN)
    assert a_new_worker() == 1, "and life goes on"
    assert record.kept[-1] == new
    assert NotHere.objects.count() == 1, "what is lost is listed once"


def _sent_after_the_backup(
    record: RunningRecord, a_new_worker: Callable[[], int], now: Clock
) -> tuple[str, UUID]:
    """The record is back, takes what waited, and one more of which the backup knows nothing."""
    now.pass_seconds(300)
    record.become(Mood.NORMAL)
    lost = owed(CARA)
    assert a_new_worker() == 3
    now.pass_seconds(300)
    return lost, Message.objects.get(control_id=lost).about


@pytest.mark.django_db
def test_a_crash_between_the_journal_and_the_database_sends_nothing_twice(
    settings: Settings, now: Clock
) -> None:
    control_id = owed(ANN)
    message = Message.objects.get()
    Journal(settings.IMPARTS_DATA).add([Sent(control_id, RECORD, message.about, START)])
    found = compare_with_journal(at=now())
    assert (found.not_sent_again, found.not_here) == (1, 0)
    assert state(control_id) == "sent"


@pytest.mark.django_db
def test_what_was_sent_days_ago_is_found_when_a_much_older_database_comes_back(
    settings: Settings, now: Clock
) -> None:
    long_ago = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    old = Sent("AAAA", RECORD, uuid4(), long_ago)
    Journal(settings.IMPARTS_DATA).add([old])
    assert compare_with_journal(at=now()).not_here == 1
    assert NotHere.objects.get().sent_at == long_ago


def test_the_journal_holds_ids_and_moments_and_survives_a_line_that_was_cut_off(
    tmp_path: Path,
) -> None:
    journal = Journal(tmp_path)
    first, second = (Sent(name, RECORD, uuid4(), START) for name in ("AAAA", "BBBB"))
    journal.add([first])
    [file] = (tmp_path / "sent").iterdir()
    with file.open("a") as opened:
        opened.write('{"control_id": "CUT')
    journal.add([second])
    assert list(journal.since(None)) == [first, second]
    assert set(file.read_text().split('"')[1::4][:4]) == {
        "control_id", "destination", "about", "sent_at"
    }  # fmt: skip
    assert file.stat().st_mode & 0o077 == 0, "for this user only"


def test_only_the_days_that_are_asked_for_are_read(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    early = Sent("AAAA", RECORD, uuid4(), datetime(2026, 7, 1, tzinfo=UTC))
    late = Sent("BBBB", RECORD, uuid4(), START)
    journal.add([early])
    journal.add([late])
    assert list(journal.since(START.date())) == [late]


@pytest.mark.django_db
def test_a_journal_that_cannot_be_written_is_said_and_holds_up_no_result(
    record: RunningRecord, a_new_worker: Callable[[], int], settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    control_id = owed(ANN)
    settings.IMPARTS_DATA.write_text("a file where a folder should be")
    assert a_new_worker() == 1
    assert state(control_id) == "sent"
    assert "the journal of what was sent cannot be read" in caplog.text
    assert "the journal of what was sent cannot be written" in caplog.text
