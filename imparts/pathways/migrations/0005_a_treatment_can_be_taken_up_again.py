import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pathways", "0004_stepping_out_can_be_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="treatmentend",
            name="state",
            field=models.CharField(
                choices=[
                    ("ended", "Ended"),
                    ("goes_on", "Goes on"),
                    ("in_error", "Entered in error"),
                ],
                default="ended",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="treatmentend",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ends",
                to="pathways.treatmentstep",
            ),
        ),
        migrations.AddIndex(
            model_name="treatmentend",
            index=models.Index(fields=["step", "-id"], name="pathways_tr_step_id_dfeb32_idx"),
        ),
        migrations.AddConstraint(
            model_name="treatmentend",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", False), ("state", "ended")),
                    models.Q(
                        models.Q(("state", "ended"), _negated=True), ("ended_on__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="only_an_end_has_a_day",
            ),
        ),
    ]
