"""What tells whether the logs of days long over changed is read from an index alone: it holds their numbers too.
Built beside what is going on.
"""

import datetime as dt

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.lookups import GreaterThan, LessThan

_WRITTEN, _TAKEN_BACK = F("written_at") - F("at"), F("withdrawn_at") - F("at")
_LATE = (
    Q(GreaterThan(_WRITTEN, Value(dt.timedelta(hours=23))))
    | Q(LessThan(_WRITTEN, Value(dt.timedelta(hours=-1))))
    | Q(GreaterThan(_TAKEN_BACK, Value(dt.timedelta(hours=23))))
)


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = "The index is built concurrently; one that was cut off is dropped by hand and built anew."
    dependencies = [("collections_app", "0295_customers_holding")]

    operations = [
        AddIndexConcurrently(
            "contactlog",
            models.Index(
                fields=["company"],
                include=("id", "withdrawn_at"),
                condition=_LATE,
                name="contact_log_of_late",
            ),
        ),
        RemoveIndexConcurrently("contactlog", "contact_log_late"),
    ]
