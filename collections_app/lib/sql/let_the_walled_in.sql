-- The role as which web requests are asked (lib/walls.py), and what it may do with the tables of ours. It owns nothing, so
-- row-level security binds it. A server has it once for all its databases, so another may make it at the same moment.
-- Parameters: none. Run by a migration and after a restore; twice has one effect.
DO $$
DECLARE
    may_become boolean;
    found text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'workbench_walled') THEN
        BEGIN
            CREATE ROLE workbench_walled NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        may_become := pg_has_role(current_user, 'workbench_walled', 'SET');
    ELSE
        may_become := pg_has_role(current_user, 'workbench_walled', 'MEMBER');
    END IF;
    IF NOT may_become THEN
        EXECUTE format('GRANT workbench_walled TO %I', current_user);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO workbench_walled', current_schema());
    FOR found IN SELECT oid::regclass::text FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND pg_has_role(relowner, 'USAGE')
    LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE %1$s TO workbench_walled', found);
    END LOOP;
    FOR found IN SELECT oid::regclass::text FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S' AND pg_has_role(relowner, 'USAGE')
    LOOP
        EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %1$s TO workbench_walled', found);
    END LOOP;
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO workbench_walled',
        current_schema());
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO workbench_walled',
        current_schema());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'The wall around companies needs a role that % may not make, or not become. '
        'Have a DBA run:  CREATE ROLE workbench_walled NOLOGIN;  GRANT workbench_walled TO %;  (without the first where it '
        'stands already). Then do this again. PostgreSQL says: %',
        current_user, quote_ident(current_user), SQLERRM USING ERRCODE = 'insufficient_privilege';
END
$$;
