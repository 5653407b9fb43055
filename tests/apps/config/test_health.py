"""/healthz and /readyz: what they say, and when they say no."""

import psycopg
import pytest
from django.db.utils import OperationalError

from imparts.config import health
from imparts.live.presence import Process, announce

pytestmark = pytest.mark.django_db


def test_a_live_process_says_so(rf) -> None:
    assert health.healthz(rf.get("/healthz")).status_code == 200


def test_ready_names_what_is_known(rf) -> None:
    answer = health.readyz(rf.get("/readyz"))
    assert answer.status_code == 200
    assert set(_json(answer)) == {
        "status", "database", "worker_seen", "listener_seen", "oldest_unsent_seconds",
        "oldest_unsent_seconds_of",
        "oldest_notice_seconds",
    }  # fmt: skip


def test_a_worker_is_seen_exactly_as_long_as_its_connection_lives(
    rf, database_of_this_process
) -> None:
    with psycopg.connect(database_of_this_process.web_url, autocommit=True) as worker:
        announce(Process.WORKER, worker)
        answer = _json(health.readyz(rf.get("/readyz")))
        assert (answer["worker_seen"], answer["listener_seen"]) == (True, False)
    for _ in range(50):
        if not _json(health.readyz(rf.get("/readyz")))["worker_seen"]:
            return
    pytest.fail("a worker that is gone is still seen")


def test_two_workers_may_both_be_there(database_of_this_process) -> None:
    url = database_of_this_process.web_url
    with psycopg.connect(url, autocommit=True) as one, psycopg.connect(url, autocommit=True) as two:
        announce(Process.WORKER, one)
        announce(Process.WORKER, two)


def test_without_its_database_a_process_is_not_ready(rf, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("Aurelia Canary")

    monkeypatch.setattr(health, "seen", away)
    monkeypatch.setattr(health.connection, "close", lambda: None)
    answer = health.readyz(rf.get("/readyz"))
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert b"Canary" not in answer.content


def _json(answer) -> dict[str, object]:
    import json

    return json.loads(answer.content)
