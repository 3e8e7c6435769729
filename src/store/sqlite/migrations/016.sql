-- Where messages about changes are sent. Each endpoint has a cursor into the feed: a change costs nothing for it.
CREATE TABLE endpoint (
  id INTEGER PRIMARY KEY,
  merchant_id INTEGER NOT NULL REFERENCES merchant,
  endpoint_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('webhook', 'push')),
  format TEXT NOT NULL,
  url TEXT NOT NULL,
  -- Whether the URL may lead to a private address.
  private INTEGER NOT NULL,
  settings TEXT NOT NULL,
  -- As they are: they sign. Never shown, listed or logged.
  secrets TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  -- The number of the last event of which messages were made.
  cursor INTEGER NOT NULL,
  failing_since INTEGER,
  not_before INTEGER,
  disabled_at INTEGER,
  disabled_reason TEXT
) STRICT;

CREATE UNIQUE INDEX endpoint_name ON endpoint (merchant_id, endpoint_id);
CREATE INDEX endpoint_kind ON endpoint (merchant_id, kind, id);

-- A bounded window of each endpoint's messages: those that wait, and the newest that have ended.
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  merchant_id INTEGER NOT NULL REFERENCES merchant,
  endpoint INTEGER NOT NULL REFERENCES endpoint,
  -- The account's row, or 0.
  lane INTEGER NOT NULL,
  -- The number of the event, or 0 for a test.
  sequence INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  event TEXT NOT NULL,
  -- NULL once it was erased.
  body TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  -- Of those that wait in a lane only the first has one.
  due_at INTEGER,
  attempts INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

CREATE INDEX delivery_endpoint ON delivery (endpoint, id);
CREATE INDEX delivery_state ON delivery (endpoint, state, id);
CREATE INDEX delivery_account ON delivery (lane);
CREATE INDEX delivery_lane ON delivery (endpoint, lane, sequence, id) WHERE state = 'waiting';
CREATE INDEX delivery_due ON delivery (endpoint, due_at, id) WHERE due_at IS NOT NULL;

CREATE TABLE attempt (
  delivery INTEGER NOT NULL REFERENCES delivery,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  status INTEGER,
  failure TEXT,
  answer TEXT,
  PRIMARY KEY (delivery, number)
) STRICT, WITHOUT ROWID;
