"""A rule is set aside for orders up to an amount, and a draft of hold rules says who kept it last."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0196_batches_are_followed"),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name="holdexclusion",
                    name="amount_max",
                    field=models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True),
                ),
                migrations.AddField(
                    model_name="holdexclusion",
                    name="currency",
                    field=models.CharField(blank=True, max_length=3),
                ),
                migrations.AddField(
                    model_name="holdruleversion",
                    name="kept_by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="holdexclusion",
                    constraint=models.CheckConstraint(
                        condition=Q(amount_max__isnull=True, currency="")
                        | (Q(amount_max__isnull=False) & ~Q(currency="")),
                        name="hold_exclusion_up_to_an_amount_says_its_currency",
                    ),
                ),
            ]
        ),
    ]
