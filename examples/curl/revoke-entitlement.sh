#!/bin/sh
# One call with curl: takes the entitlement "bac" away from the account "xyz123". The srd asks for
# two fields of the account's entitlements; what identifies an object comes regardless.
# For a version before 13.0 leave out the line of the srd, and write v5_0 for v22_0, 5.0 for 22.0.
curl --silent --show-error --write-out '\n' "${LATCHKEY_URL:-http://127.0.0.1:8787}/soap.pl" \
  --header 'Content-Type: text/xml; charset=utf-8' \
  --header 'SOAPAction: "http://soap.vindicia.com/v22_0/Account#revokeEntitlement"' \
  --data-binary @- <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:api="http://soap.vindicia.com/v22_0/Account">
  <soap:Body>
    <api:revokeEntitlement>
      <auth><version>22.0</version><login>demo</login><password>demo</password></auth>
      <srd>{"account": {"entitlements": ["merchantEntitlementId", "endTimestamp"]}}</srd>
      <account><merchantAccountId>xyz123</merchantAccountId></account>
      <merchantEntitlementId>bac</merchantEntitlementId>
      <note>You can play no more</note>
    </api:revokeEntitlement>
  </soap:Body>
</soap:Envelope>
XML
