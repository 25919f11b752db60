from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.RenameModel("StaffSession", "PersonSession"),
        migrations.RenameIndex("PersonSession", "session_open", old_name="staff_session_open"),
    ]
