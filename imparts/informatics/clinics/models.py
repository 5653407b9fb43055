"""Clinic sessions and appointments with their moves; stays in hospital with theirs."""

import uuid

from django.db import models

from imparts.organisations.models import Organisation, Service
from imparts.people.models import Patient


class ClinicSession(models.Model):
    """One sitting of a service's clinic."""

    class Part(models.TextChoices):
        MORNING = "morning", "Morning"
        AFTERNOON = "afternoon", "Afternoon"

    service = models.ForeignKey(Service, models.PROTECT, related_name="clinic_sessions")
    held_on = models.DateField()
    part = models.CharField(max_length=10, choices=Part)
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "held_on", "part"], name="one_session_a_part_of_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.held_on} {self.part}"


class Appointment(models.Model):
    """A person expected at a session. Where they are is the last of the moves."""

    class State(models.TextChoices):
        BOOKED = "booked", "Not here yet"
        ARRIVED = "arrived", "Here"
        IN_ROOM = "in_room", "In a room"
        LEFT = "left", "Left"
        DID_NOT_ATTEND = "did_not_attend", "Did not attend"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(ClinicSession, models.PROTECT, related_name="appointments")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="appointments")
    at = models.DateTimeField()
    record_number = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["session", "at"]), models.Index(fields=["patient", "-at"])]

    def __str__(self) -> str:
        return f"appointment {self.pk}"


class AppointmentMove(models.Model):
    """One change of an appointment's state; rows are added, and the last one counts."""

    append_only = True
    ANOTHER_TIME = "another time"  # why: moved to another time or clinic

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="moves")
    state = models.CharField(max_length=15, choices=Appointment.State)
    place = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["appointment", "-id"])]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.state}"


class Stay(models.Model):
    """One stay in hospital, as the hospital's own record tells it; where they are: its moves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="stays")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="stays")
    visit_number = models.CharField(max_length=60, blank=True)
    """The record's own number for it; empty where it sends none: then one stay a patient."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "visit_number"],
                condition=~models.Q(visit_number=""),
                name="one_stay_a_visit_number",
            ),
            models.UniqueConstraint(
                fields=["organisation", "patient"],
                condition=models.Q(visit_number=""),
                name="one_stay_without_a_number_a_patient",
            ),
        ]
        indexes = [models.Index(fields=["patient"])]

    def __str__(self) -> str:
        return f"stay {self.pk}"


class StayMove(models.Model):
    """One thing said of a stay. Read in the order of `said_at`, however late one of them came."""

    class What(models.TextChoices):
        EXPECTED = "expected", "Expected"
        ADMITTED = "admitted", "Admitted"
        TRANSFERRED = "transferred", "Moved"
        UPDATED = "updated", "Place corrected"
        DISCHARGED = "discharged", "Discharged"
        ADMISSION_CANCELLED = "admission_cancelled", "Admission cancelled"
        DISCHARGE_CANCELLED = "discharge_cancelled", "Discharge cancelled"

    append_only = True

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="moves")
    what = models.CharField(max_length=20, choices=What)
    ward = models.CharField(max_length=80, blank=True)
    room = models.CharField(max_length=40, blank=True)
    bed = models.CharField(max_length=40, blank=True)
    happened_at = models.DateTimeField()
    said_at = models.DateTimeField()
    """When the sender said it, by its own clock."""
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["stay", "said_at", "id"])]

    def __str__(self) -> str:
        return f"{self.stay_id} {self.what}"
