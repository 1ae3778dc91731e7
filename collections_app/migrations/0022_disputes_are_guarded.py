"""What the database holds of disputes now that every one has its days and its owner."""

from typing import Any

from django.db import migrations, models

IS_OPEN = models.Q(("closed_at__isnull", True))


def must_have(name: str, field: "models.Field[Any, Any]") -> migrations.AlterField:
    return migrations.AlterField(model_name="dispute", name=name, field=field)


def indexed(name: str, fields: list[str], **options: Any) -> migrations.AddIndex:
    return migrations.AddIndex(model_name="dispute", index=models.Index(fields=fields, name=name, **options))


def held(constraint: models.BaseConstraint) -> migrations.AddConstraint:
    return migrations.AddConstraint(model_name="dispute", constraint=constraint)


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0021_disputes_of_before_get_their_days"),
    ]

    operations = [
        must_have("answer_days", models.PositiveSmallIntegerField()),
        must_have("resolve_days", models.PositiveSmallIntegerField()),
        must_have("answer_due_on", models.DateField()),
        must_have("resolve_due_on", models.DateField()),
        indexed("dispute_open_by_customer", ["company", "customer"], condition=IS_OPEN),
        indexed("dispute_open_by_due_day", ["company", "resolve_due_on", "id"], condition=IS_OPEN),
        indexed(
            "dispute_closed_by_moment",
            ["company", "-closed_at", "-id"],
            condition=models.Q(("closed_at__isnull", False)),
        ),
        indexed("dispute_open_by_rise", ["company", "rises_on"], condition=IS_OPEN),
        indexed("dispute_by_lodging", ["company", "lodged_at"]),
        held(
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", True),
                        ("closed_by__isnull", True),
                        ("state__in", ["lodged", "waiting"]),
                    ),
                    models.Q(
                        models.Q(("state__in", ["lodged", "waiting"]), _negated=True),
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="dispute_is_closed_by_somebody",
            )
        ),
        held(
            models.UniqueConstraint(
                condition=IS_OPEN, fields=("invoice",), name="invoice_has_one_open_dispute"
            )
        ),
        held(
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting"), ("waiting_since__isnull", False)),
                    models.Q(models.Q(("state", "waiting"), _negated=True), ("waiting_since__isnull", True)),
                    _connector="OR",
                ),
                name="dispute_stops_its_clock_while_waiting",
            )
        ),
        held(
            models.CheckConstraint(
                condition=models.Q(
                    ("owner__isnull", False), models.Q(("desk", ""), _negated=True), _connector="OR"
                ),
                name="dispute_has_an_owner_or_a_desk",
            )
        ),
        held(
            models.CheckConstraint(
                condition=models.Q(("credited__gte", 0), ("credited__lte", models.F("amount"))),
                name="dispute_credit_is_within_what_is_disputed",
            )
        ),
    ]
