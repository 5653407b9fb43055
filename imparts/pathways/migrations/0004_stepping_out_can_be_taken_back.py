import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pathways", "0003_cover_treatments_and_waits"),
    ]

    operations = [
        migrations.AddField(
            model_name="steppedout",
            name="is_back",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="steppedout",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stepped_out",
                to="pathways.pathwayentry",
            ),
        ),
        migrations.AlterField(
            model_name="steptaken",
            name="decision",
            field=models.CharField(
                choices=[
                    ("done", "Done"),
                    ("not_now", "Not now"),
                    ("taken_back", "Taken back"),
                ],
                max_length=10,
            ),
        ),
    ]
