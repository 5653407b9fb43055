"""Foreign keys go downstairs too, which import-linter cannot see: Django takes them as text."""

from collections.abc import Iterable, Iterator

from django.apps import apps

from tests.house.reading import nothing_wrong, storeys

Key = tuple[str, str, str]  # the table, its field, the table that it points to


def height(table: str) -> tuple[int, int]:
    """How high up a table lives, and how high inside its own folder: 0 is the ground."""
    parts = table.split(".")
    levels = [i for i, storey in enumerate(reversed(storeys())) if parts[1] in storey]
    # As in the contract clinic-visit: questionnaires stand on results and clinics.
    inner = 1 if parts[2] == "questionnaires" else 0
    return (levels[0], inner) if levels else (len(storeys()), 0)


def upward_or_sideways(keys: Iterable[Key]) -> list[str]:
    """Keys from a table to one above it, or to one of a folder beside it."""
    return [
        f"{table}.{field} points to {target}, which is not below it. Keep the id as a plain "
        "value, or let the higher table point down."
        for table, field, target in keys
        if _room(table) != _room(target) and height(target) >= height(table)
    ]


def _room(table: str) -> str:
    return table.rsplit(".", 1)[0]


def our_keys() -> Iterator[Key]:
    """Every foreign key and many-to-many of our tables, as Django has registered them."""
    for model in apps.get_models(include_auto_created=True):
        for field in (*model._meta.fields, *model._meta.local_many_to_many):
            target = field.related_model
            ours = model.__module__.startswith("imparts.") and field.remote_field
            if ours and target.__module__.startswith("imparts."):
                yield _name(model), field.name, _name(target)


def _name(model: type) -> str:
    return f"{model.__module__.partition('.models')[0]}.{model.__name__}"


def test_no_key_points_upstairs_or_next_door() -> None:
    keys = list(our_keys())
    assert len(keys) > 20, "The app registry gave almost no keys; this test sees nothing."
    nothing_wrong(upward_or_sideways(keys))


def test_audit_and_outbox_point_at_nothing() -> None:
    lowest = ("imparts.audit.", "imparts.outbox.")
    assert [key for key in our_keys() if key[0].startswith(lowest)] == []


def test_a_key_that_points_upstairs_or_next_door_is_found() -> None:
    for bad in (
        ("imparts.people.Patient", "last", "imparts.informatics.results.ResponseScore"),
        ("imparts.people.Patient", "version", "imparts.library.ContentVersion"),
        ("imparts.informatics.clinics.Appointment", "x", "imparts.informatics.results.Y"),
        ("imparts.informatics.clinics.Appointment", "x", "imparts.informatics.questionnaires.Y"),
    ):
        assert upward_or_sideways([bad]), bad
    good = ("imparts.informatics.questionnaires.X", "y", "imparts.informatics.clinics.Y")
    assert not upward_or_sideways([good])
