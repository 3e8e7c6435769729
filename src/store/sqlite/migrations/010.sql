-- The lines that a call wrote. The last 16 of its 40 digits do: the whole id would make the index
-- twice as large, and the look-up compares it all the same.
CREATE INDEX ledger_call ON ledger (merchant_id, substr(soap_id, -16), position)
  WHERE soap_id IS NOT NULL;
