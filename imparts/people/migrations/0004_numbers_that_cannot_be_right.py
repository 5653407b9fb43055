"""A number that was sent as an NHS number and cannot be one has a scheme of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_patient_versions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="identifier",
            name="scheme",
            field=models.CharField(
                choices=[
                    ("hospital", "Hospital number"),
                    ("nhs", "NHS number"),
                    ("chi", "CHI number"),
                    ("hcn", "Health and Care number"),
                    ("doubtful", "Not an NHS number"),
                ],
                max_length=10,
            ),
        ),
    ]
