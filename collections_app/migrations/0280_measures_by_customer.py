"""What each customer adds to the measures of a day, so that pages of a million invoices read these."""

import django.db.models.deletion
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


def _belongs_to(name: str) -> "models.ForeignKey[models.Model, models.Model]":
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to=f"collections_app.{name}",
    )


def _id() -> "models.BigAutoField[int, int]":
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0275_words_go_when_their_time_is_over")]

    operations = [
        migrations.CreateModel(
            name="PartBasis",
            fields=[
                ("id", _id()),
                ("day", models.DateField()),
                ("read_at", models.DateTimeField()),
                ("disputes", models.JSONField()),
                ("whole", models.JSONField()),
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
            ],
            options={"db_table": "report_part_basis"},
        ),
        migrations.CreateModel(
            name="CustomerPart",
            fields=[
                ("id", _id()),
                ("company", _belongs_to("company")),
                ("customer", _belongs_to("customer")),
                ("name", models.CharField(max_length=20)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("keys", ArrayField(models.IntegerField())),
                ("counts", ArrayField(models.BigIntegerField())),
                ("amounts", ArrayField(models.DecimalField(decimal_places=3, max_digits=24))),
            ],
            options={
                "db_table": "report_customer_part",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("customer", "name", "currency"), name="customer_has_a_part_once"
                    )
                ],
            },
        ),
    ]
