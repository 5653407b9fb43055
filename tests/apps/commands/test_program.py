"""The `imparts` program as a person or a script meets it: help, sentences and exit codes."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from imparts.commands.verbs import VERBS


def _imparts(
    *arguments: str, given: bytes = b"", **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "imparts", *arguments],
        input=given,
        capture_output=True,
        env=kept | environment,
        timeout=60,
    )


def test_help_lists_every_verb_with_its_sentence() -> None:
    said = _imparts("--help").stdout.decode()
    for verb in VERBS:
        assert verb.name in said
        assert verb.sentence in said


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_each_verbs_help_has_an_example(verb) -> None:
    done = _imparts(verb.name, "--help")
    assert done.returncode == 0
    assert f"Example:  {verb.example}" in done.stdout.decode()


def test_an_unknown_verb_is_wrong_use() -> None:
    done = _imparts("scrore")
    assert done.returncode == 2
    assert b"imparts --help" in done.stderr


def test_a_taken_port_is_said_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for verb in ("serve", "demo"):
            done = _imparts(verb, "--port", str(port))
            assert done.returncode == 3
            assert f"Port {port}" in done.stderr.decode()
            assert b"Traceback" not in done.stderr


def test_a_database_that_is_away_is_said_in_a_sentence() -> None:
    away = "postgresql://imparts_web:x@127.0.0.1:1/imparts"
    done = _imparts("serve", "--port", "18099", DATABASE_URL=away, IMPARTS_SECRET_KEY="s" * 50)
    assert done.returncode == 3
    assert b"The database does not answer" in done.stderr


@pytest.mark.parametrize(
    ("setting", "value", "word"),
    [
        ("DEBUG", "1", "DEBUG"),
        ("IMPARTS_SECRET_KEY", "change-me", "IMPARTS_SECRET_KEY"),
        ("IMPARTS_SECRET_KEY", "", "IMPARTS_SECRET_KEY"),
    ],
)
def test_an_unsafe_setting_is_refused_in_a_sentence(setting: str, value: str, word: str) -> None:
    away = "postgresql://imparts_web:x@127.0.0.1:1/imparts"
    settings = {"IMPARTS_SECRET_KEY": "s" * 50, "DATABASE_URL": away} | {setting: value}
    done = _imparts("serve", "--port", "18099", **settings)
    assert done.returncode == 2
    assert word in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_pages_are_not_served_by_a_role_that_may_change_the_audit(
    database_of_this_process,
) -> None:
    done = _imparts(
        "serve", "--port", "18099",
        DATABASE_URL=database_of_this_process.owner_url, IMPARTS_SECRET_KEY="s" * 50,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"owns nothing" in done.stderr


def test_migrations_need_the_owner_and_another_role_for_the_pages() -> None:
    url = "postgresql://imparts_web:x@127.0.0.1:1/imparts"
    assert b"OWNER_DATABASE_URL is not set" in _imparts("migrate", DATABASE_URL=url).stderr
    same = _imparts("migrate", DATABASE_URL=url, IMPARTS_OWNER_DATABASE_URL=url)
    assert same.returncode == 2
    assert b"the same role" in same.stderr


def test_migrating_again_changes_nothing(database_of_this_process) -> None:
    urls = {
        "DATABASE_URL": database_of_this_process.web_url,
        "IMPARTS_OWNER_DATABASE_URL": database_of_this_process.owner_url,
    }
    done = _imparts("migrate", **urls)
    assert done.returncode == 0, done.stderr.decode()
    assert b"No migrations to apply" in done.stdout


def test_scores_come_out_one_for_one_and_in_order() -> None:
    answers = {f"q{number}": 1 for number in range(1, 10)}
    lines = [
        json.dumps({"id": "a1", "instrument": "phq9", "answers": answers}),
        "this is not JSON",
        json.dumps({"id": "a2", "instrument": "phq9", "answers": {"q3": 7}}),
    ]
    done = _imparts("score", "-", given="\n".join(lines).encode() + b"\n\xff\xfe\n")
    assert done.returncode == 1
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == 4
    assert (told[0]["id"], told[0]["score"], told[0]["band"]) == ("a1", 9, "mild")
    assert told[2] == {"id": "a2", "error": "q3 is 7; phq9 answers run from 0 to 3"}
    assert "not UTF-8" in told[3]["error"]


def test_scoring_needs_no_database_no_settings_and_no_framework(tmp_path: Path) -> None:
    out = tmp_path / "scores.jsonl"
    answers = {f"q{number}": 0 for number in range(1, 10)}
    given = json.dumps({"id": 1, "instrument": "phq9", "answers": answers}).encode()
    program = (
        "import sys; from imparts.__main__ import main; code = main(sys.argv[1:]);"
        "assert 'django' not in sys.modules and 'psycopg' not in sys.modules; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "score", "--out", str(out)], input=given, env={}
    )
    assert done.returncode == 0
    assert json.loads(out.read_text())["score"] == 0


def test_a_file_that_is_not_there_is_wrong_use() -> None:
    done = _imparts("score", "/nowhere/answers.jsonl")
    assert done.returncode == 2
    assert b"cannot be opened" in done.stderr


def test_the_instruments_can_be_listed_shown_and_checked(tmp_path: Path) -> None:
    assert b"phq9" in _imparts("instruments", "list").stdout
    assert b"q9" in _imparts("instruments", "show", "phq9").stdout
    assert _imparts("instruments", "check").returncode == 0
    assert _imparts("instruments", "show", "phq99").returncode == 2
    broken = tmp_path / "broken.toml"
    broken.write_text("id = 'x'")
    assert _imparts("instruments", "check", str(broken)).returncode == 1


def test_setup_makes_a_site_once_and_says_the_one_next_step(test_cluster) -> None:
    from imparts.postgres import cluster

    empty = cluster.fresh_database(test_cluster, "set_up", template="imparts_template")
    settings = {"DATABASE_URL": empty.web_url, "IMPARTS_SECRET_KEY": "s" * 50}
    given = (
        "setup", "--organisation", "Ashdown Hospitals", "--code", "X1", "--service", "Rheumatology",
        "--username", "First", "--name", "Robin Example",
    )  # fmt: skip
    done = _imparts(*given, IMPARTS_ALLOWED_HOSTS="imparts.example.org", **settings)
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "https://imparts.example.org/sign-in/first/" in said
    assert "sign in as first with this one-time code, shown only now" in said
    again = _imparts(*given, **settings)
    assert again.returncode == 2
    assert b"set up already. Its library holds every shipped file." in again.stderr

    back = _imparts("setup", "--new-code", "first", **settings)
    assert (back.returncode, b"shown only now" in back.stdout) == (0, True)
    nobody = _imparts("setup", "--new-code", "nobody", **settings)
    assert nobody.returncode == 2
    assert b"No administrator of this site is called nobody." in nobody.stderr


def test_setup_names_the_field_that_cannot_be_used(test_cluster) -> None:
    from imparts.postgres import cluster

    empty = cluster.fresh_database(test_cluster, "set_up_wrong", template="imparts_template")
    done = _imparts(
        "setup", "--organisation", "Ashdown", "--code", "X1", "--service", "Rheumatology",
        "--username", "first", "--name", "Robin Example", "--kind", "castle",
        DATABASE_URL=empty.web_url, IMPARTS_SECRET_KEY="s" * 50,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"Kind: " in done.stderr
    assert b"Traceback" not in done.stderr


def test_setup_says_what_is_missing_when_nobody_can_be_asked(database_of_this_process) -> None:
    settings = {
        "DATABASE_URL": database_of_this_process.web_url,
        "IMPARTS_SECRET_KEY": "s" * 50,
    }
    done = _imparts("setup", "--code", "X1", **settings)
    assert done.returncode == 2
    assert b"Organisation is missing" in done.stderr


@pytest.mark.parametrize("verb", ["--help", "instruments list", "instruments show phq9"])
def test_whoever_reads_may_stop_reading_at_once(verb: str) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(
        [sys.executable, "-m", "imparts", *verb.split()], stdout=writes, stderr=subprocess.PIPE,
        timeout=60,
    )  # fmt: skip
    os.close(writes)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_user_name_that_cannot_be_one_is_refused_before_anything_is_made(
    database_of_this_process,
) -> None:
    settings = {"DATABASE_URL": database_of_this_process.web_url, "IMPARTS_SECRET_KEY": "s" * 50}
    given = ("--organisation", "A", "--code", "X1", "--service", "B", "--username", "Robin Example")
    done = _imparts("setup", *given, "--name", "Robin Example", **settings)
    assert done.returncode == 2
    assert b"A user name holds letters" in done.stderr
