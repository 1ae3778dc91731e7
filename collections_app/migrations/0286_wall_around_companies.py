"""The wall around companies (lib/walls.py): the role as which web requests are asked, and what it reaches.

A table that is made later and has a company gets its wall with ``migrating.walled``.
"""

from pathlib import Path

from django.db import migrations

from collections_app.lib.migrating import let_the_walled_in, walled

TABLES = (
    "allocation",
    "announcement",
    "cash_target",
    "chase_entry",
    "chase_weight",
    "colleague_request",
    "commitment",
    "company_member",
    "connected_system_company",
    "contact_log",
    "customer",
    "customer_assignment",
    "customer_order",
    "customer_position",
    "dispute",
    "dispute_reason",
    "dunning_block",
    "exchange_rate",
    "expected_payment",
    "expected_soon",
    "forced_hold",
    "forecast",
    "foreseen_hold",
    "habit_round",
    "hand_over",
    "hold_exclusion",
    "hold_notice",
    "hold_rule_version",
    "import_batch",
    "insurance_policy",
    "insurer_notice",
    "insurer_sign_off",
    "interest_charge",
    "interest_setting",
    "invoice",
    "letter_template",
    "letterhead",
    "mailbox_bookmark",
    "mailbox_state",
    "message",
    "order_hold",
    "order_release",
    "pay_habit",
    "payment",
    "portfolio",
    "portfolio_cover",
    "posting",
    "privacy_erasure",
    "privacy_retention_run",
    "procedure_version",
    "promise",
    "proof_round",
    "received_message",
    "received_unreadable",
    "reference_rate",
    "regrouping",
    "reminder_climb",
    "reminder_draft",
    "reminder_level_switch",
    "report_customer_part",
    "report_part_basis",
    "report_placement",
    "report_snapshot",
    "report_view",
    "segment_version",
    "stage_run",
    "standing_note",
    "write_off",
    "write_off_limit",
    "write_off_reason",
    "write_off_terms",
)
# Rows of no company are the installation's: what is done there, and what all companies share.
ALSO_OF_NONE = (
    "activity_event",
    "import_profile",
    "sending_pause",
)


FIND = Path(__file__).with_name("0286_customers_begun.sql").read_text("utf-8")


class Migration(migrations.Migration):
    # Each table is locked by itself, so that nobody waits for all of them.
    atomic = False
    holds_no_lock = "No row is read or written: a policy is a line in the catalogue, and each table has a step of its own."

    dependencies = [
        ("collections_app", "0285_contacts_were_dropped"),
    ]

    operations = [
        let_the_walled_in(),
        walled("company", column="id"),
        *(walled(table) for table in TABLES),
        *(walled(table, also_of_none=True) for table in ALSO_OF_NONE),
        migrations.RunSQL(FIND, "DROP FUNCTION customers_begun(tsquery)"),
    ]
