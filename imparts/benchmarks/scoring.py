"""Scoring PHQ-9s: one at a time, and files of many beside polars merely adding nine columns up."""

import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

import imparts
from imparts.benchmarks.timing import best
from imparts.bulk.files import Instruments, score_file
from imparts.bulk.watching import Nobody
from imparts.rules.instruments.definition import Instrument
from imparts.rules.instruments.reader import read_instrument
from imparts.rules.scoring.quick.scorer import QuickScorer
from imparts.rules.scoring.score import score

PHQ9 = Path(imparts.__file__).parent / "content" / "instruments" / "phq9.toml"

ONE_BY_ONE_AIM = 100_000  # PHQ-9s a second
MILLION_AIM_S = 2.0
MEMORY_LIMIT_MB = 500

MILLION = 1_000_000
ITEMS = [f"q{number}" for number in range(1, 10)]
IN_PYTHON = 100_000  # forms that are scored one by one
# The program, and then VmHWM of its own status: the most memory that it held since it began.
PROGRAM = """
import sys
from imparts.__main__ import main
code = main(sys.argv[1:])
print(*[line for line in open("/proc/self/status") if line.startswith("VmHWM")])
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class Scoring:
    """What was measured."""

    quick_per_second: float
    obvious_per_second: float
    parquet_s: float
    adding_s: float  # the peer: read, add up, write
    program_s: float  # `imparts score` from start to end
    program_mb: float  # the most memory that it held
    csv_per_second: float
    lines_per_second: float


def measure(rows: int = MILLION) -> Scoring:
    """Make a file of random PHQ-9s, one answer in fifty missing, and score it in every way."""
    with TemporaryDirectory(prefix="imparts-bench-") as folder:
        files = {kind: Path(folder) / f"forms.{kind}" for kind in ("parquet", "csv", "jsonl")}
        write_forms(files["parquet"], rows)
        write_as_text(files["parquet"], files["csv"], files["jsonl"])
        known = {"phq9": read_instrument(PHQ9.read_text(encoding="utf-8"))}
        quick, obvious = _one_by_one(files["parquet"], known["phq9"])
        program_s, program_mb = run_program(files["parquet"], Path(folder) / "scores.parquet")
        return Scoring(
            quick_per_second=quick,
            obvious_per_second=obvious,
            parquet_s=best(partial(_score, files["parquet"], known)),
            adding_s=best(partial(_add_up, files["parquet"])),
            program_s=program_s,
            program_mb=program_mb,
            csv_per_second=rows / best(partial(_score, files["csv"], known)),
            lines_per_second=rows / best(partial(_score, files["jsonl"], known)),
        )


def write_forms(path: Path, rows: int) -> None:
    """A Parquet file of PHQ-9s with small numbers, made a piece at a time."""
    forms = pl.LazyFrame().select(pl.int_range(rows, dtype=pl.UInt64).alias("id"))
    answers = [
        pl.when(pl.col("id").hash(number) % 50 > 0)
        .then(pl.col("id").hash(number + 100) % 4)
        .cast(pl.UInt8)
        .alias(item)
        for number, item in enumerate(ITEMS)
    ]
    name = pl.col("id").cast(pl.String).str.zfill(10)
    forms.select(name, pl.lit("phq9").alias("instrument"), *answers).sink_parquet(path)


def write_as_text(forms: Path, as_csv: Path, as_lines: Path) -> None:
    """The same forms as CSV and as JSON lines."""
    pl.scan_parquet(forms).sink_csv(as_csv)
    said = [
        pl.format('"{}": {}', pl.lit(i), pl.col(i).cast(pl.String).fill_null("null")) for i in ITEMS
    ]
    line = pl.concat_str(
        pl.lit('{"id": "'), "id", pl.lit('", "instrument": "phq9", "answers": {'),
        pl.concat_str(said, separator=", "), pl.lit("}}"),
    )  # fmt: skip
    pl.scan_parquet(forms).select(line.alias("line")).sink_csv(
        as_lines, include_header=False, quote_style="never"
    )


def run_program(forms: Path, scores: Path) -> tuple[float, float]:
    """How long `imparts score` takes from its start to its end, and its memory at the most."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "score", str(forms), "--out", str(scores)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"`imparts score` ended with {done.returncode}: {done.stderr}")
    return seconds, int(done.stdout.split()[1]) / 1024


def _one_by_one(path: Path, phq9: Instrument) -> tuple[float, float]:
    """Forms a second, by the quick scorer and by the obvious one."""
    forms = pl.scan_parquet(path).select(ITEMS).head(IN_PYTHON).collect().to_dicts()
    quick = QuickScorer(phq9)
    some = forms[: len(forms) // 10]
    by_quick = best(lambda: [quick(form) for form in forms])
    by_obvious = best(lambda: [score(phq9, form).as_json() for form in some])
    return len(forms) / by_quick, len(some) / by_obvious


def _score(path: Path, instruments: Instruments) -> None:
    score_file(
        str(path), str(path.with_suffix(".out")), kind=path.suffix[1:],
        instruments=instruments, watcher=Nobody(),
    )  # fmt: skip


def _add_up(path: Path) -> None:
    forms = pl.scan_parquet(path)
    total = pl.sum_horizontal(ITEMS).alias("score")
    forms.select("id", "instrument", total).sink_parquet(path.with_suffix(".sums"))
