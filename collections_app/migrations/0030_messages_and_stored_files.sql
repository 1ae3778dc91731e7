-- What was written is not written over: a message may be withdrawn or sent, and a correction is a new message.
CREATE FUNCTION refuse_to_rewrite_a_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.key, NEW.revision, NEW.to_name, NEW.to_address, NEW.reply_to, NEW.language, NEW.subject, NEW.body)
        IS DISTINCT FROM
        (OLD.key, OLD.revision, OLD.to_name, OLD.to_address, OLD.reply_to, OLD.language, OLD.subject, OLD.body)
    THEN
        RAISE EXCEPTION 'The words of a message never change. Write a new one.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER message_is_never_rewritten
BEFORE UPDATE ON message
FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_a_message();
