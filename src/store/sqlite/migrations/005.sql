  CREATE INDEX ledger_moment ON ledger (merchant_id, at, position);
