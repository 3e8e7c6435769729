-- Listings of changes of access read the index of moments: a change of an entitlement then writes one index less.
DROP INDEX ledger_change;
DROP INDEX ledger_moment;
CREATE INDEX ledger_moment ON ledger (merchant_id, at, position, changes_access, previous_at);
