"""What is likely to come soon is added up once a night, by customer and currency."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0187_when_an_email_left"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExpectedSoon",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("currency", models.CharField(max_length=3)),
                ("askable", models.DecimalField(decimal_places=3, max_digits=18)),
                ("soon", models.DecimalField(decimal_places=7, max_digits=22)),
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
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.customer",
                    ),
                ),
            ],
            options={
                "db_table": "expected_soon",
                "indexes": [models.Index(fields=["company"], name="expected_soon_by_company")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("customer", "currency"), name="expected_soon_is_said_once"
                    )
                ],
            },
        ),
    ]
