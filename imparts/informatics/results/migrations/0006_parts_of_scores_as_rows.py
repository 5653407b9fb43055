"""A view: one row for each part of a score."""

from django.db import migrations, models

_VIEW = """
create view results_scorepart as
select s.id * 1000 + p.place as id, s.id as score_id, p.place::int as place,
    coalesce(p.part ->> 'name', '') as name,
    case when s.of_form is null
        then regexp_replace(coalesce(p.part ->> 'name', ''), '[^A-Za-z0-9.-]', '-', 'g')
        else 'number-' || p.place end as slug
from results_responsescore s
cross join lateral jsonb_array_elements(s.subscales) with ordinality as p(part, place)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('results', '0005_diagnoses'),
    ]

    operations = [
        migrations.RunSQL(_VIEW, 'drop view results_scorepart'),
        migrations.CreateModel(
            name='ScorePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.IntegerField()),
                ('name', models.CharField(max_length=600)),
                ('slug', models.CharField(max_length=600)),
            ],
            options={
                'db_table': 'results_scorepart',
                'managed': False,
            },
        ),
    ]
