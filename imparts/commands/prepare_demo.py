"""Makes the demo's data ready: tables, stylesheets, invented people, today's clinics.

It runs as a process of its own, so that the supervisor stays small.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
from functools import partial

from imparts.commands import static_files
from imparts.commands.exit_codes import CannotGoOn
from imparts.commands.migrate import migrate
from imparts.config.with_parent import end_with_parent


def prepare(options: argparse.Namespace) -> None:
    """Run it and wait; what it says goes to the person who waits."""
    filling = subprocess.Popen(
        command(
            "fill", "--people", str(options.people), "--services", str(options.services),
            "--seed", str(options.seed),
        ),
        preexec_fn=partial(end_with_parent, os.getpid()),
    )  # fmt: skip
    try:
        static_files.collect()  # meanwhile, on the other processor
        if filling.wait() != 0:
            raise CannotGoOn(
                "The demo's data could not be made ready; the lines above say why. "
                "`imparts demo --fresh` starts over."
            )
    finally:
        if filling.poll() is None:
            filling.terminate()


def command(*arguments: str) -> list[str]:
    """This file as a program."""
    return [sys.executable, "-m", "imparts.commands.prepare_demo", *arguments]


def _fill(options: argparse.Namespace) -> None:
    """Tables first; people only when there are none; today's clinics each time."""
    migrate(verbosity=0)
    from django.conf import settings
    from django.utils import timezone

    from imparts.demo import fill
    from imparts.demo.places.record_people import tell_the_record
    from imparts.demo.places.senders import know_senders
    from imparts.demo.places.trusted_record import trust_the_record

    now = timezone.now()
    if not fill.is_filled():
        sys.stderr.write(f"Inventing {options.people} people and two years of clinics.\n")
        fill.fill(people=options.people, services=options.services, seed=options.seed, at=now)
    fill.make_today(at=now)
    know_senders(at=now)
    tell_the_record(settings.IMPARTS_DATA)
    trust_the_record(settings.IMPARTS_RECORD_FHIR, at=now)


def _play() -> None:
    """The clinic day plays by itself, as the web role, until it is told to stop."""
    import django

    django.setup()
    from imparts.demo.clinic_day import play

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    play(stop=stop)


def main(arguments: list[str]) -> None:
    """Which of the two."""
    parser = argparse.ArgumentParser(prog="imparts.commands.prepare_demo")
    parser.add_argument("what", choices=["fill", "play"])
    parser.add_argument("--people", type=int)
    parser.add_argument("--services", type=int)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args(arguments)
    if options.what == "fill":
        _fill(options)
    else:
        _play()


if __name__ == "__main__":
    main(sys.argv[1:])
