"""Invitations, tablets handed over, answers as they are given, and final responses."""

import uuid

from django.db import models

from imparts.access.models import Tablet
from imparts.informatics.clinics.models import Appointment
from imparts.library.models import ContentVersion
from imparts.organisations.models import Service
from imparts.people.models import Patient

LONGEST_PATH = 600


class Invitation(models.Model):
    """A pack asked of one patient at one appointment: a sitting, from hand-over to sending.

    `instruments` names the version of each instrument, so a pack that changes half-way through
    changes nothing for whoever is answering.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="invitations")
    service = models.ForeignKey(Service, models.PROTECT, related_name="invitations")
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="invitations"
    )
    pack = models.ForeignKey(ContentVersion, models.PROTECT, related_name="+")
    texts = models.ForeignKey(ContentVersion, models.PROTECT, related_name="+")
    instruments = models.JSONField()
    """{"phq9": content version id, ...}"""
    context = models.JSONField(default=dict)
    """What is known at the start: {"age": 65, "answered_days_ago": {"auditc": 40}}."""
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=150)
    language = models.CharField(max_length=20, default="en")
    mode = models.CharField(max_length=10, default="radios")
    who_helped = models.CharField(max_length=12, blank=True)
    calm_page_at = models.DateTimeField(null=True)
    wants_to_talk_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    submission_id = models.UUIDField(null=True, unique=True)
    submitted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    """Set once, when its answers turn out to be another person's (WithdrawnSitting says the rest).
    It then counts nowhere, and its appointment is free to be asked."""

    class Meta:
        indexes = [
            models.Index(fields=["patient", "-created_at"]),
            models.Index(
                fields=["withdrawn_at"],
                name="withdrawn_sittings",
                condition=models.Q(withdrawn_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_sending_has_an_id_and_a_moment",
                condition=models.Q(submission_id__isnull=True, submitted_at__isnull=True)
                | models.Q(submission_id__isnull=False, submitted_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["appointment"], name="one_invitation_an_appointment",
                condition=models.Q(withdrawn_at__isnull=True) & ~models.Q(mode="fhir"),
            ),
            models.CheckConstraint(
                name="only_what_was_sent_is_withdrawn",
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(submitted_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class HandOver(models.Model):
    """A tablet in one patient's hands for a short time. The browser holds a secret, we a hash."""

    class Ended(models.TextChoices):
        SENT = "sent", "Answers sent"
        NOT_ME = "not_me", "Not this person"
        TAKEN_BACK = "taken_back", "Taken back by staff"
        STOPPED = "stopped", "Stopped by the patient"
        EXPIRED = "expired", "Left open"
        REPLACED = "replaced", "Handed over again"

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="hand_overs")
    tablet = models.ForeignKey(Tablet, models.PROTECT, null=True, related_name="hand_overs")
    secret_hash = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=150)
    last_used_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    asked_for_help_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=12, choices=Ended, blank=True)

    class Meta:
        indexes = [models.Index(fields=["invitation", "-started_at"])]
        constraints = [
            models.CheckConstraint(
                name="hand_over_ends_with_a_reason",
                condition=models.Q(ended_at__isnull=True, ended_because="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_because="")),
            ),
            models.UniqueConstraint(
                fields=["invitation"], condition=models.Q(ended_at__isnull=True),
                name="one_open_hand_over_an_invitation",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"hand-over {self.pk}"


class AnswerGiven(models.Model):
    """One answer at the moment it was given; a changed answer is a new row, and the last counts.

    `value` is the number of the option chosen. What was written, and every answer to a form, is
    `entered`: a list of rules.forms.values as JSON. An empty list takes an answer back. How often a
    repeating group is filled in stands under the group's own path.
    """

    append_only = True

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="given")
    instrument = models.CharField(max_length=60)
    item = models.CharField(max_length=LONGEST_PATH)
    """An item of an instrument, or a path of a form (rules/forms/paths.py)."""
    value = models.SmallIntegerField(null=True)
    declined = models.BooleanField(default=False)
    entered = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["invitation", "id"])]
        constraints = [
            models.CheckConstraint(
                name="an_answer_is_a_value_or_words_or_declined",
                condition=models.Q(value__isnull=True, declined=True, entered__isnull=True)
                | models.Q(value__isnull=False, declined=False, entered__isnull=True)
                | models.Q(value__isnull=True, declined=False, entered__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.item} of {self.invitation_id}"


class OfferOutcome(models.Model):
    """Why someone was not asked, in one tap; the last row of an appointment counts."""

    class Outcome(models.TextChoices):
        DECLINED = "declined", "Declined"
        NO_TIME = "no_time", "No time"
        OTHER = "other", "Other"
        UNDONE = "undone", "Undone"

    append_only = True

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="offer_outcomes")
    outcome = models.CharField(max_length=10, choices=Outcome)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["appointment", "-id"])]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.outcome}"


class Response(models.Model):
    """One patient's final answers to one instrument or form, by the version it was asked with."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="responses")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="responses")
    service = models.ForeignKey(Service, models.PROTECT, related_name="responses")
    instrument = models.CharField(max_length=60)
    content = models.ForeignKey(ContentVersion, models.PROTECT, related_name="responses")
    completed_at = models.DateTimeField()
    place = models.SmallIntegerField()
    """Where it stood in the pack, counted from 1."""

    class Meta:
        indexes = [models.Index(fields=["patient", "-completed_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "instrument"], name="one_response_an_instrument_and_sitting"
            )
        ]

    def __str__(self) -> str:
        return f"response {self.pk}"


class Answer(models.Model):
    """The final answer to one item: a value, what was written, declined, or (none) not reached.

    `is_worked_out` marks what nobody answered: a form's own totals, and how often a group was
    filled in.
    """

    append_only = True

    response = models.ForeignKey(Response, models.PROTECT, related_name="answers")
    item = models.CharField(max_length=LONGEST_PATH)
    value = models.SmallIntegerField(null=True)
    declined = models.BooleanField(default=False)
    entered = models.JSONField(null=True)
    is_worked_out = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_final_answer_is_at_most_one_thing",
                condition=models.Q(value__isnull=True, declined=False)
                | models.Q(entered__isnull=True, declined=False)
                | models.Q(value__isnull=True, entered__isnull=True),
            ),
            models.UniqueConstraint(fields=["response", "item"], name="one_answer_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item} of {self.response_id}"


class WithdrawnSitting(models.Model):
    """The answers of a sitting were not this patient's: who said so, when and why.

    Nothing of the sitting is changed or deleted. It is shown to nobody as this patient's, and
    cannot be taken back; the answers can be filed again under the right person (Refiling).
    """

    append_only = True

    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="withdrawal")
    why = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"withdrawal of {self.invitation_id}"


class Refiling(models.Model):
    """A sitting that was withdrawn, filed again under the person whose answers they are."""

    append_only = True

    withdrawal = models.OneToOneField(WithdrawnSitting, models.PROTECT, related_name="refiling")
    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="refiled_from")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"refiling of {self.withdrawal_id}"


class SentIn(models.Model):
    """Answers that another system sent: which system, under which number of its own, and when.

    `digest` is of what was sent, so that the same again changes nothing, and other answers under
    the same number are refused.
    """

    append_only = True

    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="sent_in")
    client = models.CharField(max_length=150)
    client_name = models.CharField(max_length=150, blank=True)
    system = models.CharField(max_length=250, blank=True)
    number = models.CharField(max_length=250, blank=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "system", "number"], condition=~models.Q(number=""),
                name="one_sitting_a_number_of_a_client",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.invitation_id} sent in"
