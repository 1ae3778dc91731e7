"""Companies that have weights of their own get those of the new rule, as new companies do."""

from django.db import migrations

GIVE = """
INSERT INTO chase_weight (company_id, segment_code, rule, at_least, points)
SELECT DISTINCT company_id, '', 'pays_soon', band.at_least, band.points
FROM chase_weight CROSS JOIN (VALUES (75, -5), (90, -10)) AS band (at_least, points)
ON CONFLICT DO NOTHING
"""
TAKE = "DELETE FROM chase_weight WHERE rule = 'pays_soon'"


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0156_senders_of_mail"),
    ]

    operations = [
        migrations.RunSQL(GIVE, TAKE),
    ]
