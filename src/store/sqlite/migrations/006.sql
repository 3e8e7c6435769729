  ALTER TABLE merchant ADD COLUMN grace_days INTEGER NOT NULL DEFAULT 7;

  CREATE TABLE auto_bill (
    id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    account_id INTEGER NOT NULL REFERENCES account,
    vid TEXT NOT NULL UNIQUE,
    merchant_auto_bill_id TEXT,
    billing_plan_id INTEGER NOT NULL REFERENCES billing_plan,
    start_at INTEGER NOT NULL,
    plan_start_at INTEGER NOT NULL,
    -- From where billings are counted.
    billed_from_period INTEGER NOT NULL,
    billed_from_at INTEGER NOT NULL,
    -- A billing that was put off by itself.
    moved_period INTEGER,
    moved_at INTEGER,
    delayed_days INTEGER NOT NULL,
    cancelled_at INTEGER,
    ends_at INTEGER,
    retry_since INTEGER,
    grace_until INTEGER,
    failed_at INTEGER,
    -- The rest of the contract's object, as JSON.
    document TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- When time alone changes where it stands next.
    due_at INTEGER,
    UNIQUE (merchant_id, merchant_auto_bill_id)
  ) STRICT;

  CREATE INDEX auto_bill_account ON auto_bill (account_id);
  CREATE INDEX auto_bill_plan ON auto_bill (billing_plan_id);
  CREATE INDEX auto_bill_due ON auto_bill (merchant_id, due_at) WHERE due_at IS NOT NULL;

  CREATE TABLE auto_bill_item (
    auto_bill_id INTEGER NOT NULL REFERENCES auto_bill,
    position INTEGER NOT NULL,
    vid TEXT NOT NULL UNIQUE,
    product_id INTEGER NOT NULL REFERENCES product,
    from_at INTEGER NOT NULL,
    until_at INTEGER,
    document TEXT NOT NULL,
    PRIMARY KEY (auto_bill_id, position)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX auto_bill_item_product ON auto_bill_item (product_id);

  -- What happened to AutoBills, one line each, for those who ask what changed since.
  CREATE TABLE auto_bill_event (
    id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    auto_bill_id INTEGER NOT NULL REFERENCES auto_bill,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- The id once more: a range over (moment, id) is looked up in an index only under another name.
    position INTEGER NOT NULL AS (id)
  ) STRICT;

  CREATE INDEX auto_bill_event_moment ON auto_bill_event (merchant_id, at, position);
  CREATE INDEX auto_bill_event_auto_bill ON auto_bill_event (auto_bill_id, at, position, type);
