"""A view: one row for each step that the pathways suggested."""

from django.db import migrations, models

_VIEW = """
create view pathways_suggestedstep as
select e.id * 1000 + s.place as id, e.id as entry_id, s.place::int as place,
    coalesce(s.step ->> 'step_id', '') as step
from pathways_pathwayentry e
cross join lateral jsonb_array_elements(e.steps) with ordinality as s(step, place)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('pathways', '0007_calls_after_taking'),
    ]

    operations = [
        migrations.RunSQL(_VIEW, 'drop view pathways_suggestedstep'),
        migrations.CreateModel(
            name='SuggestedStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.IntegerField()),
                ('step', models.CharField(max_length=80)),
            ],
            options={
                'db_table': 'pathways_suggestedstep',
                'managed': False,
            },
        ),
    ]
