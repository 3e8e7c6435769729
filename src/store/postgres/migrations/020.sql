-- What an overview counts: payments that are tried again. Rows without one are in neither.
CREATE INDEX auto_bill_retrying ON auto_bill (merchant_id, grace_until) WHERE retry_since IS NOT NULL;
CREATE INDEX customer_order_failing ON customer_order (merchant_id, id)
  WHERE state = 'active' AND failed_payments > 0;
