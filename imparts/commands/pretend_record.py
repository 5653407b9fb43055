"""`imparts pretend-record`: a pretend hospital record that receives, sends and opens imparts."""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from imparts.commands.exit_codes import DONE, SOME_REFUSED, CannotGoOn, UsedWrongly
from imparts.commands.ports import refuse_taken
from imparts.gateway.hl7v2.listening import HERE

if TYPE_CHECKING:
    from imparts.gateway.pretend_record.day.sending import Sent


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where it listens, or what it sends."""
    parser.add_argument("--mllp", type=int, default=2576, help="port for HL7 messages (2576)")
    parser.add_argument(
        "--http", type=int, default=8081, help="port for its pages, FHIR and launches (8081)"
    )
    parser.add_argument("--to", help=f"where imparts listens (IMPARTS_LISTEN_MLLP, else {HERE})")
    parser.add_argument("--app", help="where the pages of imparts are (http://127.0.0.1:8000)")
    told = parser.add_argument_group(
        "sending", "send to imparts, show what it answers, and end: no page is opened"
    )
    told.add_argument("--send", metavar="KIND", help="one message, such as A08, S12 or R01")
    told.add_argument("--patient", metavar="NUMBER", help="about whom: a hospital number")
    told.add_argument("--text", type=Path, metavar="FILE", help="a message from a file, as it is")
    told.add_argument("--play", action="store_true", help="a day of admissions and appointments")


def run(options: argparse.Namespace) -> int:
    """Receive until SIGTERM; or send, and say what was answered."""
    to = options.to or os.environ.get("IMPARTS_LISTEN_MLLP") or HERE
    if options.send or options.text or options.play:
        return _send(options, to)
    return _receive(options, to)


def _receive(options: argparse.Namespace, to: str) -> int:
    from imparts.gateway.pretend_record.run import Where, main

    for port in (options.mllp, options.http):
        refuse_taken("127.0.0.1", port)
    app = options.app or f"http://127.0.0.1:{os.environ.get('IMPARTS_PORT', '8000')}"
    secret = os.environ.get("IMPARTS_RECORD_FHIR_SECRET", "")
    where = Where(options.mllp, options.http, listener=to, app=app, machine_secret=secret)
    try:
        return int(main(where=where) or DONE)
    except OSError as error:
        raise CannotGoOn(f"The pretend record could not listen: {error.strerror}.") from error
    except ValueError as wrong:
        raise UsedWrongly(str(wrong)) from wrong


def _send(options: argparse.Namespace, to: str) -> int:
    from imparts.gateway.pretend_record.by_hand import Told, sent_by_hand

    asked = Told(kind=options.send, number=options.patient, text=_text(options.text), to=to)
    try:
        return asyncio.run(_shown(sent_by_hand(asked)))
    except ValueError as wrong:
        raise UsedWrongly(str(wrong)) from wrong


async def _shown(answers: "AsyncIterator[Sent]") -> int:
    """Each as it comes; refused ones count, and no answer means that imparts is not there."""
    codes = []
    async for each in answers:
        sys.stdout.write(f"{each.in_words}\n")
        sys.stdout.flush()
        codes.append(each.code)
    if not all(codes):
        raise CannotGoOn("Not every message was answered: see that `imparts listen` runs.")
    return DONE if all(code in ("AA", "CA") for code in codes) else SOME_REFUSED


def _text(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise UsedWrongly(f"The file of --text cannot be read ({type(wrong).__name__}).") from wrong
