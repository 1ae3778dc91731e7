"""When a contact log came to be, so that a count of days that are over is known to stand; and the customers
for whom it is another time than for us. The indexes are built beside what is going on.
"""

import datetime as dt

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.functions import Now
from django.db.models.lookups import GreaterThan, LessThan

_WRITTEN, _TAKEN_BACK = F("written_at") - F("at"), F("withdrawn_at") - F("at")
_LATE = (
    Q(GreaterThan(_WRITTEN, Value(dt.timedelta(hours=23))))
    | Q(LessThan(_WRITTEN, Value(dt.timedelta(hours=-1))))
    | Q(GreaterThan(_TAKEN_BACK, Value(dt.timedelta(hours=23))))
)


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = (
        "The column is empty for the rows there are, and its default is set for those to come; the indexes are "
        "built concurrently; one that was cut off is dropped by hand and built anew."
    )
    dependencies = [("collections_app", "0292_invoices_of_a_frozen_week")]

    operations = [
        migrations.AddField("contactlog", "written_at", models.DateTimeField(editable=False, null=True)),
        migrations.AlterField(
            "contactlog", "written_at", models.DateTimeField(db_default=Now(), editable=False, null=True)
        ),
        AddIndexConcurrently(
            "contactlog",
            models.Index(
                fields=["company"], include=("withdrawn_at",), condition=_LATE, name="contact_log_late"
            ),
        ),
        AddIndexConcurrently(
            "customer",
            models.Index(
                fields=["company"],
                include=("id", "time_zone"),
                condition=~Q(time_zone=""),
                name="customer_by_time_zone",
            ),
        ),
    ]
