-- The fingerprint of an event: SHA-256 of its whole row as a JSON array, the moment in UTC to the microsecond.
CREATE FUNCTION activity_event_fingerprint(event activity_event) RETURNS bytea LANGUAGE sql STABLE STRICT AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        event.id, event.company_id, event.customer_id, event.by_id,
        to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), event.what, event.summary, event.facts
    )::text, 'UTF8'))
$$;

CREATE FUNCTION activity_seal_next(seal bytea, head bytea, fingerprint bytea) RETURNS bytea LANGUAGE sql IMMUTABLE
AS $$ SELECT sha256(coalesce(seal, head) || fingerprint) $$;

-- The seals of a row of fingerprints, from the head of the chain on: as a window function, one after the other.
CREATE AGGREGATE activity_seal_over(head bytea, fingerprint bytea) (SFUNC = activity_seal_next, STYPE = bytea);

CREATE FUNCTION note_unsealed_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO activity_unsealed (event_id) SELECT id FROM written;
    RETURN NULL;
END
$$;

CREATE TRIGGER activity_events_wait_for_their_seal
AFTER INSERT ON activity_event REFERENCING NEW TABLE AS written
FOR EACH STATEMENT EXECUTE FUNCTION note_unsealed_events();

CREATE FUNCTION refuse_to_change_a_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Seals of activity events are never changed or deleted.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER activity_seal_is_append_only
BEFORE UPDATE OR DELETE ON activity_seal
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_a_seal();
