"""Rows: a crowd's courses as the rows that each app's actions.load_history copies."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from imparts.demo.crowd.people import id_of
from imparts.demo.past import visits
from imparts.demo.past.alert_stories import alerts_of
from imparts.demo.past.courses import Attended
from imparts.demo.past.sittings import Sitting
from imparts.demo.past.suggestions import entry_of
from imparts.informatics.clinics.actions.history import PastAppointment, PastMove, SessionKey
from imparts.informatics.questionnaires.actions.history import (
    PastAnswer,
    PastGiven,
    PastHandOver,
    PastInvitation,
    PastOutcome,
    PastResponse,
    spent_secret,
)
from imparts.informatics.results.actions.history import PastScore, past_score
from imparts.pathways.actions.history import PastAlert, PastEntry

_BOOKED_BEFORE = timedelta(days=42)
_ENDS = ("stopped", "stopped", "taken_back", "expired")  # how half-finished sittings ended


@dataclass(slots=True)
class Rows:
    """What is copied, table by table."""

    appointments: list[PastAppointment] = field(default_factory=list)
    moves: list[PastMove] = field(default_factory=list)
    invitations: list[PastInvitation] = field(default_factory=list)
    hand_overs: list[PastHandOver] = field(default_factory=list)
    given: list[PastGiven] = field(default_factory=list)
    responses: list[PastResponse] = field(default_factory=list)
    answers: list[PastAnswer] = field(default_factory=list)
    outcomes: list[PastOutcome] = field(default_factory=list)
    scores: list[PastScore] = field(default_factory=list)
    alerts: list[PastAlert] = field(default_factory=list)
    entries: list[PastEntry] = field(default_factory=list)

    def add(self, attended: Attended, chance: Random) -> None:
        """Add one appointment with everything that came of it."""
        desk, visit, sitting = attended.desk, attended.visit, attended.sitting
        key = SessionKey(desk.service_id, visit.at.date(), visit.part)
        self.appointments.append(PastAppointment(visit.id, key, attended.person.id, visit.at))
        self._add_moves(attended, chance)
        if visit.what in (visits.DECLINED, visits.NO_TIME, visits.OTHER):
            said_at = visit.at - timedelta(minutes=chance.randrange(2, 15))
            self.outcomes.append(PastOutcome(visit.id, visit.what, said_at, desk.reception))
        if sitting is None:
            return
        self._add_sitting(attended, sitting)
        self.alerts += alerts_of(attended, chance)
        if sitting.stopped_after is not None:
            self._add_given(sitting)
            return
        self._add_responses(attended, sitting)
        if entry := entry_of(attended, chance):
            self.entries.append(entry)

    def _add_moves(self, attended: Attended, chance: Random) -> None:
        visit, by = attended.visit, attended.desk.reception
        moves = [PastMove(visit.id, "booked", visit.at - _BOOKED_BEFORE, by)]
        if visit.what in (visits.CANCELLED, visits.DID_NOT_ATTEND):
            is_early = visit.what == visits.CANCELLED and attended.sitting is None
            moved_at = (
                visit.at - timedelta(days=3) if is_early else visit.at + timedelta(minutes=50)
            )
            moves.append(PastMove(visit.id, visit.what, moved_at, by))
        else:
            sitting = attended.sitting
            began_at = sitting.began_at if sitting else visit.at - timedelta(minutes=12)
            room = f"Room {chance.randrange(1, 7)}"
            called_at = visit.at + timedelta(minutes=chance.randrange(1, 35))
            moves += [
                PastMove(visit.id, "arrived", began_at - timedelta(minutes=3), by, "Area A"),
                PastMove(visit.id, "in_room", called_at, attended.desk.nurse, room),
                PastMove(visit.id, "left", called_at + timedelta(minutes=18), by),
            ]
        self.moves += moves

    def _add_sitting(self, attended: Attended, sitting: Sitting) -> None:
        desk, person, visit = attended.desk, attended.person, attended.visit
        is_sent = sitting.stopped_after is None
        handed_at = sitting.began_at - timedelta(seconds=50)
        self.invitations.append(
            PastInvitation(
                id=sitting.id, patient_id=person.id, service_id=desk.service_id,
                appointment_id=visit.id, pack_id=desk.pack_id, texts_id=desk.texts_id,
                instruments=desk.contents, context=dict(sitting.context), created_at=handed_at,
                created_by=desk.reception, language="en", mode="radios",
                who_helped=sitting.who_helped, calm_page_at=None, started_at=sitting.began_at,
                submission_id=id_of(f"sending {sitting.id}") if is_sent else None,
                submitted_at=sitting.ended_at if is_sent else None,
            )
        )  # fmt: skip
        self.hand_overs.append(
            PastHandOver(
                sitting.id, desk.tablet_of(visit.id), spent_secret(sitting.id), handed_at,
                desk.reception, sitting.ended_at, handed_at + timedelta(seconds=15),
                sitting.ended_at, "sent" if is_sent else _ENDS[visit.id.int % len(_ENDS)],
            )
        )  # fmt: skip

    def _add_given(self, sitting: Sitting) -> None:
        for place, question in enumerate(sitting.reached):
            answer = sitting.answer(question)
            self.given.append(
                PastGiven(
                    sitting.id, question.instrument, question.item.id, answer.value,
                    answer.declined, sitting.reached_at(place),
                )
            )  # fmt: skip

    def _add_responses(self, attended: Attended, sitting: Sitting) -> None:
        desk, person, at = attended.desk, attended.person, sitting.ended_at
        for place, (key, score) in enumerate(sitting.scores.items(), start=1):
            response = id_of(f"response {sitting.id} {key}")
            content = desk.contents[key]
            self.responses.append(
                PastResponse(
                    response, sitting.id, person.id, desk.service_id, key, content, at, place
                )
            )
            self.answers += [
                PastAnswer(response, item, one.value, one.declined)
                for item, one in sitting.given[key].items()
            ]
            self.scores.append(
                past_score(
                    response=response, sitting=sitting.id, patient_id=person.id,
                    service_id=desk.service_id, content_id=content, score=score, at=at,
                )
            )  # fmt: skip
