-- The role that servers of Latchkey work as: it reads and writes all, but no line of the ledger can be changed, deleted
-- or emptied by it. To be run in Latchkey's database by its owner, after the first start as the owner and again after each
-- upgrade, which the owner's first start brings to the new schema:
--   psql -d latchkey -f roles.sql
-- Give the role a password and the right to log in: ALTER ROLE latchkey_server LOGIN PASSWORD '…';

DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'latchkey_server') THEN
    CREATE ROLE latchkey_server;
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO latchkey_server', current_schema());
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO latchkey_server', current_schema());
  EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO latchkey_server', current_schema());
END $$;

-- Lines are reached through the ledger alone, not through the table of a year.
DO $$ DECLARE year TEXT; BEGIN
  FOR year IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'ledger'::regclass LOOP
    EXECUTE format('REVOKE ALL ON %s FROM latchkey_server', year);
  END LOOP;
END $$;

REVOKE UPDATE, DELETE ON ledger FROM latchkey_server;
REVOKE INSERT, UPDATE, DELETE ON schema_step, store_kind, secret FROM latchkey_server;

GRANT EXECUTE ON FUNCTION make_ledger_partitions, erase_ledger_text, rename_in_ledger_note,
  rename_ledger_order TO latchkey_server;
