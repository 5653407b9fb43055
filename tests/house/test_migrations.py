"""Migrations: every table on disk is as the models say, and each app's history is one line."""

from collections import Counter

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def _loader() -> MigrationLoader:
    return MigrationLoader(None)  # no connection: files only


def missing(loader: MigrationLoader, now: ProjectState) -> list[str]:
    """What the models say that no migration does."""
    found = MigrationAutodetector(loader.project_state(), now).changes(graph=loader.graph)
    return [
        f"{app}: {operation.describe()}. Run: make migrations"
        for app, migrations in found.items()
        for migration in migrations
        for operation in migration.operations
    ]


def _ours() -> list[str]:
    return [config.label for config in apps.get_app_configs() if config.name.startswith("imparts.")]


def test_no_migration_is_missing() -> None:
    assert missing(_loader(), ProjectState.from_apps(apps)) == []


def test_no_app_has_two_last_migrations() -> None:
    ends = Counter(app for app, _ in _loader().graph.leaf_nodes() if app in _ours())
    assert [app for app, number in ends.items() if number > 1] == []


def test_a_missing_migration_is_found() -> None:
    state = ProjectState.from_apps(apps)
    changed = state.models["people", "patient"]
    del changed.fields["postcode"]
    assert any("postcode" in sentence for sentence in missing(_loader(), state))
