from django.db import migrations, models


class Migration(migrations.Migration):
    """What is there already counts as handed in: nothing that a case may hold is thrown away by mistake."""

    dependencies = [("documents", "0004_state")]

    operations = [
        migrations.AddField("upload", "handed_in", models.BooleanField(default=True)),
        migrations.AlterField("upload", "handed_in", models.BooleanField(default=False)),
        migrations.AddIndex(
            "upload",
            models.Index(
                fields=["uploaded_at"],
                name="upload_left_behind",
                condition=models.Q(handed_in=False),
            ),
        ),
    ]
