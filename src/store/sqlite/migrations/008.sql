-- Which process may act in the background, and until when; without a lease any may take it.
CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a call has begun and the background finishes, batch by batch; gone when it is done.
CREATE TABLE work (
  id INTEGER PRIMARY KEY,
  merchant_id INTEGER NOT NULL REFERENCES merchant,
  kind TEXT NOT NULL,
  -- The row of the product, billing plan, offer or account that it is about, and its own name.
  subject INTEGER NOT NULL,
  name TEXT NOT NULL,
  actor TEXT NOT NULL,
  soap_id TEXT,
  begun_at INTEGER NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  UNIQUE (merchant_id, kind, subject)
) STRICT;

-- The rows that are still to be visited: those after the one, up to the other.
CREATE TABLE work_range (
  work_id INTEGER NOT NULL REFERENCES work,
  after_id INTEGER NOT NULL,
  until_id INTEGER NOT NULL,
  -- The ranges of the least turn come first.
  turn INTEGER NOT NULL,
  -- What a visit needs to know of the state before, as JSON.
  detail TEXT,
  PRIMARY KEY (work_id, after_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX work_range_turn ON work_range (work_id, turn, after_id);

-- What one AutoBill or order gave is found without looking at all that the account has.
CREATE INDEX entitlement_source ON entitlement (account_id, source_id) WHERE source <> 'Account';

-- An offer's orders in the order in which work visits them.
CREATE INDEX order_line_active ON order_line (offer, customer_order) WHERE state = 'active';
