-- When personal data was erased, and by whom.
CREATE TABLE erasure (
  id INTEGER PRIMARY KEY,
  merchant_id INTEGER NOT NULL REFERENCES merchant,
  account_id INTEGER NOT NULL REFERENCES account,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  soap_id TEXT,
  -- Whether access was taken, too.
  revoked INTEGER NOT NULL,
  -- When the last of it had left the database's files.
  finished_at INTEGER
) STRICT;

CREATE INDEX erasure_account ON erasure (account_id);
CREATE INDEX erasure_merchant ON erasure (merchant_id);
CREATE INDEX erasure_unfinished ON erasure (id) WHERE finished_at IS NULL;

-- Of a line text may be taken away, never changed, and only where an erasure is written down: its note,
-- its descriptions, and ids that are a person's e-mail address or name. All else stays for ever.
DROP TRIGGER ledger_no_update;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
WHEN NOT (
  new.id = old.id AND new.at = old.at AND new.merchant_id = old.merchant_id
  AND new.account_id = old.account_id
  AND new.merchant_entitlement_id = old.merchant_entitlement_id
  AND new.source = old.source AND new.action = old.action AND new.actor = old.actor
  AND new.reason IS old.reason AND new.soap_id IS old.soap_id
  AND new.changes_access = old.changes_access AND new.previous_at IS old.previous_at
  AND new.before_start_at IS old.before_start_at AND new.before_end_at IS old.before_end_at
  AND new.after_start_at = old.after_start_at AND new.after_end_at IS old.after_end_at
  AND (new.before_description IS old.before_description OR new.before_description IS NULL)
  AND (new.after_description IS old.after_description OR new.after_description IS NULL)
  AND (new.source_id = old.source_id OR new.source_id GLOB 'erased-*')
  AND (new.note IS old.note OR new.note IS NULL
    OR old.action = 'transfer' AND (new.note GLOB 'from erased-*' OR new.note GLOB 'to erased-*'))
  AND EXISTS (SELECT 1 FROM erasure WHERE merchant_id = old.merchant_id)
)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
