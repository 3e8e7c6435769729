-- ledger_account_moment begins with the account, too.
DROP INDEX ledger_account;
