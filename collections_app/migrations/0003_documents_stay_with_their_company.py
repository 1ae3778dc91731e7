"""Documents stay with the company of their customer, and files are stored unpacked; the SQL stands beside this file."""

from pathlib import Path

from django.db import migrations

UNDO = """
ALTER TABLE invoice DROP CONSTRAINT invoice_is_of_its_customers_company;
ALTER TABLE payment DROP CONSTRAINT payment_is_of_its_customers_company;
ALTER TABLE import_file_part ALTER COLUMN content SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):
    """Puts the keys on."""

    dependencies = [("collections_app", "0002_events_are_append_only")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), UNDO)]
