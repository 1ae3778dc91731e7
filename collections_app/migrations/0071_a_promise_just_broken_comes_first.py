"""Companies that weigh their chase rules themselves get the new one with the points that every company starts with."""

from django.db import migrations

GIVE = """
INSERT INTO chase_weight (company_id, segment_code, rule, at_least, points)
SELECT DISTINCT company_id, '', 'broken_since_contact', 1, 200 FROM chase_weight
ON CONFLICT DO NOTHING
"""
TAKE = "DELETE FROM chase_weight WHERE rule = 'broken_since_contact'"


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0105_interest_charges")]

    operations = [migrations.RunSQL(GIVE, TAKE)]
