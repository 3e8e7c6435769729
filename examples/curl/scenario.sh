#!/bin/sh
# The API with nothing but curl, sed and tr: change an account's name, grant an entitlement, revoke
# it, revoke it again, and send more than the server takes.
#
#   sh examples/curl/scenario.sh [curl options]
#
# Whatever options you give go to curl: --verbose to see what is sent, --http1.0, --compressed,
# --header 'Transfer-Encoding: chunked' ...
#
# Settings, from the environment: LATCHKEY_URL, LATCHKEY_VERSION, LATCHKEY_LOGIN, LATCHKEY_PASSWORD,
# and LATCHKEY_SOAPACTION=off to leave out the header SOAPAction, which the server can do without.
set -eu

url=${LATCHKEY_URL:-http://127.0.0.1:8787}
version=${LATCHKEY_VERSION:-22.0}
namespace=http://soap.vindicia.com/v$(echo "$version" | tr . _)/Account

# Text as it stands in XML, and back.
escape() {
  printf '%s' "$1" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'
}
unescape() {
  sed "s/&lt;/</g; s/&gt;/>/g; s/&quot;/\"/g; s/&apos;/'/g; s/&amp;/\\&/g"
}

# srd JSON: that part of a request. Versions before 13.0 don't have it.
srd() {
  if [ "${version%%.*}" -ge 13 ]; then echo "<srd>$1</srd>"; fi
}

login=$(escape "${LATCHKEY_LOGIN:-demo}")
password=$(escape "${LATCHKEY_PASSWORD:-demo}")

# call OPERATION [curl options] <PARTS: wraps the message's parts (srd, account ...) into a request,
# sends it and keeps the reply. A refusal is a reply like any other (HTTP 200); a Fault comes with
# HTTP 500, and its body is what we want to read, so curl has no --fail.
call() {
  operation=$1
  shift
  if [ "${LATCHKEY_SOAPACTION:-on}" != off ]; then
    set -- --header "SOAPAction: \"$namespace#$operation\"" "$@"
  fi
  reply=$(
    {
      cat <<XML
<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:api="$namespace">
  <soap:Body>
    <api:$operation>
      <auth><login>$login</login><password>$password</password><version>$version</version></auth>
XML
      cat
      cat <<XML
    </api:$operation>
  </soap:Body>
</soap:Envelope>
XML
    } | curl --silent --show-error --header 'Content-Type: text/xml; charset=utf-8' \
      --data-binary @- "$@" "$url/soap.pl"
  )
}

# The reply, a tag a line: "name>Zoë", "/name>" ...
tags() {
  printf '%s\n' "$reply" | tr '<' '\n'
}

# entitlement ID: those of its lines that belong to that entitlement.
entitlement() {
  tags | sed -n "/^merchantEntitlementId>$1\$/,/^\\/entitlements>/p"
}

# text NAME: what the first element of that name holds.
text() {
  sed -n "s/^$1\( [^>]*\)\{0,1\}>//p" | head -n 1 | unescape
}

# "200 OK"
result() {
  echo "$(tags | text returnCode) $(tags | text returnString)"
}

name=$(escape 'Zoë Müller & <Söhne>')
call update "$@" <<XML
      $(srd '{"account": ["name"]}')
      <account><merchantAccountId>xyz123</merchantAccountId><name>$name</name></account>
XML
echo "name: $(tags | text name)"

description=$(escape 'Größe <L> & "mehr"')
call grantEntitlement "$@" <<XML
      $(srd '{"account": ["entitlements"]}')
      <account><merchantAccountId>xyz123</merchantAccountId></account>
      <entitlement>
        <merchantEntitlementId>news</merchantEntitlementId>
        <description>$description</description>
      </entitlement>
      <note>A gift</note>
XML
echo "grant: $(result)"
echo "description: $(entitlement news | text description)"

# revoke NOTE [curl options]. The srd asks for two fields of each entitlement and nothing else.
revoke() {
  note=$1
  shift
  call revokeEntitlement "$@" <<XML
      $(srd '{"account": {"entitlements": ["merchantEntitlementId", "active"]}}')
      <account><merchantAccountId>xyz123</merchantAccountId></account>
      <merchantEntitlementId>news</merchantEntitlementId>
      <note>$note</note>
XML
}

revoke 'The gift is taken back' "$@"
echo "revoke: $(result)"
if [ "$(entitlement news | text active)" = 0 ]; then echo 'ended: yes'; else echo 'ended: no'; fi

revoke 'The gift is taken back' "$@"
echo "revoke again: $(result)"

# More than the server takes: it answers with a Fault.
revoke "$(dd if=/dev/zero bs=1024 count=1024 2>/dev/null | tr '\0' x)" "$@"
echo "fault: $(tags | text faultstring)"
