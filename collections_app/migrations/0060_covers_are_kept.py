"""Absences stay when they are over, so that who was away can read what happened meanwhile. Those that portfolios
name now are written down.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WRITE_DOWN = """
INSERT INTO portfolio_cover (company_id, portfolio_id, collector_id, stand_in_id, first_on, last_on, handed_over_at)
SELECT company_id, id, collector_id, stand_in_id, stand_in_from, stand_in_until, stand_in_from::timestamptz
FROM portfolio
WHERE stand_in_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0033_colleague_requests")]

    operations = [
        migrations.CreateModel(
            name="Cover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("handed_over_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "collector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
                (
                    "handed_over_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "portfolio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covers",
                        to="collections_app.portfolio",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "portfolio_cover",
                "indexes": [models.Index(fields=["company", "-last_on"], name="cover_by_last_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))),
                        name="cover_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stand_in", models.F("collector")), _negated=True),
                        name="cover_is_by_somebody_else",
                    ),
                ],
            },
        ),
        migrations.RunSQL(WRITE_DOWN, migrations.RunSQL.noop),
    ]
