"""Interest that was charged is given back by a credit note."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0126_legal_forms"),
    ]

    operations = [
        Together(
            [
                migrations.RemoveConstraint(
                    model_name="interestcharge",
                    name="interest_charge_is_approved_by_somebody_else",
                ),
                migrations.RemoveConstraint(
                    model_name="interestcharge",
                    name="interest_charge_is_in_the_ledger_once_it_is_posted",
                ),
                migrations.RemoveConstraint(
                    model_name="interestcharge",
                    name="interest_charge_that_is_given_up_says_why",
                ),
                migrations.AddField(
                    model_name="interestcharge",
                    name="credited",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credited_charge",
                        to="collections_app.invoice",
                    ),
                ),
                migrations.AddField(
                    model_name="interestcharge",
                    name="credited_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="interestcharge",
                    name="credited_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="interestcharge",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("proposed", "Waits for approval"),
                            ("posted", "Charged"),
                            ("waived", "Waived"),
                            ("withdrawn", "Withdrawn"),
                            ("credited", "Charged, then credited"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interestcharge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["posted", "credited"]), _negated=True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="interest_charge_is_approved_by_somebody_else",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interestcharge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("posted__isnull", False), ("state__in", ["posted", "credited"])),
                            models.Q(
                                models.Q(("state__in", ["posted", "credited"]), _negated=True),
                                ("posted__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="interest_charge_is_in_the_ledger_once_it_is_posted",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interestcharge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["waived", "withdrawn", "credited"]), _negated=True),
                            models.Q(("because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="interest_charge_that_is_given_up_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interestcharge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("credited__isnull", False),
                                ("credited_at__isnull", False),
                                ("credited_by__isnull", False),
                                ("state", "credited"),
                            ),
                            models.Q(
                                models.Q(("state", "credited"), _negated=True),
                                ("credited__isnull", True),
                                ("credited_at__isnull", True),
                                ("credited_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="interest_charge_that_is_credited_says_by_which_note",
                    ),
                ),
            ]
        ),
    ]
