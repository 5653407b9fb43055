"""`imparts score`: formats, exit codes, sentences, the bar on a terminal, and stopping half-way."""

import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import polars as pl
import pytest

PROGRAM = [sys.executable, "-m", "imparts", "score"]
ANSWERS = {f"q{number}": 1 for number in range(1, 10)}
LINE = json.dumps({"id": "a1", "instrument": "phq9", "answers": ANSWERS})
CSV = "id,instrument,q1,q2\na1,phq2,1,2\na2,phq2,3,9\n"


def score(*given: str, text: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([*PROGRAM, *given], input=text, capture_output=True, timeout=60)


def test_the_format_is_seen_from_the_name(tmp_path: Path) -> None:
    given, made = tmp_path / "answers.CSV", tmp_path / "scores.csv"
    given.write_text(CSV)
    done = score(str(given), "--out", str(made))
    assert done.returncode == 1
    assert done.stderr == b"1 line was refused; each says why. The rest is done.\n"
    assert made.read_text().splitlines()[1:] == [
        "a1,phq2,complete,3,positive,3,3,phq2_positive,,,",
        "a2,phq2,,,,,,,,,q2 is 9; phq2 answers run from 0 to 3",
    ]


def test_the_format_can_be_said_and_the_input_be_piped() -> None:
    done = score("-", "--format", "csv", text=CSV.encode())
    assert done.returncode == 1
    assert done.stdout.count(b"\n") == 3


def test_parquet_goes_through_a_pipe_too(tmp_path: Path) -> None:
    file = tmp_path / "answers.parquet"
    pl.DataFrame({"id": [1], "instrument": ["phq2"], "q1": [3], "q2": [3]}).write_parquet(file)
    done = score("--format", "parquet", text=file.read_bytes())
    assert (done.returncode, done.stderr) == (0, b"")
    (tmp_path / "out.parquet").write_bytes(done.stdout)
    assert pl.read_parquet(tmp_path / "out.parquet")["score"].to_list() == [6]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["answers.csv", "--out", "answers.csv"], "--out names the input file"),
        (["answers.csv", "--out", "./answers.csv"], "--out names the input file"),
        (["answers.csv", "--out", "scores.parquet"], "The scores are written as csv"),
        (["answers.csv", "--out", "nowhere/scores.csv"], "there is no folder"),
        (["nowhere.csv"], "nowhere.csv cannot be opened: No such file"),
        (["."], ". cannot be opened: Is a directory"),
        (
            ["answers.csv", "--format", "parquet", "--out", "x"],
            "answers.csv: This is not a Parquet",
        ),
        (["empty.csv"], "empty.csv: The file is empty. Its first line must name"),
    ],
)
def test_wrong_use_is_said_in_a_sentence_and_nothing_is_written(
    given: list[str], sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "answers.csv").write_text(CSV)
    (tmp_path / "empty.csv").write_text("")
    done = subprocess.run([*PROGRAM, *given], cwd=tmp_path, capture_output=True, timeout=60)
    assert done.returncode == 2
    assert sentence in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "empty.csv"]
    assert (tmp_path / "answers.csv").read_text() == CSV


def test_an_empty_input_has_an_empty_output() -> None:
    done = score(text=b"")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_line_that_is_far_too_long_is_refused_and_the_next_is_scored() -> None:
    text = b'{"id": "' + b"x" * 9_000_000 + b'"}\n' + LINE.encode()
    done = score(text=text)
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == {"id": None, "error": "line 1 is longer than 4194304 bytes"}
    assert second["score"] == 9


def test_a_line_down_a_pipe_is_answered_before_the_next_one_comes() -> None:
    with subprocess.Popen([*PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin and running.stdout
        for name in ("a1", "a2"):
            running.stdin.write(LINE.replace("a1", name).encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == name
        running.stdin.close()


def test_whoever_has_enough_may_stop_reading() -> None:
    with subprocess.Popen(
        [*PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin and running.stdout and running.stderr
        running.stdout.close()
        running.stdin.write(f"{LINE}\n".encode() * 10)
        running.stdin.close()
        assert b"Traceback" not in running.stderr.read()


def test_there_is_no_bar_in_a_pipe_and_one_on_a_terminal(tmp_path: Path) -> None:
    given, made = tmp_path / "answers.csv", tmp_path / "scores.csv"
    given.write_text(CSV.replace("9", "1"))
    assert score(str(given), "--out", str(made)).stderr == b""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with subprocess.Popen([*PROGRAM, str(given), "--out", str(made)], stderr=theirs) as running:
        running.wait(60)
    os.close(theirs)
    assert b"rows/s" in os.read(ours, 10_000)
    os.close(ours)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopped_half_way_it_leaves_the_old_file_and_no_half_one(
    how: signal.Signals, tmp_path: Path
) -> None:
    made = tmp_path / "scores.jsonl"
    made.write_text("as it was\n")
    with subprocess.Popen(
        [*PROGRAM, "-", "--out", str(made)], stdin=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=_hearing,
    ) as running:  # fmt: skip
        assert running.stdin and running.stderr
        running.stdin.write(f"{LINE}\n".encode())
        running.stdin.flush()
        _wait_for_a_part(tmp_path)
        running.send_signal(how)
        assert running.wait(20) == 130
        assert (
            running.stderr.read().decode() == f"Stopped before the end: {made} was not written.\n"
        )
    assert [path.name for path in tmp_path.iterdir()] == ["scores.jsonl"]
    assert made.read_text() == "as it was\n"


def _hearing() -> None:
    """Programs that run in the background may have been started deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _wait_for_a_part(folder: Path) -> None:
    for _ in range(1500):
        if any(path.suffix == ".part" and path.stat().st_size for path in folder.iterdir()):
            return
        time.sleep(0.02)
    raise AssertionError("nothing was written")


def test_a_device_keeps_its_place() -> None:
    done = score("--out", "/dev/null", text=LINE.encode())
    assert done.returncode == 0
    assert Path("/dev/null").is_char_device()


def test_a_name_that_says_no_format_is_not_guessed_at(tmp_path: Path) -> None:
    (tmp_path / "answers.txt").write_text(CSV)
    done = score(str(tmp_path / "answers.txt"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Say it with --format jsonl|csv|parquet." in done.stderr
    assert score(str(tmp_path / "answers.txt"), "--format", "csv").stdout.count(b"\n") == 3


def test_a_csv_reader_that_stops_reading_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(CSV)
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(
        [*PROGRAM, str(tmp_path / "answers.csv")], stdout=writes, stderr=subprocess.PIPE, timeout=60
    )
    os.close(writes)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_terminal_without_a_file_is_told_what_to_name() -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(PROGRAM, stdin=theirs, capture_output=True, timeout=60)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 2
    assert b"Name a file of answers" in done.stderr
