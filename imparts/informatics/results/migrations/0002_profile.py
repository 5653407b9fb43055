from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('results', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='responsescore',
            name='profile',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
    ]
