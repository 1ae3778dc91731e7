"""The day by which the words of a reminder ask for an answer is kept from its approval on; a letter may be
about an order on hold.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0202_what_reminders_said"),
    ]

    operations = [
        migrations.AddField(
            model_name="reminderdraft",
            name="answer_by",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("summary", "summary"),
                    ("request", "request"),
                    ("reminder", "reminder"),
                    ("copy", "copy"),
                    ("statement", "statement"),
                    ("hold", "hold"),
                    ("notice", "notice"),
                ],
                max_length=10,
            ),
        ),
    ]
