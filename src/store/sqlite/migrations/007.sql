-- Whether its periods begin at midnight; those of before begin at the time of day of its start,
-- until something changes it.
ALTER TABLE auto_bill ADD COLUMN whole_days INTEGER NOT NULL DEFAULT 0;
-- The day of the month on which it is billed, if not on that of billed_from_at.
ALTER TABLE auto_bill ADD COLUMN billing_day INTEGER;

-- Those who ask for changes of status alone are shown these, too.
INSERT INTO auto_bill_event (merchant_id, auto_bill_id, type, at)
  SELECT merchant_id, auto_bill_id, 'STATUS_CHANGE', at FROM auto_bill_event
  WHERE type IN ('CANCELLATION', 'END', 'EXPIRATION') ORDER BY id;

ALTER TABLE account ADD COLUMN modified_at INTEGER NOT NULL DEFAULT 0;
UPDATE account SET modified_at = created_at;
DROP INDEX account_email;
CREATE INDEX account_email ON account (merchant_id, email_address, modified_at);

-- The account that got what this one had; it goes on to exist under its own name.
ALTER TABLE account ADD COLUMN transferred_to INTEGER REFERENCES account;
CREATE INDEX account_transferred ON account (transferred_to) WHERE transferred_to IS NOT NULL;
