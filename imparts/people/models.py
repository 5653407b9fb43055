"""Patients, their identifiers, versions and contact points, who cares for them, and merges."""

import uuid

from django.db import models

from imparts.organisations.models import Organisation, Service


class Patient(models.Model):
    """A person receiving care. Sex and gender are kept apart; neither is derived."""

    class Sex(models.TextChoices):
        FEMALE = "female", "Female"
        MALE = "male", "Male"
        INDETERMINATE = "indeterminate", "Indeterminate"
        NOT_KNOWN = "not_known", "Not known"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family_name = models.CharField(max_length=120)
    given_name = models.CharField(max_length=120)
    known_as = models.CharField(max_length=120, blank=True)
    born_on = models.DateField()
    sex = models.CharField(max_length=15, choices=Sex, default=Sex.NOT_KNOWN)
    gender = models.CharField(max_length=60, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=20, default="en")
    needs_interpreter = models.BooleanField(default=False)
    # The Accessible Information Standard's needs, as the person put them: {"large_text": true}.
    information_needs = models.JSONField(default=dict, blank=True)
    contact_preferences = models.JSONField(default=dict, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    deprivation_fifth = models.PositiveSmallIntegerField(null=True, blank=True)
    practice = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    is_sensitive = models.BooleanField(default=False)
    # Nobody real: invented to try a clinic out. Decided when registered, never changed.
    is_test = models.BooleanField(default=False, db_default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["family_name", "given_name"]),
            models.Index(fields=["born_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="patient_not_merged_into_self",
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("id")),
            ),
            models.CheckConstraint(
                name="patient_deprivation_is_a_fifth",
                condition=models.Q(deprivation_fifth__isnull=True)
                | models.Q(deprivation_fifth__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="patient_dies_after_birth",
                condition=models.Q(died_on__isnull=True)
                | models.Q(died_on__gte=models.F("born_on")),
            ),
        ]

    def __str__(self) -> str:
        # Shown nowhere: a person's name must not slip into a log through str().
        return f"patient {self.pk}"

    @property
    def name(self) -> str:
        """As said aloud: Amara Thimblewick."""
        return f"{self.given_name} {self.family_name}"


class Identifier(models.Model):
    """A number by which someone knows a patient: a hospital's, or one of the nations'."""

    class Scheme(models.TextChoices):
        HOSPITAL = "hospital", "Hospital number"
        NHS = "nhs", "NHS number"
        CHI = "chi", "CHI number"
        HCN = "hcn", "Health and Care number"
        # Sent as an NHS number, and none: shown as what it is, sent on to nobody, matches nobody.
        DOUBTFUL = "doubtful", "Not an NHS number"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=10, choices=Scheme)
    issued_by = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    value = models.CharField(max_length=20)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["value"])]
        constraints = [
            models.UniqueConstraint(
                fields=["issued_by", "value"],
                condition=models.Q(scheme="hospital"),
                name="one_patient_a_hospital_number",
            ),
            models.UniqueConstraint(
                fields=["scheme", "value"],
                condition=~models.Q(scheme="hospital") & models.Q(verified_at__isnull=False),
                name="one_patient_a_verified_national_number",
            ),
            models.CheckConstraint(
                name="hospital_number_has_an_issuer",
                condition=~models.Q(scheme="hospital") | models.Q(issued_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} of patient {self.patient_id}"


class ContactPoint(models.Model):
    """A way to reach a patient, and what it may be used for."""

    class Kind(models.TextChoices):
        MOBILE = "mobile"
        HOME_PHONE = "home_phone"
        EMAIL = "email"
        ADDRESS = "address"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(max_length=200)
    may_be_used_for_invitations = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} of patient {self.patient_id}"


class CareRelationship(models.Model):
    """Why a service may see a patient, and between which days."""

    class Because(models.TextChoices):
        APPOINTMENT = "appointment"
        REFERRAL = "referral"
        TEAM = "team"
        LIAISON = "liaison"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="relationships")
    service = models.ForeignKey(Service, models.PROTECT, related_name="relationships")
    because = models.CharField(max_length=15, choices=Because)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["patient", "service"]),
            models.Index(fields=["service", "patient"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="relationship_ends_after_it_begins",
                condition=models.Q(until_on__isnull=True)
                | models.Q(until_on__gte=models.F("from_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} sees patient {self.patient_id} because of {self.because}"


class Merge(models.Model):
    """Two records found to be one person's, or found not to be after all; rows are added only."""

    append_only = True

    loser = models.ForeignKey(Patient, models.PROTECT, related_name="merges_as_loser")
    survivor = models.ForeignKey(Patient, models.PROTECT, related_name="merges_as_survivor")
    undone = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    why = models.CharField(max_length=200)

    def __str__(self) -> str:
        word = "parted from" if self.undone else "joined"
        return f"patient {self.loser_id} {word} {self.survivor_id}"


class PatientVersion(models.Model):
    """What was known of a patient from one moment on: a snapshot whenever anything changes.

    `facts` holds the row of Patient by its columns' names, and `identifiers`, each by its columns.
    """

    append_only = True

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    facts = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["at", "id"], name="patient_versions_in_time")]
        constraints = [
            models.UniqueConstraint(fields=["patient", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of patient {self.patient_id}"
