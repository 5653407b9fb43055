"""`imparts bench`: every figure in one run on one machine, with the machine and the commit."""

import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from imparts.benchmarks.stack import Stack, demo, descendants
from imparts.postgres import cluster

NAMES = (
    "pages",
    "alerts",
    "submissions",
    "inbound",
    "delivery",
    "simulation",
    "memory",
    "forms",
    "scoring",
    "summary",
    "fhir_server",
    "export",
)


def main(names: list[str], *, people: int) -> int:
    """Measure what was asked for and print it, some of it on a demonstration of its own."""
    asked = names or NAMES
    _say(f"{_machine()}; commit {_commit()}")
    for name in (name for name in asked if name in _ALONE):
        for line in _ALONE[name]():
            _say(line)
    on_a_stack = [name for name in asked if name in _MEASURED]
    return _on_a_stack(on_a_stack, people=people) if on_a_stack else 0


def _on_a_stack(names: list[str], *, people: int) -> int:
    with demo(people=people) as stack:
        running = cluster.start(stack.data / "postgres")
        try:
            _use(stack, running.web_url)
            _say(f"{people} people; ready after {stack.seconds_to_ready:.1f} s, database filled")
            for name in names:
                for line in _MEASURED[name](stack, running.owner_url):
                    _say(line)
        finally:
            running.leave()
    return 0


def _use(stack: Stack, url: str) -> None:
    """Let this process read and prepare what the stack serves."""
    os.environ |= {
        "DATABASE_URL": url,
        "IMPARTS_DEMO": "1",
        "IMPARTS_DATA": str(stack.data),
        "IMPARTS_SECRET_KEY": (stack.data / "secret-key").read_text(),
        "DJANGO_SETTINGS_MODULE": "imparts.config.settings",
    }
    import django

    django.setup()


def _pages(stack: Stack, owner_url: str) -> list[str]:
    from imparts.benchmarks import pages

    got = pages.measure(stack)
    return [
        f"clinic list      p95 {got.clinic_list_ms:6.1f} ms   limit {pages.CLINICIAN_LIMIT_MS} ms",
        f"summary          p95 {got.summary_ms:6.1f} ms   limit {pages.CLINICIAN_LIMIT_MS} ms,"
        f" {got.summary_bytes / 1000:.1f} kB of 25 kB",
        f"question page    p95 {got.answer_page_ms:6.1f} ms   limit {pages.ANSWER_LIMIT_MS} ms",
        f"answer stored    p95 {got.answer_sent_ms:6.1f} ms   limit {pages.ANSWER_LIMIT_MS} ms",
    ]


def _alerts(stack: Stack, owner_url: str) -> list[str]:
    from imparts.benchmarks import alerts

    got = alerts.measure(stack)
    return [
        f"alert told       p50 {got.event.p50:5.2f} s, p95 {got.event.p95:5.2f} s, worst"
        f" {got.event.worst:5.2f} s; {alerts.LISTENERS} listeners, {got.answers} answers",
        f"alert on lists   p50 {got.shown.p50:5.2f} s, p95 {got.shown.p95:5.2f} s, worst"
        f" {got.shown.worst:5.2f} s; limit p95 {alerts.LIMIT_S:.0f} s,"
        f" worst {alerts.WORST_S:.0f} s",
        f"item 9 stored    p95 {got.answered_ms:6.1f} ms, all those lists open",
    ]


def _submissions(stack: Stack, owner_url: str) -> list[str]:
    from imparts.benchmarks import submissions

    got = submissions.measure(stack, owner_url=owner_url)
    rows = got.rows
    return [
        f"final submission {got.per_second:6.1f} a second, p95 {got.p95_ms:.1f} ms,"
        f" {rows.total} rows each ({rows.answers} answers, {rows.responses} instruments)",
        f"the same with    {got.watched_per_second:6.1f} a second, 200 clinic lists open",
        f"delivered        {got.delivered_per_second:6.1f} messages a second, after the sending",
        f"pgbench          {got.peer_per_second:6.1f} a second, the same rows, one INSERT each",
        f"ratio            {got.ratio:6.2f}            aim {submissions.AIM}",
    ]


def _simulation(stack: Stack, owner_url: str) -> list[str]:
    from imparts.benchmarks import simulation

    got = simulation.measure()
    return [
        f"pathway run      {got.whole_s:6.2f} s over {got.responses:,} responses"
        f" ({got.visits:,} visits), limit {simulation.LIMIT_S:.0f} s",
        f"of it, reading   {got.reading_s:6.2f} s; Python's own work in the whole"
        f" {got.processor_s:.2f} s",
        f"recommend() loop {got.loop_s:6.2f} s, the same visits and pathways, nothing read",
        f"polars counting  {got.polars_s:6.2f} s, low mood read, people from two thresholds only",
    ]


def _summary(stack: Stack, owner_url: str) -> list[str]:
    from imparts.benchmarks import summary

    got = summary.measure(stack)
    return [
        f"summary, long    p95 {got.p95_ms:6.1f} ms   limit {summary.LIMIT_MS} ms,"
        f" {got.visits} visits of {got.instruments} instruments among {got.people:,} people",
        f"people copied    {got.loaded_s:6.1f} s, in bulk; page {got.bytes / 1000:.1f} kB",
    ]


def _export(stack: Stack, owner_url: str) -> list[str]:
    from imparts.benchmarks import export

    got = export.measure(stack, owner_url=owner_url)
    return [
        f"bulk export      {got.per_second:9,.0f} resources a second, aim {export.AIM:,};"
        f" {got.resources:,} Observations, {got.megabytes:,.0f} MB, in {got.written_s:.1f} s",
        f"of it, the worker's own processor time {got.processor_s:.1f} s; the rest is reading",
        f"its worker grew  {got.grew_mb:9,.0f} MB, {got.most_mb:,.0f} MB at the most;"
        f" {got.grew_later_mb:,.0f} MB of it in the second half",
        f"fetched again    {got.resources / got.fetched_s:9,.0f} resources a second",
        f"row_to_json      {got.peer_rows / got.peer_s:9,.0f} bare rows a second by PostgreSQL's"
        " own COPY: no permission, no FHIR",
    ]


def _fhir_server(stack: Stack, owner_url: str) -> list[str]:
    from imparts.benchmarks import fhir_server

    got = fhir_server.measure(stack)
    peer = "not installed" if got.peer_ms is None else f"{got.peer_ms:6.1f} ms"
    return [
        f"FHIR read        p95 {got.read_ms:6.1f} ms   limit {fhir_server.READ_LIMIT_MS} ms,"
        f" among {got.people:,} people",
        f"FHIR search      p95 {got.search_ms:6.1f} ms   limit {fhir_server.SEARCH_LIMIT_MS} ms,"
        " a patient's Observations",
        f"FHIR search      p95 {got.long_search_ms:6.1f} ms, 50 of somebody's"
        f" {got.observations} Observations",
        f"FHIR transaction     {got.transaction_ms:6.1f} ms, {fhir_server.ENTRIES} new patients"
        " checked, stored and audited",
        f"@medplum/fhir-router {peer}, the same Bundle, in memory: not the same work",
    ]


def _memory(stack: Stack, owner_url: str) -> list[str]:
    from imparts.benchmarks import memory

    got = memory.megabytes([*stack.processes(), *_postgres(stack)])
    return [f"memory (PSS)     {got:6.0f} MB          limit {memory.LIMIT_MB} MB"]


def _postgres(stack: Stack) -> list[int]:
    pid = int(next((stack.data / "postgres").rglob("postmaster.pid")).read_text().split()[0])
    return [pid, *descendants(pid)]


def _forms() -> list[str]:
    from imparts.benchmarks import forms

    got = forms.measure()
    return [
        f"imported PHQ-9   {got.ours_ms:6.2f} ms an answer, total and all",
        f"fhirpathpy       {got.plain_ms:6.2f} ms the same; {got.parsed_ms:.2f} ms parsed before",
        f"ratio            {got.ratio:6.1f} times faster",
        f"import, 100      {got.hundred_ms:6.1f} ms          limit {forms.HUNDRED_LIMIT_MS} ms",
        f"import, 1,000    {got.thousand_ms:6.1f} ms          limit {forms.THOUSAND_LIMIT_MS} ms",
    ]


def _scoring() -> list[str]:
    from imparts.benchmarks import scoring

    got = scoring.measure()
    return [
        f"one PHQ-9        {got.quick_per_second:9,.0f} a second, aim {scoring.ONE_BY_ONE_AIM:,}",
        f"obvious scorer   {got.obvious_per_second:9,.0f} a second, the same results",
        f"1 million rows   {got.parquet_s:9.2f} s as Parquet, aim {scoring.MILLION_AIM_S} s",
        f"polars adding up {got.adding_s:9.2f} s, the same file: read, nine columns added, written",
        f"imparts score    {got.program_s:9.2f} s from start to end, {got.program_mb:.0f} MB"
        f" at the most, limit {scoring.MEMORY_LIMIT_MB} MB",
        f"CSV              {got.csv_per_second:9,.0f} rows a second",
        f"JSON lines       {got.lines_per_second:9,.0f} lines a second, one by one",
    ]


def _inbound(stack: Stack, owner_url: str) -> list[str]:
    from imparts.benchmarks import inbound

    got = inbound.measure(stack)
    answered = got.answered
    return [
        f"ADT stored       {got.per_second:6.0f} a second on one connection, aim"
        f" {inbound.AIM_PER_SECOND}; {inbound.COUNT} messages",
        f"ADT answered     p50 {answered.p50 * 1000:5.1f} ms, p95 {answered.p95 * 1000:.1f} ms,"
        f" worst {answered.worst * 1000:.1f} ms   limit p95 {inbound.LIMIT_MS} ms",
        f"python-hl7       {got.peer_per_second:6.0f} a second, its own server, nothing stored",
        f"message parsed   {got.parse_us:6.0f} us; python-hl7 {got.hl7_us:.0f} us,"
        f" hl7apy {got.hl7apy_us:.0f} us",
    ]


def _delivery(stack: Stack, owner_url: str) -> list[str]:
    from imparts.benchmarks import delivery

    got = delivery.measure(stack)
    aims = f"limit p95 {delivery.LIMIT_MS} ms, {delivery.PACE} sendings a second"
    return [
        f"results acked    {got.per_second:6.0f} a second on one connection, aim"
        f" {delivery.AIM_PER_SECOND}; {delivery.COUNT} through the tables",
        f"python-hl7       {got.peer_per_second:6.0f} a second, the same texts, nothing kept",
        f"1,000 waiting    {got.backlog_s:6.1f} s until drained, limit {delivery.DRAIN_LIMIT_S} s",
        *(
            f"sent to acked    p50 {took.p50 * 1000:5.0f} ms, p95 {took.p95 * 1000:.0f} ms, worst"
            f" {took.worst * 1000:.0f} ms   {aims}; to {to}"
            for to, took in got.acknowledged.items()
        ),
        f"                 {got.messages} messages, documents with PDF among them",
    ]


# Measured without a site: nothing is started and nothing is stored.
_ALONE: dict[str, Callable[[], list[str]]] = {"forms": _forms, "scoring": _scoring}
_MEASURED: dict[str, Callable[[Stack, str], list[str]]] = {
    "pages": _pages,
    "alerts": _alerts,
    "submissions": _submissions,
    "inbound": _inbound,
    "delivery": _delivery,
    "simulation": _simulation,
    "memory": _memory,
    "summary": _summary,
    "fhir_server": _fhir_server,
    "export": _export,
}


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def _commit() -> str:
    asked = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() or "unknown"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
