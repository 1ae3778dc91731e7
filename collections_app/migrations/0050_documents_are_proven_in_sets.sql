-- An invoice or payment belongs to a customer of the same company. A foreign key holds that too, but it looks at row after
-- row, for as long again as PostgreSQL needs to write a file of invoices with all their indexes. Here each statement is
-- looked at once, over the set of the customers that it names; they are locked as a key would lock them, in the order of
-- their ids, so that nobody takes one away meanwhile. The key stands beside it for people to read: it is not enforced.
ALTER TABLE invoice DROP CONSTRAINT invoice_is_of_its_customers_company;
ALTER TABLE payment DROP CONSTRAINT payment_is_of_its_customers_company;
ALTER TABLE invoice ADD CONSTRAINT invoice_is_of_its_customers_company
    FOREIGN KEY (customer_id, company_id) REFERENCES customer (id, company_id) NOT ENFORCED;
ALTER TABLE payment ADD CONSTRAINT payment_is_of_its_customers_company
    FOREIGN KEY (customer_id, company_id) REFERENCES customer (id, company_id) NOT ENFORCED;

-- Refuses what a statement wrote when one of its customers is not there, or is of another company.
CREATE FUNCTION refuse_strange_customers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named bigint;
    found bigint;
BEGIN
    SELECT count(*) INTO named FROM (SELECT DISTINCT customer_id, company_id FROM written) AS pairs;
    WITH held AS (
        SELECT customer.id FROM customer
        WHERE (customer.id, customer.company_id) IN (SELECT customer_id, company_id FROM written)
        ORDER BY customer.id
        FOR KEY SHARE
    )
    SELECT count(*) INTO found FROM held;
    IF named <> found THEN
        RAISE EXCEPTION 'insert or update on table "%" violates "%_is_of_its_customers_company"', TG_TABLE_NAME, TG_TABLE_NAME
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = TG_TABLE_NAME || '_is_of_its_customers_company';
    END IF;
    RETURN NULL;
END $$;

-- The same for one row that moves to another customer or company, which hardly ever happens.
CREATE FUNCTION refuse_a_strange_customer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM customer WHERE id = NEW.customer_id AND company_id = NEW.company_id FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'insert or update on table "%" violates "%_is_of_its_customers_company"', TG_TABLE_NAME, TG_TABLE_NAME
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = TG_TABLE_NAME || '_is_of_its_customers_company';
    END IF;
    RETURN NULL;
END $$;

-- Refuses to take away, or to give to another company, a customer who has documents or payments.
CREATE FUNCTION refuse_to_orphan_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM invoice WHERE customer_id = OLD.id) OR EXISTS (SELECT FROM payment WHERE customer_id = OLD.id) THEN
        RAISE EXCEPTION 'customer % still has documents or payments: "invoice_is_of_its_customers_company"', OLD.number
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'invoice_is_of_its_customers_company';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER invoices_written_are_of_their_customers_company AFTER INSERT ON invoice
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_strange_customers();
CREATE TRIGGER payments_written_are_of_their_customers_company AFTER INSERT ON payment
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_strange_customers();
CREATE TRIGGER invoice_moves_to_a_customer_of_its_company AFTER UPDATE OF customer_id, company_id ON invoice FOR EACH ROW
    WHEN ((OLD.customer_id, OLD.company_id) IS DISTINCT FROM (NEW.customer_id, NEW.company_id))
    EXECUTE FUNCTION refuse_a_strange_customer();
CREATE TRIGGER payment_moves_to_a_customer_of_its_company AFTER UPDATE OF customer_id, company_id ON payment FOR EACH ROW
    WHEN ((OLD.customer_id, OLD.company_id) IS DISTINCT FROM (NEW.customer_id, NEW.company_id))
    EXECUTE FUNCTION refuse_a_strange_customer();
CREATE TRIGGER customer_with_documents_stays AFTER DELETE ON customer FOR EACH ROW
    EXECUTE FUNCTION refuse_to_orphan_documents();
CREATE TRIGGER customer_with_documents_keeps_its_company AFTER UPDATE OF id, company_id ON customer FOR EACH ROW
    WHEN ((OLD.id, OLD.company_id) IS DISTINCT FROM (NEW.id, NEW.company_id))
    EXECUTE FUNCTION refuse_to_orphan_documents();
