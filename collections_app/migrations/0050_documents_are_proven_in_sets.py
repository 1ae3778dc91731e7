"""That documents are of their customer's company is proven for a whole statement at once; the SQL stands beside
this file."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER customer_with_documents_keeps_its_company ON customer;
DROP TRIGGER customer_with_documents_stays ON customer;
DROP TRIGGER payment_moves_to_a_customer_of_its_company ON payment;
DROP TRIGGER invoice_moves_to_a_customer_of_its_company ON invoice;
DROP TRIGGER payments_written_are_of_their_customers_company ON payment;
DROP TRIGGER invoices_written_are_of_their_customers_company ON invoice;
DROP FUNCTION refuse_to_orphan_documents();
DROP FUNCTION refuse_a_strange_customer();
DROP FUNCTION refuse_strange_customers();
ALTER TABLE payment DROP CONSTRAINT payment_is_of_its_customers_company;
ALTER TABLE invoice DROP CONSTRAINT invoice_is_of_its_customers_company;
ALTER TABLE invoice ADD CONSTRAINT invoice_is_of_its_customers_company
    FOREIGN KEY (customer_id, company_id) REFERENCES customer (id, company_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE payment ADD CONSTRAINT payment_is_of_its_customers_company
    FOREIGN KEY (customer_id, company_id) REFERENCES customer (id, company_id) DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    """Puts the proof in sets in the place of the key."""

    dependencies = [("collections_app", "0032_commitments")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), UNDO)]
