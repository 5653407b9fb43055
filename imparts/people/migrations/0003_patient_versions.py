"""Versions of patients; what is known today of everyone becomes their first."""

import django.db.models.deletion
from django.db import migrations, models

FIRST = """
    insert into people_patientversion (patient_id, number, at, by, facts)
    select patient.id, 1, now(), 'imparts',
        to_jsonb(patient) || jsonb_build_object('identifiers', coalesce(
            (select jsonb_agg(to_jsonb(known) - 'patient_id' order by known.id)
             from people_identifier known where known.patient_id = patient.id),
            '[]'::jsonb))
    from people_patient patient
    order by patient.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_test_patients'),
    ]

    operations = [
        migrations.CreateModel(
            name='PatientVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('facts', models.JSONField()),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='people.patient')),
            ],
            options={
                'indexes': [models.Index(fields=['at', 'id'], name='patient_versions_in_time')],
                'constraints': [models.UniqueConstraint(fields=('patient', 'number'), name='one_version_a_number')],
            },
        ),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
    ]
