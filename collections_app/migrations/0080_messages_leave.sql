-- What was written is not written over, and what has left or was withdrawn stays so: a correction is a new message.
CREATE OR REPLACE FUNCTION refuse_to_rewrite_a_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.key, NEW.revision, NEW.company_id, NEW.customer_id, NEW.kind, NEW.audience, NEW.to_name, NEW.to_address,
        NEW.reply_to, NEW.language, NEW.subject, NEW.body, NEW.body_html, NEW.message_id, NEW.in_reply_to,
        NEW."references", NEW.auto_submitted)
        IS DISTINCT FROM
        (OLD.key, OLD.revision, OLD.company_id, OLD.customer_id, OLD.kind, OLD.audience, OLD.to_name, OLD.to_address,
        OLD.reply_to, OLD.language, OLD.subject, OLD.body, OLD.body_html, OLD.message_id, OLD.in_reply_to,
        OLD."references", OLD.auto_submitted)
    THEN
        RAISE EXCEPTION 'The words of a message never change. Write a new one.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state IN ('sent', 'withdrawn') AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'A message that has left, or was withdrawn, stays so. Write a new one.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.attempts < OLD.attempts THEN
        RAISE EXCEPTION 'Attempts to send a message are counted up, so that a late worker knows its own.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
