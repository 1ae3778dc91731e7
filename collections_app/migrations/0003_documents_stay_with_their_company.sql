-- An invoice or payment belongs to a customer of the same company: one key holds both.
ALTER TABLE invoice ADD CONSTRAINT invoice_is_of_its_customers_company
    FOREIGN KEY (customer_id, company_id) REFERENCES customer (id, company_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE payment ADD CONSTRAINT payment_is_of_its_customers_company
    FOREIGN KEY (customer_id, company_id) REFERENCES customer (id, company_id) DEFERRABLE INITIALLY DEFERRED;
-- Parts of imported files are stored as they are: packing a file that is read once or twice costs more than its room.
ALTER TABLE import_file_part ALTER COLUMN content SET STORAGE EXTERNAL;
