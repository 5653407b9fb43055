"""How old each fact is that the record told us, and what the codes in its messages stand for."""

from django.db import models

from imparts.organisations.models import Organisation, Service


class FactAsOf(models.Model):
    """When each fact of one subject was last said, by the clocks of those who sent it.

    `times` holds one moment a fact ("name", "born_on", ...), as the messages that were applied gave
    it. A message that is older than a fact leaves that fact alone. There is a row also for what
    does not exist here yet, such as an appointment that was cancelled before it was booked.
    """

    class Subject(models.TextChoices):
        PATIENT = "patient"
        APPOINTMENT = "appointment"
        MEASURE = "measure"

    subject = models.CharField(max_length=12, choices=Subject)
    key = models.CharField(max_length=150)
    """A patient's id; the organisation's id and the appointment's number; or the organisation's id,
    the patient's, the measure and the moment of measuring: as far as there is a space between."""
    times = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "key"], name="one_row_of_times_a_subject")
        ]

    def __str__(self) -> str:
        return f"times of {self.subject} {self.key}"


class ServiceCode(models.Model):
    """How a sender writes one of our services: the code of a clinic or of a specialty."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="service_codes")
    code = models.CharField(max_length=60)
    service = models.ForeignKey(Service, models.PROTECT, related_name="codes_of_senders")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="one_service_a_code_of_a_sender"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} is service {self.service_id}"


class MeasureCode(models.Model):
    """How a sender writes one of our physical measures, besides the published codes of its file."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="measure_codes")
    code = models.CharField(max_length=60)
    measure = models.CharField(max_length=40)
    is_second = models.BooleanField(default=False)
    """It is the lower number of a pair, such as diastolic blood pressure."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="one_measure_a_code_of_a_sender"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} is {self.measure}"


class NumberIssuer(models.Model):
    """How a sender names its own organisation as the issuer of hospital numbers (PID-3.4).

    Without a row, the organisation's code and the names in MSH-3 and MSH-4 count, and no name.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="issuer_names")
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_row_an_issuer_name")
        ]

    def __str__(self) -> str:
        return f"{self.name} is organisation {self.organisation_id}"
