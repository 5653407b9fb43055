"""Through files: forms written as JSON lines, CSV or Parquet, scored, and read back."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from imparts.bulk.files import score_file
from imparts.bulk.watching import Nobody
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.requests import RequestRefused
from imparts.rules.scoring.score import score

Form = dict[str, Any]  # {"id", "instrument", "answers", "context"}
EMPTY = {"status": None, "score": None, "band": None, "lower": None, "upper": None, "profile": None}


def oracle(form: Form, instruments: dict[str, Instrument]) -> Form:
    """What the obvious scorer says of a form, as bulk scoring promises to write it."""
    try:
        if form["instrument"] not in instruments:
            raise RequestRefused("unknown")
        answers = {name: _whole(value) for name, value in form["answers"].items()}
        found = score(instruments[form["instrument"]], answers, form.get("context", {}))
    except ValueError as refused:
        return {"id": form["id"], "error": str(refused)}
    return {"id": form["id"], **found.as_json()}


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def by_lines(forms: Sequence[Form], folder: Path, instruments: dict[str, Instrument]) -> list[Form]:
    """Through JSON lines."""
    given = "".join(json.dumps(form) + "\n" for form in forms).encode()
    return [json.loads(line) for line in _scored(given, "jsonl", folder, instruments).splitlines()]


def by_csv(forms: Sequence[Form], folder: Path, instruments: dict[str, Instrument]) -> list[Form]:
    """Through CSV."""
    names = _names(forms)
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(names)
    for form in forms:
        writer.writerow(_cell(_flat(form).get(name)) for name in names)
    out = _scored(made.getvalue().encode(), "csv", folder, instruments).decode()
    rows = [
        {n: cell or None for n, cell in row.items()} for row in csv.DictReader(io.StringIO(out))
    ]
    for row in rows:
        for name in ("score", "lower", "upper", "subscales"):
            row[name] = json.loads(row[name]) if row[name] else None
        row["flags"] = (row["flags"] or "").split()
    return [_as_line(row) for row in rows]


def by_parquet(
    forms: Sequence[Form], folder: Path, instruments: dict[str, Instrument]
) -> list[Form]:
    """Through Parquet; answers must be of one type a column."""
    kinds = dict.fromkeys(("id", "instrument"), pl.String)
    frame = pl.DataFrame(
        [{**dict.fromkeys(_names(forms)), **_flat(form)} for form in forms],
        schema=None if forms else kinds, infer_schema_length=None,
    )  # fmt: skip
    made = io.BytesIO()
    frame.write_parquet(made)
    out = _scored(made.getvalue(), "parquet", folder, instruments)
    rows = pl.read_parquet(io.BytesIO(out)).to_dicts()
    for row in rows:
        row["subscales"] = json.loads(row["subscales"]) if row["subscales"] else None
    return [_as_line(row) for row in rows]


def _names(forms: Sequence[Form]) -> list[str]:
    found = dict.fromkeys(["id", "instrument"])
    for form in forms:
        found |= dict.fromkeys(_flat(form))
    return list(found)


def _flat(form: Form) -> Form:
    context = {f"context.{name}": value for name, value in form.get("context", {}).items()}
    return {"id": form["id"], "instrument": form["instrument"], **form["answers"], **context}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _as_line(row: Form) -> Form:
    """A row of results as the line of JSON that it stands for."""
    if row["error"]:
        assert all(row[name] is None for name in EMPTY), "a refused row has results"
        return {"id": row["id"], "error": row["error"]}
    missing = [name for name in ("subscales", "profile", "error") if row[name] is None]
    return {name: value for name, value in row.items() if name not in missing}


def _scored(given: bytes, kind: str, folder: Path, instruments: dict[str, Instrument]) -> bytes:
    source, target = folder / "given", folder / "scored"
    source.write_bytes(given)
    refused = score_file(
        str(source), str(target), kind=kind, instruments=instruments, watcher=Nobody()
    )
    out = target.read_bytes()
    assert refused >= 0
    return out
