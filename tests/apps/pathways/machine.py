"""A machine that does to alerts whatever can happen: people act, programs crash, the clock moves.

What must hold is worked out here from what was done, by other means than the program's own.
"""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch
from uuid import uuid4

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from imparts.access.models import Staff
from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert, AlertEvent
from tests.apps.pathways.raising import DONE
from tests.builders import NOON, a_patient

PEOPLE = ("nurse", "consultant", "liaison")
MISSING = st.sampled_from(("talked_by", "action", "reason", ""))
CRASHES = st.sampled_from((0, 0, 0, 1, 2, 3))  # the nth thing that is stored fails; 0: none
# (duty, minutes) as REFERENCE 3.2 has them, written down a second time.
LADDER = (("owner", 0), ("deputy", 15), ("liaison", 30), ("manager", 45))
ACT_WITHIN = timedelta(minutes=60)


class Crash(Exception):
    """The program dies here; what its transaction did is undone."""


class AlertMachine(RuleBasedStateMachine):
    """Several alerts of one service. `world` is set by the test: the service and its people."""

    world: dict[str, object]
    alerts = Bundle("alerts")

    @initialize()
    def begin(self) -> None:
        """Everything is undone at the end."""
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now: datetime = NOON
        self.before: dict[int, tuple] = {}
        self.closed_by_us: set[int] = set()

    def teardown(self) -> None:
        """An hour later everybody has been called; then back to the service as it was."""
        if not hasattr(self, "undo"):
            return
        try:
            self.now += timedelta(minutes=61)
            self.worker(0)
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @rule(target=alerts)
    def raise_one(self) -> int:
        """An answer of somebody in clinic."""
        return pathways.raise_alert(
            patient_id=self.world["patient"], service_id=self.world["service"].pk, about=uuid4(),
            appointment=uuid4(), instrument="phq9", item="q9", kind="positive", value=1,
            words="several days", by="patient", at=self.now,
        ).pk  # fmt: skip

    @rule(alert=alerts, value=st.integers(0, 3))
    def answer_again(self, alert: int, value: int) -> None:
        """Back, and another answer; also "not at all"."""
        one = Alert.objects.get(pk=alert)
        pathways.note_answer(
            about=one.about, instrument="phq9", item="q9", value=value, words=str(value),
            by="patient", at=self.now,
        )  # fmt: skip

    @rule(alert=alerts, who=st.sampled_from(PEOPLE), crash=CRASHES)
    def take(self, alert: int, who: str, crash: int) -> None:
        """ "I'll ask now"."""
        self._try(crash, lambda one: pathways.acknowledge_alert(
            alert=one, by=self._staff(who).username, at=self.now), alert)  # fmt: skip

    @rule(alert=alerts, to=st.sampled_from(PEOPLE), crash=CRASHES)
    def hand_on(self, alert: int, to: str, crash: int) -> None:
        """From whoever took it last to a colleague, who has not accepted."""
        takes = AlertEvent.objects.filter(alert_id=alert, name="acknowledged").order_by("-id")
        by = takes[0].by if takes else "nobody"
        on = {"to": self._staff(to), "why": "my clinic ends", "by": by, "at": self.now}
        self._try(crash, lambda one: pathways.hand_on_alert(alert=one, **on), alert)

    @rule(alert=alerts, missing=MISSING, closes=st.booleans(), crash=CRASHES)
    def act(self, alert: int, missing: str, closes: bool, crash: int) -> None:
        """What was done, with or without what has to be said."""
        details = DONE | ({missing: ""} if missing else {})
        done = self._try(crash, lambda one: pathways.record_what_was_done(
            alert=one, details=details, closes=closes, by="nurse", at=self.now), alert)  # fmt: skip
        if done and closes:
            self.closed_by_us.add(alert)

    @rule(alert=alerts, crash=CRASHES)
    def look_and_phone(self, alert: int, crash: int) -> None:
        """Neither seeing an alert nor an attempt stops a clock."""
        self._try(
            crash, lambda one: pathways.record_seen(alert=one, by="nurse", at=self.now), alert
        )
        tried = {"how": "phone", "outcome": "no answer", "by": "nurse", "at": self.now}
        self._try(crash, lambda one: pathways.record_attempt(alert=one, **tried), alert)

    @rule(minutes=st.sampled_from((1, 14, 16, 31, 61)))
    def wait(self, minutes: int) -> None:
        """Time goes by."""
        self.now += timedelta(minutes=minutes)

    @rule(hours=st.sampled_from((-1, 1)))
    def move_clock(self, hours: int) -> None:
        """Somebody, or a time server, moves the clock."""
        self.now += timedelta(hours=hours)

    @rule(duty=st.sampled_from(("owner", "deputy", "liaison")), is_held=st.booleans())
    def change_cover(self, duty: str, is_held: bool) -> None:
        """A duty is held, or by nobody."""
        staff = self.world[duty] if is_held else None
        pathways.set_standing_cover(
            service=self.world["service"], duty=duty, staff=staff, from_on=NOON.date(), by="test",
            at=self.now,
        )  # fmt: skip

    @rule(crash=CRASHES)
    def worker(self, crash: int) -> None:
        """The worker looks; it may be killed in the middle, and is started again."""
        with self._crashing(crash):
            try:
                pathways.escalate_due(at=self.now)
            except ExceptionGroup as failed:
                assert failed.subgroup(Crash) is not None
        pathways.escalate_due(at=self.now)
        for alert in Alert.objects.all():
            self._must_have_been_called(alert)

    @invariant()
    def nothing_ends_without_actor_time_and_action(self) -> None:
        """The only end is a person's, with a talk, an action, a reason and a name."""
        closings = AlertEvent.objects.filter(name="closed")
        assert {event.alert_id for event in closings} == getattr(self, "closed_by_us", set())
        for closing in closings:
            acted = AlertEvent.objects.filter(alert=closing.alert, name="acted").get()
            assert acted.id < closing.id
            assert acted.by == closing.by not in ("", "imparts", "patient")
            assert acted.at is not None
            assert acted.details["talked_by"] in ("me", "someone_else")
            assert acted.details["action"]
            assert acted.details["reason"].strip()

    @invariant()
    def a_story_is_only_added_to(self) -> None:
        """What was there stays, and nobody is called twice on a rung."""
        fields = ("name", "at", "by", "what", "rung", "for_whom")
        for alert in Alert.objects.all():
            story = tuple(alert.events.order_by("id").values_list(*fields))
            earlier = self.before.get(alert.pk, ())
            assert story[: len(earlier)] == earlier
            calls = [row[4] for row in story if row[0] == "escalated"]
            assert len(calls) == len(set(calls))
            self.before[alert.pk] = story

    def _must_have_been_called(self, alert: Alert) -> None:
        """Whoever should be called by the wall clock has been, or it is written that nobody is."""
        events = list(alert.events.order_by("id"))
        passed = [e for e in events if e.name in ("acknowledged", "handed_on", "closed")]
        if passed and passed[-1].name != "handed_on":
            self._must_have_been_reminded(events)
            return
        since = passed[-1].at if passed else alert.raised_at
        times = sum(e.name == "handed_on" for e in events)
        calls = {e.rung for e in events if e.name == "escalated"}
        waited = self.now - since
        for duty, minutes in LADDER[1 if passed else 0 :]:
            is_due = waited >= timedelta(minutes=minutes) or waited < timedelta(minutes=-1)
            code = f"{duty} {times + 1}" if passed else duty
            assert not is_due or code in calls, f"{code} was not called after {waited}"

    def _must_have_been_reminded(self, events: list[AlertEvent]) -> None:
        """Taken and nothing recorded for an hour: taker and deputy were called since."""
        if any(event.name == "closed" for event in events):
            return
        begun = [e for e in events if e.name in ("acknowledged", "noted") and e.by != "patient"]
        waited = self.now - begun[-1].at
        if timedelta(minutes=-1) <= waited < ACT_WITHIN:
            return
        since = [e.rung.split()[0] for e in events if e.name == "escalated" and e.pk > begun[-1].pk]
        assert {"taker", "deputy"} <= set(since), f"nobody heard after {waited}"

    def _staff(self, who: str) -> Staff:
        found = self.world[who]
        assert isinstance(found, Staff)
        return found

    def _try(self, crash: int, do: Callable[[Alert], None], alert: int) -> bool:
        """Do something in a transaction that may die; True when it was done."""
        with self._crashing(crash):
            try:
                with transaction.atomic():
                    do(Alert.objects.get(pk=alert))
            except (pathways.NotDone, Crash):
                return False
        return True

    @contextmanager
    def _crashing(self, nth: int):
        """The nth event, account or notice that is stored from now on raises."""
        left = [nth]

        def counted(store):
            def stored(*args, **kwargs):
                left[0] -= 1
                if left[0] == 0:
                    raise Crash
                return store(*args, **kwargs)

            return stored

        places = (
            "imparts.pathways.models.AlertEvent.objects.create", "imparts.audit.actions.record",
            "imparts.outbox.actions.post_all",
        )  # fmt: skip
        from pydoc import locate

        patches = [patch(place, counted(locate(place))) for place in places]
        for each in patches:
            each.start()
        try:
            yield
        finally:
            for each in patches:
                each.stop()


def a_world(service, held) -> dict[str, object]:
    """What the machine plays with."""
    return {
        "service": service, "patient": a_patient().pk, "nurse": held["owner"],
        "consultant": held["deputy"], **held,
    }  # fmt: skip
