  CREATE TABLE api_key (
    id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    name TEXT NOT NULL,
    -- SHA-256 in hexadecimal: the key itself is kept nowhere.
    digest TEXT NOT NULL UNIQUE,
    read_only INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER,
    UNIQUE (merchant_id, name)
  ) STRICT;
