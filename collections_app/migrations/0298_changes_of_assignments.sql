-- A row for each statement that places customers, and none for one that places nobody.
CREATE FUNCTION note_assignments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO assignment_change (company_id) SELECT DISTINCT company_id FROM placed;
    RETURN NULL;
END
$$;
CREATE TRIGGER assignments_written_are_noted AFTER INSERT ON customer_assignment
    REFERENCING NEW TABLE AS placed FOR EACH STATEMENT EXECUTE FUNCTION note_assignments();
CREATE TRIGGER assignments_changed_are_noted AFTER UPDATE ON customer_assignment
    REFERENCING NEW TABLE AS placed FOR EACH STATEMENT EXECUTE FUNCTION note_assignments();
CREATE TRIGGER assignments_removed_are_noted AFTER DELETE ON customer_assignment
    REFERENCING OLD TABLE AS placed FOR EACH STATEMENT EXECUTE FUNCTION note_assignments();
