  CREATE TABLE merchant (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    vid TEXT NOT NULL UNIQUE,
    merchant_account_id TEXT,
    external_id TEXT,
    parent_merchant_account_id TEXT,
    default_currency TEXT,
    email_address TEXT,
    email_type_preference TEXT,
    preferred_language TEXT,
    warn_before_autobilling INTEGER,
    company TEXT,
    name TEXT,
    tax_type TEXT,
    -- The account that this one was merged into: whoever names this one means that one.
    merged_into INTEGER REFERENCES account,
    created_at INTEGER NOT NULL,
    -- The id once more: a range over (moment, id) is looked up in an index only under another name.
    position INTEGER NOT NULL AS (id),
    UNIQUE (merchant_id, merchant_account_id)
  ) STRICT;

  CREATE INDEX account_external ON account (merchant_id, external_id);
  CREATE INDEX account_email ON account (merchant_id, email_address);
  CREATE INDEX account_parent ON account (merchant_id, parent_merchant_account_id);
  CREATE INDEX account_created ON account (merchant_id, created_at, position, merged_into);
  CREATE INDEX account_merged ON account (merged_into) WHERE merged_into IS NOT NULL;

  CREATE TABLE address (
    account_id INTEGER PRIMARY KEY REFERENCES account,
    vid TEXT,
    name TEXT,
    addr1 TEXT,
    addr2 TEXT,
    addr3 TEXT,
    city TEXT,
    county TEXT,
    district TEXT,
    postal_code TEXT,
    country TEXT,
    phone TEXT,
    fax TEXT,
    latitude TEXT,
    longitude TEXT
  ) STRICT;

  CREATE TABLE name_value (
    account_id INTEGER NOT NULL REFERENCES account,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (account_id, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE tax_exemption (
    account_id INTEGER NOT NULL REFERENCES account,
    position INTEGER NOT NULL,
    region TEXT,
    exemption_id TEXT,
    active INTEGER NOT NULL,
    PRIMARY KEY (account_id, position)
  ) STRICT, WITHOUT ROWID;

  -- The present state of each entitlement; how it came about is in the ledger.
  CREATE TABLE entitlement (
    account_id INTEGER NOT NULL REFERENCES account,
    merchant_entitlement_id TEXT NOT NULL,
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    description TEXT,
    start_at INTEGER NOT NULL,
    end_at INTEGER,
    -- When its active status last changed or its end, and when time alone will change it next.
    changed_at INTEGER,
    due_at INTEGER,
    PRIMARY KEY (account_id, merchant_entitlement_id, source, source_id)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX entitlement_due ON entitlement (merchant_id, due_at) WHERE due_at IS NOT NULL;

  -- One line for each change of an entitlement, for ever. Moments are UTC milliseconds.
  CREATE TABLE ledger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    account_id INTEGER NOT NULL REFERENCES account,
    merchant_entitlement_id TEXT NOT NULL,
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    action TEXT NOT NULL,
    actor TEXT NOT NULL,
    note TEXT,
    reason TEXT,
    soap_id TEXT,
    -- Whether the active status or the end changed, and when they did so before.
    changes_access INTEGER NOT NULL,
    previous_at INTEGER,
    before_start_at INTEGER,
    before_end_at INTEGER,
    before_description TEXT,
    after_start_at INTEGER NOT NULL,
    after_end_at INTEGER,
    after_description TEXT,
    position INTEGER NOT NULL AS (id)
  ) STRICT;

  CREATE INDEX ledger_account ON ledger (account_id);
  CREATE INDEX ledger_merchant ON ledger (merchant_id);
  -- Holds all that counting changes needs.
  CREATE INDEX ledger_change ON ledger (merchant_id, at, position, previous_at)
    WHERE changes_access = 1;

  CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

  CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

  -- INSERT OR REPLACE deletes without asking the trigger above.
  CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger
  WHEN new.id IN (SELECT id FROM ledger)
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
