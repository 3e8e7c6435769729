-- What a key may do, in place of whether it may only read; and the authors of its beginning and end.
ALTER TABLE api_key ADD COLUMN scope TEXT NOT NULL DEFAULT 'write'
  CHECK (scope IN ('read', 'write', 'admin'));
ALTER TABLE api_key ADD COLUMN created_by TEXT;
ALTER TABLE api_key ADD COLUMN revoked_by TEXT;
UPDATE api_key SET scope = 'read' WHERE read_only;
ALTER TABLE api_key DROP COLUMN read_only;
