-- People who sign in to the console. One that is removed keeps its name: the ledger has it.
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'support', 'admin')),
  -- 1: it sees every merchant; 0: those of person_merchant.
  all_merchants INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  last_seen_at INTEGER,
  removed_at INTEGER,
  removed_by TEXT
) STRICT;

CREATE TABLE person_merchant (
  person_id INTEGER NOT NULL REFERENCES person,
  merchant_id INTEGER NOT NULL REFERENCES merchant,
  PRIMARY KEY (person_id, merchant_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_merchant_merchant ON person_merchant (merchant_id);

-- One that ends is removed.
CREATE TABLE session (
  digest TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person,
  made_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_person ON session (person_id, made_at);
