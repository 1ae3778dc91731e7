"""Whether customers are companies or people, as somebody said."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0111_mailbox_states"),
    ]

    operations = [
        migrations.CreateModel(
            name="CustomerLegalForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("company", "A company, or a partnership with limited liability"),
                            ("sole_trader", "A sole trader"),
                            ("person", "A person"),
                        ],
                        max_length=20,
                    ),
                ),
                ("said_at", models.DateTimeField()),
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="legal_form",
                        to="collections_app.customer",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "customer_legal_form",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["company", "sole_trader", "person"])),
                        name="customer_legal_form_is_known",
                    )
                ],
            },
        ),
    ]
