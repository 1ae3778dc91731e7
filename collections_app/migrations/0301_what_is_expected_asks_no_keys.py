"""Expected payments are written from the rows that they name: looking each up again took a fifth of the night's stage."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    holds_no_lock = "Constraints are dropped, and nothing is read: a moment on tables of the night."

    dependencies = [
        ("collections_app", "0300_who_sleeps_by_collector"),
    ]

    operations = [
        migrations.AlterField(
            model_name="expectedpayment",
            name="company",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="collections_app.company",
            ),
        ),
        migrations.AlterField(
            model_name="expectedpayment",
            name="customer",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="collections_app.customer",
            ),
        ),
        migrations.AlterField(
            model_name="expectedsoon",
            name="company",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="collections_app.company",
            ),
        ),
        migrations.AlterField(
            model_name="expectedsoon",
            name="customer",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="collections_app.customer",
            ),
        ),
    ]
