-- Events are written once. The database itself refuses to change or delete one, whoever asks.
CREATE FUNCTION refuse_to_change_an_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Activity events are never changed or deleted. Write a new one.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER activity_event_is_append_only
BEFORE UPDATE OR DELETE ON activity_event
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_an_event();
