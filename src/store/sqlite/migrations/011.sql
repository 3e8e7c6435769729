-- The moment at which time alone changes something next, of all merchants.
CREATE INDEX entitlement_due_at ON entitlement (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX auto_bill_due_at ON auto_bill (due_at) WHERE due_at IS NOT NULL;
