"""Bulk scoring of very long files: the memory that it needs does not grow with them."""

from pathlib import Path

import polars as pl
import pytest

from imparts.benchmarks.scoring import MEMORY_LIMIT_MB, run_program, write_as_text, write_forms

pytestmark = pytest.mark.prove

ROWS = 5_000_000


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("forms")
    made = {kind: folder / f"forms.{kind}" for kind in ("parquet", "csv", "jsonl")}
    write_forms(made["parquet"], ROWS)
    write_as_text(made["parquet"], made["csv"], made["jsonl"])
    made["one row group"] = folder / "one.parquet"
    pl.scan_parquet(made["parquet"]).sink_parquet(made["one row group"], row_group_size=2 * ROWS)
    return made


@pytest.mark.parametrize("kind", ["parquet", "one row group", "csv", "jsonl"])
def test_five_million_forms_need_less_than_500_megabytes(
    kind: str, files: dict[str, Path], tmp_path: Path
) -> None:
    scores = tmp_path / f"scores{files[kind].suffix}"
    seconds, heavy = run_program(files[kind], scores)
    assert heavy < MEMORY_LIMIT_MB, f"{heavy:.0f} MB in {seconds:.0f} s"
    assert rows_of(scores) == ROWS


def rows_of(scores: Path) -> int:
    if scores.suffix == ".parquet":
        return int(pl.scan_parquet(scores).select(pl.len()).collect().item())
    with scores.open("rb") as lines:
        return sum(1 for _ in lines) - (scores.suffix == ".csv")
