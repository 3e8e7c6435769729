  CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    vid TEXT NOT NULL UNIQUE,
    -- The merchant's own name for it.
    merchant_offer_id TEXT,
    status TEXT,
    -- The contract's object as JSON, without VID and the merchant's name.
    document TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The id once more: a range over it is looked up in an index only under another name.
    position INTEGER NOT NULL AS (id),
    UNIQUE (merchant_id, merchant_offer_id)
  ) STRICT;

  CREATE INDEX product_listed ON product (merchant_id, position);
  CREATE INDEX product_status ON product (merchant_id, status, position);

  -- What it entitles to, for those who ask which offers entitle to an id.
  CREATE TABLE product_entitlement (
    offer_id INTEGER NOT NULL REFERENCES product,
    merchant_entitlement_id TEXT NOT NULL,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    PRIMARY KEY (offer_id, merchant_entitlement_id)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX product_entitlement_id
    ON product_entitlement (merchant_id, merchant_entitlement_id);
  

  CREATE TABLE billing_plan (
    id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    vid TEXT NOT NULL UNIQUE,
    -- The merchant's own name for it.
    merchant_offer_id TEXT,
    status TEXT,
    -- The contract's object as JSON, without VID and the merchant's name.
    document TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The id once more: a range over it is looked up in an index only under another name.
    position INTEGER NOT NULL AS (id),
    UNIQUE (merchant_id, merchant_offer_id)
  ) STRICT;

  CREATE INDEX billing_plan_listed ON billing_plan (merchant_id, position);
  CREATE INDEX billing_plan_status ON billing_plan (merchant_id, status, position);

  -- What it entitles to, for those who ask which offers entitle to an id.
  CREATE TABLE billing_plan_entitlement (
    offer_id INTEGER NOT NULL REFERENCES billing_plan,
    merchant_entitlement_id TEXT NOT NULL,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    PRIMARY KEY (offer_id, merchant_entitlement_id)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX billing_plan_entitlement_id
    ON billing_plan_entitlement (merchant_id, merchant_entitlement_id);
