-- The feed: all that happened to a merchant's accounts, numbered without gaps in the order of the commits.
-- A row is a line of the ledger, or something that changes no entitlement: then it says itself what it is.
CREATE TABLE event (
  merchant_id INTEGER NOT NULL REFERENCES merchant,
  sequence INTEGER NOT NULL,
  ledger_id INTEGER,
  type TEXT,
  at INTEGER,
  account_id INTEGER REFERENCES account,
  -- The row of the order, the AutoBill or the other account that it is about.
  subject INTEGER,
  actor TEXT,
  reason TEXT,
  note TEXT,
  soap_id TEXT,
  -- The state after it, as JSON; NULL once it was erased.
  document TEXT,
  PRIMARY KEY (merchant_id, sequence)
) STRICT, WITHOUT ROWID;

-- Lines of the ledger are found by the account there.
CREATE INDEX event_account ON event (account_id) WHERE account_id IS NOT NULL;

INSERT INTO event (merchant_id, sequence, ledger_id)
  SELECT merchant_id, row_number() OVER (PARTITION BY merchant_id ORDER BY id), id FROM ledger
  ORDER BY merchant_id, id;
