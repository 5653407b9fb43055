"""Delivery of notices: each goes out by every way that reaches its reader, until it is taken.

A notice becomes one message a way in one transaction, so that a mail server that hangs keeps no SMS
back. Each message is leased, tried, and tried again after growing pauses; a server that does not
answer is left alone for a while. Before every try it is asked whether there is still a reason: a
notice of an alert that was closed meanwhile is dropped and says so. Nothing here writes to an
alert: a notice that was taken by a server has reached nobody yet.
"""

import logging
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from imparts.gateway.notices.by_email import ByEmail, SmsThroughEmail
from imparts.gateway.notices.by_file import ByFile
from imparts.gateway.notices.queries import Asked, NoSuchNotice, asked
from imparts.gateway.notices.servers import NotifyAccount, Servers, SmsByEmail, SmsFolder
from imparts.gateway.notices.ways import EMAIL, SMS, Way
from imparts.gateway.notices.words import written
from imparts.gateway.outcomes import Outcome, Told
from imparts.gateway.pauses import Pauses
from imparts.gateway.restoring import COMPARED
from imparts.gateway.settling import settle
from imparts.outbox import actions as outbox

if TYPE_CHECKING:
    from imparts.outbox.models import Message

LEASE_SECONDS = 60  # more than the longest that a way may take
OVER = "There was nothing to do any more: the alert was closed before this was sent."
GONE = "They no longer work here."
NO_WAY = "No way to reach them: {}."
_BATCH = 100
_log = logging.getLogger("imparts.gateway")

Now = Callable[[], datetime]


def send_due_notices(*, now: Now) -> int:
    """Send every notice that is due by the ways that the site has set up.

    To be called outside a transaction, on a thread where waiting holds nothing else up.
    """
    COMPARED.make_sure(now=now)
    return _by_the_settings().send_due(now=now)


@cache
def _by_the_settings() -> "Notices":
    return Notices(ways_of(settings.IMPARTS_SERVERS))


def ways_of(servers: Servers) -> dict[str, Way]:
    """The ways by their destinations in the outbox."""
    ways: dict[str, Way] = {}
    if servers.mail is not None:
        ways[EMAIL] = ByEmail(servers.mail)
    match servers.sms:
        case NotifyAccount():
            # Its client weighs some megabytes, which a site without an account need not carry.
            from imparts.gateway.notices.by_notify import ByNotify

            ways[SMS] = ByNotify(servers.sms)
        case SmsByEmail() if servers.mail is not None:
            ways[SMS] = SmsThroughEmail(ByEmail(servers.mail), servers.sms)
        case SmsFolder():
            ways[SMS] = ByFile(servers.sms)
    return ways


class Notices:
    """One worker's ways to its readers, and its patience with each."""

    def __init__(
        self, ways: Mapping[str, Way], *, chance: Callable[[], float] = random.random
    ) -> None:
        self._ways = dict(ways)
        self._pauses = {destination: Pauses(chance=chance) for destination in (EMAIL, SMS)}

    def send_due(self, *, now: Now) -> int:
        """How many were taken. A way that hangs is left after its first notice."""
        for message in _leased(outbox.NOTICES, now):
            self._spread(message, now)
        return sum(self._send_all(destination, now) for destination in (SMS, EMAIL))

    def _spread(self, message: "Message", now: Now) -> None:
        """One message for each way, or the reason why there is none."""
        try:
            facts = asked(message)
        except NoSuchNotice as wrong:
            return outbox.mark_refused(message, reason=str(wrong))
        if why := _not_any_more(facts):
            return outbox.give_up(message, reason=why)
        reachable = [d for d in (SMS, EMAIL) if d in self._ways and _address(facts, d)]
        if not reachable:
            return outbox.give_up(message, reason=self._why_unreachable(facts))
        parts = [outbox.part_of(message, destination=each, at=now()) for each in reachable]
        return outbox.becomes(message, parts, at=now())

    def _why_unreachable(self, facts: Asked) -> str:
        if not self._ways:
            return NO_WAY.format("this site has set up neither e-mail nor SMS")
        if not facts.to.email and not facts.to.mobile:
            return NO_WAY.format("they have given no e-mail address and no mobile number")
        has = "e-mail address" if facts.to.email else "mobile number"
        sends = "e-mail" if EMAIL in self._ways else "SMS"
        return NO_WAY.format(f"they have given their {has} only, and this site sends {sends} only")

    def _send_all(self, destination: str, now: Now) -> int:
        """Until nothing is due, or the server does not answer."""
        taken = 0
        for message in _leased(destination, now, self._pauses[destination]):
            taken += self._send(message, destination, now)
        return taken

    def _send(self, message: "Message", destination: str, now: Now) -> bool:
        way = self._ways.get(destination)
        try:
            facts = asked(message)
        except NoSuchNotice as wrong:
            outbox.mark_refused(message, reason=str(wrong))
            return False
        to = _address(facts, destination)
        if why := _not_any_more(facts) or _no_way(way, to):
            outbox.give_up(message, reason=why)
            return False
        assert way is not None
        told = self._try(way, message, facts, to)
        pauses = self._pauses[destination]
        _remember_silence(told, pauses, way.name, now)
        return settle(message, told, pauses, now=now)

    def _try(self, way: Way, message: "Message", facts: Asked, to: str) -> Told:
        notice = written(kind=facts.kind, rung=facts.rung, service=facts.service)
        outbox.keep_rendered(message, text=notice.text)
        try:
            return way.send(to, notice, reference=message.control_id, is_again=message.attempts > 1)
        except Exception as unexpected:  # a slip of ours keeps this one waiting, and no other
            _log.exception("a notice could not be sent")
            return Told(
                Outcome.NOT_THIS_TIME, f"It could not be sent ({type(unexpected).__name__})"
            )


def _remember_silence(told: Told, pauses: Pauses, name: str, now: Now) -> None:
    """Rest after a silence; say once that it began and once that it ended."""
    if told.outcome is not Outcome.NO_ANSWER:
        if pauses.end_silence():
            _log.warning("notices by %s are taken again", name)
    elif pauses.begin_silence(now()):
        _log.warning("notices by %s are not taken", name)


def _leased(destination: str, now: Now, pauses: Pauses | None = None) -> "Iterator[Message]":
    for _ in range(_BATCH):
        if pauses is not None and pauses.is_resting(now()):
            return
        message = outbox.lease_next(destination=destination, at=now(), seconds=LEASE_SECONDS)
        if message is None:
            return
        yield message


def _address(facts: Asked, destination: str) -> str:
    return facts.to.email if destination == EMAIL else facts.to.mobile


def _not_any_more(facts: Asked) -> str:
    if facts.is_over:
        return OVER
    return "" if facts.to.is_here else GONE


def _no_way(way: Way | None, to: str) -> str:
    if way is None:
        return NO_WAY.format("this site does not send this way any more")
    return "" if to else NO_WAY.format("their address was taken out")
