  ALTER TABLE merchant ADD COLUMN payment_failure_limit INTEGER NOT NULL DEFAULT 3;

  CREATE TABLE offer (
    id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    offer_id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The id once more: it is looked up in an index only under another name.
    position INTEGER NOT NULL AS (id),
    UNIQUE (merchant_id, offer_id)
  ) STRICT;

  CREATE INDEX offer_position ON offer (merchant_id, position);

  CREATE TABLE offer_entitlement (
    offer INTEGER NOT NULL REFERENCES offer,
    merchant_entitlement_id TEXT NOT NULL,
    PRIMARY KEY (offer, merchant_entitlement_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE customer_order (
    id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    order_id TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account,
    -- Whether the client gave the id; else the server made it.
    named INTEGER NOT NULL,
    -- What its lines amount to.
    state TEXT NOT NULL CHECK (state IN ('active', 'revoked', 'removed')),
    failed_payments INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    position INTEGER NOT NULL AS (id),
    UNIQUE (merchant_id, order_id)
  ) STRICT;

  CREATE INDEX customer_order_position ON customer_order (merchant_id, position);
  CREATE INDEX customer_order_state ON customer_order (merchant_id, state, position);
  CREATE INDEX customer_order_account ON customer_order (account_id, position);

  CREATE TABLE order_line (
    customer_order INTEGER NOT NULL REFERENCES customer_order,
    offer INTEGER NOT NULL REFERENCES offer,
    -- The order's account, so that an offer's users are found in their order.
    account_id INTEGER NOT NULL REFERENCES account,
    state TEXT NOT NULL CHECK (state IN ('active', 'revoked', 'removed')),
    reason TEXT,
    PRIMARY KEY (customer_order, offer)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX order_line_offer ON order_line (offer, account_id, state);
  CREATE INDEX order_line_account ON order_line (account_id, state);

  -- What of a user is kept beside the account.
  CREATE TABLE user_profile (
    account_id INTEGER PRIMARY KEY REFERENCES account,
    firstname TEXT,
    lastname TEXT,
    deleted_at INTEGER
  ) STRICT;

  CREATE INDEX account_email_in_any_case ON account (merchant_id, email_address COLLATE NOCASE);
  CREATE INDEX account_user ON account (merchant_id, position)
    WHERE merged_into IS NULL AND email_address IS NOT NULL;

  CREATE INDEX ledger_order ON ledger (merchant_id, source_id, position) WHERE source = 'Order';

  -- What a request with an Idempotency-Key was answered.
  CREATE TABLE kept_answer (
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, key)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX kept_answer_moment ON kept_answer (kept_at);
