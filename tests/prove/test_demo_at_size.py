"""The demonstration at the size of a real trust: how long until ready, and how heavy."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from imparts.benchmarks.memory import LIMIT_MB, megabytes
from imparts.benchmarks.stack import Stack, demo, descendants

pytestmark = pytest.mark.prove


def _with_database(stack: Stack) -> list[int]:
    """Every process of the stack; PostgreSQL stands beside it, as nobody's child."""
    (file,) = (stack.data / "postgres").glob("data/postmaster.pid")
    postmaster = int(file.read_text().split()[0])
    return [*stack.processes(), postmaster, *descendants(postmaster)]


def test_fifteen_thousand_people_are_ready_in_three_minutes_and_again_in_fifteen_seconds() -> None:
    with TemporaryDirectory(dir=os.environ["IMPARTS_TEST_FOLDER"]) as made:
        Path(made).chmod(0o755)
        data = Path(made) / "data"
        with demo(people=15_000, data=data) as first:
            assert first.seconds_to_ready <= 180
            heavy = megabytes(_with_database(first))
            assert heavy <= LIMIT_MB, f"{heavy:.0f} MB"
        with demo(people=15_000, data=data) as again:
            assert again.seconds_to_ready <= 15
