-- The word offer is that of orders; a product or billing plan is an item of the catalogue.
ALTER TABLE product RENAME COLUMN merchant_offer_id TO merchant_item_id;
ALTER TABLE billing_plan RENAME COLUMN merchant_offer_id TO merchant_item_id;
