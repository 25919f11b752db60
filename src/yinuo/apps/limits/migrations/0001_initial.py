from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Count',
            fields=[
                ('digest', models.CharField(max_length=43, primary_key=True, serialize=False)),
                ('used', models.BigIntegerField()),
                ('closed_until', models.BigIntegerField(default=0)),
                ('ends', models.BigIntegerField(db_index=True)),
            ],
        ),
    ]
