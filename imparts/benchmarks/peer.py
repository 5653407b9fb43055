"""The peer of the submission benchmark: pgbench writing the same rows, one INSERT a row."""

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from imparts.postgres import binaries

SECONDS = 8


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows one sending adds to each table, as counted on a real one."""

    responses: int
    answers: int
    scores: int
    messages: int
    entries: int = 1
    audit: int = 1

    @property
    def total(self) -> int:
        """All rows of one sending."""
        return (
            self.responses + self.answers + self.scores + self.messages + self.entries + self.audit
        )


def transactions_per_second(url: str, rows: Rows, *, clients: int, facts_bytes: int) -> float:
    """Run pgbench on the server of `url` with as many clients as there are web workers.

    The rows go into copies of our tables (same columns, indexes and checks), so that nothing of
    the measurement stays behind.
    """
    program = _pgbench()
    with tempfile.NamedTemporaryFile("w", suffix=".sql", delete=False) as script:
        script.write(_script(rows, facts_bytes))
    try:
        ran = subprocess.run(
            [
                program,
                "--no-vacuum",
                "-M",
                "prepared",
                "-c",
                str(clients),
                "-j",
                "1",
                "-T",
                str(SECONDS),
                "-f",
                script.name,
                url,
            ],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ,
        )
    finally:
        Path(script.name).unlink()
    found = re.search(r"tps = ([\d.]+) \(without", ran.stdout)
    assert found, ran.stdout
    return float(found[1])


def _pgbench() -> str:
    for installed in binaries.all_here():
        if Path(installed.program("pgbench")).exists():
            return installed.program("pgbench")
    raise FileNotFoundError("pgbench was not found; Debian has it in the package postgresql")


COPIES = {
    "bench_response": "questionnaires_response",
    "bench_answer": "questionnaires_answer",
    "bench_score": "results_responsescore",
    "bench_message": "outbox_message",
    "bench_entry": "pathways_pathwayentry",
    "bench_audit": "audit_auditentry",
}


def _script(rows: Rows, facts_bytes: int) -> str:
    """One transaction of single INSERTs; ids are made on the server, as ours are in the program."""
    facts = f"json_build_object('facts', repeat('x', {facts_bytes}))::jsonb"
    response = (
        "insert into bench_response (id, invitation_id, patient_id, service_id, instrument,"
        " content_id, completed_at, place) values (gen_random_uuid(), gen_random_uuid(),"
        " gen_random_uuid(), 1, 'phq9', 1, now(), 1);"
    )
    answer = (
        "insert into bench_answer (response_id, item, value, declined)"
        " values (gen_random_uuid(), 'q1', 1, false);"
    )
    score = (
        "insert into bench_score (response, sitting, patient_id, service_id, instrument,"
        " content_id, completed_at, status, score, out_of, lower, upper, band, band_label, flags,"
        " subscales, answered, asked) values (gen_random_uuid(), gen_random_uuid(),"
        " gen_random_uuid(), 1, 'phq9', 1, now(), 'complete', 9, 27, 9, 9, 'mild', 'Mild', '[]',"
        " '[]', 9, 9);"
    )
    message = (
        "insert into bench_message (control_id, destination, kind, patient, about, facts,"
        " rendered, state, attempts, created_at, next_attempt_at, last_error) values"
        f" (left(gen_random_uuid()::text, 36), 'record', 'ORU', gen_random_uuid(),"
        f" gen_random_uuid(), {facts}, '', 'waiting', 0, now(), now(), '');"
    )
    entry = (
        "insert into bench_entry (patient_id, service_id, about, at, pathways, steps) values"
        f" (gen_random_uuid(), 1, gen_random_uuid(), now(), '[]', {facts});"
    )
    audit = (
        "insert into bench_audit (at, who, did, patient, about, why)"
        " values (now(), 'patient', 'sent answers', gen_random_uuid(), 'invitation', '');"
    )
    body = (
        [response] * rows.responses + [answer] * rows.answers + [score] * rows.scores
        + [message] * rows.messages + [entry] * rows.entries + [audit] * rows.audit
    )  # fmt: skip
    return "begin;\n" + "\n".join(body) + "\nend;\n"
