-- Words of people may have to go. A transaction that carries a mark may blank words of events, contact logs and
-- messages, and nothing else of them; of sealed events it is noted what they were and what they are.
CREATE OR REPLACE FUNCTION refuse_to_change_an_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mark text := coalesce(current_setting('workbench.blanking', true), '');
BEGIN
    IF TG_OP = 'UPDATE' AND mark <> ''
        AND to_jsonb(NEW) - 'summary' - 'facts' = to_jsonb(OLD) - 'summary' - 'facts'
    THEN
        -- One that still waits for its seal is sealed as it is now.
        IF NOT EXISTS (SELECT FROM activity_unsealed WHERE event_id = OLD.id) THEN
            INSERT INTO activity_blanking (event_id, mark, before, after)
            VALUES (OLD.id, mark::uuid, activity_event_fingerprint(OLD), activity_event_fingerprint(NEW));
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Activity events are never changed or deleted. Write a new one.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE FUNCTION refuse_to_change_a_blanking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was blanked is never changed or deleted.' USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER activity_blanking_is_append_only
BEFORE UPDATE OR DELETE ON activity_blanking
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_a_blanking();

CREATE FUNCTION activity_blanking_digest(asked uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(coalesce(
               string_agg(int8send(event_id) || before || after, ''::bytea ORDER BY event_id), ''::bytea
           )), 'hex')
      FROM activity_blanking
     WHERE mark = asked
$$;

CREATE OR REPLACE FUNCTION refuse_to_edit_a_contact_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL
        AND to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id' = to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id'
    THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND coalesce(current_setting('workbench.blanking', true), '') <> ''
        AND to_jsonb(NEW) - 'said' - 'spoke_with' = to_jsonb(OLD) - 'said' - 'spoke_with'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A contact log is never edited or deleted. Take it back, and write a new one.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE OR REPLACE FUNCTION refuse_to_rewrite_a_message() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words text[] := ARRAY['to_name', 'to_address', 'subject', 'body', 'body_html', 'last_answer', 'stops'];
BEGIN
    IF OLD.state IN ('sent', 'withdrawn') AND coalesce(current_setting('workbench.blanking', true), '') <> ''
        AND to_jsonb(NEW) - words = to_jsonb(OLD) - words
    THEN
        RETURN NEW;
    END IF;
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
