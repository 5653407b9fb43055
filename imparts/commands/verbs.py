"""The verbs of the `imparts` program, each with its sentence and an example."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb; its module has `arguments(parser)` and `run(options) -> int`."""

    name: str
    module: str
    sentence: str
    example: str


VERBS = (
    Verb("demo", "demo", "A whole invented trust on this machine, to try everything.",
         "imparts demo --people 2000 --port 8000"),
    Verb("serve", "serve", "The web pages and their live updates.",
         "imparts serve --workers 4 --host 0.0.0.0"),
    Verb("worker", "worker", "Sends what is owed to the hospital record, as soon as it is due.",
         "imparts worker"),
    Verb("listen", "listen", "Takes HL7 v2 messages from the hospital record, and answers them.",
         "imparts listen"),
    Verb("senders", "senders", "Who may send messages here, and what their own codes mean.",
         "imparts senders add --application PAS --facility RXX --organisation RXX"),
    Verb("migrate", "migrate", "Brings the tables up to date and grants the web role its rights.",
         "imparts migrate"),
    Verb("setup", "setup", "The first organisation and the first administrator.",
         "imparts setup --organisation 'Ashdown NHS Trust' --username admin"),
    Verb("score", "score", "Scores answers in bulk, from JSON lines, CSV or Parquet into the same.",
         "imparts score answers.jsonl --out scores.jsonl"),
    Verb("instruments", "instruments", "The questionnaires: shown, checked, exported, brought in.",
         "imparts instruments show phq9"),
    Verb("pathways", "pathways", "The pathways: files checked, and run over the past.",
         "imparts pathways check mood.toml"),
    Verb("bench", "bench", "The benchmarks, each beside its peer or its limit in the same run.",
         "imparts bench submissions --people 2000"),
    Verb("pretend-record", "pretend_record",
         "A pretend hospital record that receives, sends and opens us.",
         "imparts pretend-record --mllp 2576 --http 8081"),
    Verb("api-client", "api_client", "Lets a program or a SMART app ask, lists them, puts one out.",
         'imparts api-client create --name Warehouse --scopes "system/*.rs"'),
    Verb("smart-record", "smart_record", "Lets a hospital record open imparts for its patients.",
         "imparts smart-record add --name Record --issuer https://record.example/fhir ..."),
)  # fmt: skip
