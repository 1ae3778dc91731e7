"""Letters that a company writes in words of its own, by purpose and language, and what every letter says of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0060_covers_are_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letterhead",
            fields=[
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="letterhead",
                        serialize=False,
                        to="collections_app.company",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=400)),
                ("reply_to", models.CharField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("hours", models.CharField(blank=True, max_length=254)),
                ("bank_details", models.CharField(blank=True, max_length=400)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "letterhead",
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("level_0", "level_0"),
                            ("level_1", "level_1"),
                            ("level_2", "level_2"),
                            ("level_3", "level_3"),
                            ("level_4", "level_4"),
                            ("level_5", "level_5"),
                            ("summary", "summary"),
                            ("statement", "statement"),
                            ("hold_notice", "hold_notice"),
                            ("hold_released", "hold_released"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("nl", "Nederlands"),
                            ("de", "Deutsch"),
                            ("fr", "Français"),
                            ("es", "Español"),
                        ],
                        max_length=2,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("live", "live"), ("history", "history")], max_length=10
                    ),
                ),
                ("subject", models.TextField()),
                ("body", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letter_templates",
                        to="collections_app.company",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "letter_template",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "purpose", "language", "number"),
                        name="letter_template_number_is_used_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "live")),
                        fields=("company", "purpose", "language"),
                        name="letter_has_one_live_template",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("company", "purpose", "language"),
                        name="letter_has_one_draft_template",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True), ("published_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="letter_template_that_is_published_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "purpose__in",
                                [
                                    "level_0",
                                    "level_1",
                                    "level_2",
                                    "level_3",
                                    "level_4",
                                    "level_5",
                                    "summary",
                                    "statement",
                                    "hold_notice",
                                    "hold_released",
                                ],
                            )
                        ),
                        name="letter_template_has_a_known_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "nl", "de", "fr", "es"])),
                        name="letter_template_has_a_known_language",
                    ),
                ],
            },
        ),
    ]
