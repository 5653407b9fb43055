"""Due: which rungs of a ladder must be called now, given which were called and who was found.

A rung that nobody holds passes the call on at once; when the last one, the manager's, is held by
nobody either and so nobody at all was found, everyone who may take alerts is called. A rung is due
from its moment on for ever, so nothing is missed by a worker that was away. A clock that was put
back does not hold a call back: when it stands before the moment at which the minutes began, they
cannot be counted, and everybody whose turn goes by minutes is called.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from imparts.rules.alerting.ladder import EVERYONE, MANAGER, Rung

CLOCKS_DIFFER = timedelta(minutes=1)  # two machines' clocks, at most
NOBODY_BEFORE = "nobody is named before"
NOBODY_AT_ALL = "nobody holds any duty; everyone who may take alerts is called"


def rungs_with_last_resort(rungs: Sequence[Rung], called: Mapping[str, str]) -> tuple[Rung, ...]:
    """The ladder, with the manager at its end, and with everyone when nobody was found at all."""
    if not rungs:
        return ()
    found, last = tuple(rungs), rungs[-1]
    if last.duty != MANAGER and called.get(last.code) == "":
        found += (replace(last, duty=MANAGER, why=NOBODY_BEFORE),)
    if all(called.get(rung.code) == "" for rung in found):
        found += (replace(last, duty=EVERYONE, why=NOBODY_AT_ALL),)
    return found


def due(rungs: Sequence[Rung], called: Mapping[str, str], now: datetime) -> tuple[Rung, ...]:
    """Rungs to be called now, first to last. Ask again after calling: one may pass the call on.

    `called` says for each rung called so far, by its code, who was called; "" when nobody was
    named. The caller has made sure that nobody has taken the alert.
    """
    found: list[Rung] = []
    passed_on = False
    for rung in rungs_with_last_resort(rungs, called):
        for_whom = called.get(rung.code)
        if for_whom is None:
            if passed_on or rung.at <= now or _cannot_be_counted(rung, now):
                found.append(rung)
            passed_on = False
        else:
            passed_on = for_whom == ""
    return tuple(found)


def _cannot_be_counted(rung: Rung, now: datetime) -> bool:
    if rung.minutes is None:
        return False
    return now + CLOCKS_DIFFER < rung.at - timedelta(minutes=rung.minutes)
