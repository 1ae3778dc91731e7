"""The wall around companies stands at every table that has one, and whoever puts it up is known."""

import ast

import pytest
from django.apps import apps
from django.db import connection

from tests.architecture.house import PRODUCT, python_files, tree_of

# Tables without a company of their own, and why no wall stands there. Of what is reached through its parent,
# the parent has the wall.
OPEN = {
    "people and how they sign in, of no company": {
        "app_user", "team", "team_member", "signed_in_session", "second_factor", "second_step_pause",
        "recovery_code",
    },
    "the framework's": {
        "auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "django_session",
    },
    "seals of events, without their words, in one chain for all companies": {
        "activity_blanking", "activity_seal", "activity_unsealed",
    },
    "how fast mail leaves, by host": {"mail_pace"},
    "systems that are connected, looked up by their token; which companies they see is walled": {
        "connected_system", "connected_system_token", "kept_answer", "webhook_endpoint", "webhook_delivery",
    },
    "a link that is sent, looked up by its secret": {"answer_link"},
    "of a customer, who has the wall": {
        "chase_claim", "chase_skip", "chase_snooze", "credit_term", "customer_legal_form",
        "handed_customer",
        "insured_limit", "interest_exemption", "privacy_legal_hold",
    },
    "of an invoice, which has the wall": {"invoice_correction", "invoice_document"},
    "lines of something that has the wall": {
        "colleague_request_file", "colleague_request_invoice", "commitment_invoice", "contact_log_invoice",
        "dispute_amount", "dispute_pause", "forecast_customer", "forecast_invoice", "forecast_week",
        "hold_watch", "import_file_part",
        "import_row_problem", "insurer_notice_line", "message_attachment", "posting_bookmark",
        "promise_instalment",
        "promised_invoice", "received_file", "reminder_draft_invoice", "report_customer_sum",
        "report_snapshot_line",
        "segment", "write_off_approval", "write_off_line",
    },
    "of a view of reports, which has the wall": {
        "report_copy", "report_edition", "report_mailing", "report_reader",
    },
    "files, each of a row that has the wall or of its line": {"stored_file", "stored_file_content"},
}  # fmt: skip

# Those that have the wall of their parent: what is said of people.
BY_PARENT = {"contact": "customer"}


def tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)}


def with_company() -> set[str]:
    return {"company"} | {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if any(field.column == "company_id" for field in model._meta.concrete_fields)
    }


@pytest.mark.django_db
def test_the_wall_stands_at_every_table_with_a_company() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, cmd, permissive, roles::text, qual, with_check FROM pg_policies"
            " JOIN pg_class ON relname = tablename AND relkind = 'r' AND relrowsecurity"
            " AND NOT relforcerowsecurity"
        )
        found = {name: (cmd, kind, roles, check) for name, cmd, kind, roles, qual, check in cursor.fetchall()}
        assert set(found) == with_company() | set(BY_PARENT)
        assert set(found.values()) == {("ALL", "PERMISSIVE", "{public}", None)}
        cursor.execute(
            "SELECT DISTINCT replace(qual, '(id =', '(company_id =') FROM pg_policies"
            " WHERE tablename <> ALL (%s)",
            [list(BY_PARENT)],
        )
        around, also_of_none = sorted((qual for (qual,) in cursor.fetchall()), key=len)
        for table, parent in BY_PARENT.items():
            cursor.execute("SELECT qual FROM pg_policies WHERE tablename = %s", [table])
            looked_up = f"FROM {parent} WHERE ({parent}.id = {table}.{parent}_id)"
            assert looked_up in " ".join(cursor.fetchone()[0].split())
    assert around.endswith("IS TRUE)")
    assert "workbench.companies" in around
    assert also_of_none == f"({around} OR (company_id IS NULL))"


def test_every_other_table_says_why_not() -> None:
    told = [name for names in OPEN.values() for name in names]
    assert sorted(told) == sorted(tables() - with_company() - set(BY_PARENT))


def test_whoever_puts_it_up_is_known() -> None:
    """As soon as it is known who asks: by a session, by a token, by a link; and the doctor, to try it. Who
    asks outside of it says why.
    """
    found = {
        (path.relative_to(PRODUCT).as_posix(), node.attr)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "walls"
    }
    assert {each for each in found if each[1] != "standing"} == {
        ("api/entrance.py", "put_up"),
        ("screens/answers.py", "put_up"),
        ("screens/signed_in.py", "put_up"),
        ("screens/walling.py", "carried"),
        ("screens/walling.py", "scope"),
        ("screens/wrong_people.py", "put_up"),
        ("jobs/doctor.py", "around"),
        ("dunning/touches.py", "outside"),
        ("jobs/doctor.py", "ROLE"),
        ("lib/walled_connections.py", "ROLE"),
    }
