"""What tells whether the logs of days long over changed is read from an index alone, and the customers for whom it
is another time than for us are found in one. Both are built beside what is going on.
"""

import datetime as dt

from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.lookups import GreaterThan, LessThan

from collections_app.lib.resumable import AddIndexConcurrently

_WRITTEN, _TAKEN_BACK = F("written_at") - F("at"), F("withdrawn_at") - F("at")
_LATE = (
    Q(GreaterThan(_WRITTEN, Value(dt.timedelta(hours=23))))
    | Q(LessThan(_WRITTEN, Value(dt.timedelta(hours=-1))))
    | Q(GreaterThan(_TAKEN_BACK, Value(dt.timedelta(hours=23))))
)


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = "The indexes are built concurrently."
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
