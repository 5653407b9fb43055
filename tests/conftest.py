"""The tests' own PostgreSQL: a cluster on a free port in a temporary folder, made when first asked.

Tests run as the web role, each in a transaction that is rolled back, so a test also fails when the
web role may not do what a page does. Each xdist worker has a database of its own, copied from one
that was migrated once. Tests that need no database start none.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from tests.gateway.conftest import RunningRecord
    from tests.gateway.notices.servers import Hanging

# No test is timed by the clock: a busy machine would make a property fail that holds. A failure is
# printed with what repeats it.
hypothesis.settings.register_profile("imparts", deadline=None, print_blob=True)
hypothesis.settings.load_profile("imparts")

_FOLDER = "IMPARTS_TEST_FOLDER"  # made by the first process, inherited by the xdist workers
_TEMPLATE = "imparts_template"
_IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ


def _sweep() -> None:
    """Remove the clusters of test runs that were killed."""
    from imparts.postgres import cluster

    for left in Path(tempfile.gettempdir()).glob("imparts-test-*"):
        pid = left.name.split("-")[2]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists() and os.access(left, os.W_OK):
            cluster.stop(left / "postgres")
            shutil.rmtree(left, ignore_errors=True)


def _surroundings() -> None:
    """What the settings read; nothing of the person's own environment takes part."""
    if not _IS_WORKER:
        made = tempfile.mkdtemp(prefix=f"imparts-test-{os.getpid()}-")
        Path(made).chmod(0o711)  # PostgreSQL may run as another user
        os.environ[_FOLDER] = made
    for name in [name for name in os.environ if name.startswith("IMPARTS_") and name != _FOLDER]:
        del os.environ[name]
    os.environ["IMPARTS_DATA"] = os.environ[_FOLDER]
    os.environ["IMPARTS_SECRET_KEY"] = "only-for-tests-" + "x" * 50
    os.environ["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/not_started_yet"
    os.environ["DJANGO_SETTINGS_MODULE"] = "imparts.config.settings"


_surroundings()


def pytest_configure(config: pytest.Config) -> None:
    """Pages are drawn without gathering the stylesheets first."""
    from django.conf import settings

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process takes everything away."""
    if _IS_WORKER:
        return
    from imparts.postgres import cluster

    folder = Path(os.environ[_FOLDER])
    cluster.stop(folder / "postgres")
    shutil.rmtree(folder, ignore_errors=True)
    _sweep()


@pytest.fixture(scope="session")
def test_cluster() -> Iterator["object"]:
    """The running server, with one migrated database to copy; xdist workers share it."""
    from imparts.postgres import cluster

    folder = Path(os.environ[_FOLDER])
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        running = cluster.start(folder / "postgres", durable=False)
        if not (folder / "template.made").exists():
            _migrate(cluster.fresh_database(running, _TEMPLATE))
            (folder / "template.made").touch()
    yield running


def _migrate(template) -> None:
    """As a site does it: the program, as the owner."""
    subprocess.run(
        [sys.executable, "-m", "imparts", "migrate", "--quiet"],
        env=os.environ
        | {"DATABASE_URL": template.web_url, "IMPARTS_OWNER_DATABASE_URL": template.owner_url},
        check=True,
    )


@pytest.fixture(scope="session")
def database_of_this_process(test_cluster):
    """A copy of the migrated database, for this process alone."""
    from imparts.postgres import cluster

    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with (Path(os.environ[_FOLDER]) / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a template is copied by one at a time
        return cluster.fresh_database(test_cluster, name, template=_TEMPLATE)


@pytest.fixture(scope="session")
def django_db_setup(database_of_this_process, django_db_blocker) -> Iterator[None]:
    """Instead of pytest-django's: point Django at our database, as the web role."""
    from django.db import connection

    from imparts.config.environment import database_from_url

    os.environ["DATABASE_URL"] = database_of_this_process.web_url
    connection.settings_dict.update(database_from_url(database_of_this_process.web_url))
    _empty_as_owner(database_of_this_process.admin_url)
    with django_db_blocker.unblock():
        yield
        connection.close()


def _empty_as_owner(admin_url: str) -> None:
    """The web role may not truncate, so what committing tests leave is taken away by another."""
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = lambda _: _truncate(admin_url)


def _truncate(admin_url: str) -> None:
    import psycopg

    kept = ("django_migrations", "django_content_type", "auth_permission")
    with psycopg.connect(admin_url) as connection:
        found = connection.execute(
            "select string_agg(quote_ident(tablename), ', ') from pg_tables "
            "where schemaname = 'public' and tablename <> all(%s)",
            [list(kept)],
        ).fetchone()
        connection.execute(f"truncate {found[0]} restart identity cascade")


@pytest.fixture
def in_the_demo(settings) -> None:
    """Nothing shipped is signed by a clinician yet, so only the demonstration may ask it."""
    settings.IMPARTS_DEMO = True


@pytest.fixture
def hanging() -> Iterator["Hanging"]:
    """A mail server that says nothing."""
    from tests.gateway.notices.servers import Hanging

    running = Hanging()
    yield running
    running.stop()


@pytest.fixture
def record(tmp_path: Path) -> Iterator["RunningRecord"]:
    """A hospital record that answers at once until it is told otherwise."""
    from tests.gateway.conftest import RunningRecord

    running = RunningRecord(tmp_path / "ledger")
    yield running
    running.stop()
