"""Names, addresses and telephones of people are behind the wall around companies by their customer."""

from django.db import migrations

from collections_app.lib.migrating import walled_by


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0289_cohorts_by_month")]

    operations = [walled_by("customer", "contact", column="customer_id")]
