"""A statement of account leaves as a message of its own kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0071_a_promise_just_broken_comes_first"),
    ]

    operations = [
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
                ],
                max_length=10,
            ),
        ),
    ]
