-- What was said stays as it was written down: a conversation may be taken back, once, and nothing else of it changes.
CREATE FUNCTION refuse_to_edit_a_contact_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL
        AND to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id' = to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A contact log is never edited or deleted. Take it back, and write a new one.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER contact_log_is_never_edited
BEFORE UPDATE OR DELETE ON contact_log
FOR EACH ROW EXECUTE FUNCTION refuse_to_edit_a_contact_log();
