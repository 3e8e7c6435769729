-- Lines are listed in the order of their moments, those of an account or an order too.
CREATE INDEX ledger_account_moment ON ledger (account_id, at, position);
DROP INDEX ledger_order;
CREATE INDEX ledger_order ON ledger (merchant_id, source_id, at, position) WHERE source = 'Order';
-- ledger_moment begins with the merchant, too.
DROP INDEX ledger_merchant;
