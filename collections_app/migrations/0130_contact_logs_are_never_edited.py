from pathlib import Path

from django.db import migrations, models

UNDO = """
DROP TRIGGER contact_log_is_never_edited ON contact_log;
DROP FUNCTION refuse_to_edit_a_contact_log();
"""


class Migration(migrations.Migration):
    """Contact logs stay as they were written, and a timeline finds those taken back by an index."""

    dependencies = [("collections_app", "0115_deeds_and_letters_are_done")]

    operations = [
        migrations.RemoveIndex(model_name="contactlog", name="contact_log_by_customer"),
        migrations.AddIndex(
            model_name="contactlog",
            index=models.Index(fields=["customer", "-at"], name="contact_log_by_customer"),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
