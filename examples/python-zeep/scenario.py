"""Changes an account's name, grants and revokes an entitlement, and sees two calls fail.

Python with zeep 4 (Debian: python3-zeep, else: pip install zeep), its settings as they come: strict.
"""

import json
import os
import sys
from datetime import datetime, timedelta, timezone

import zeep
from zeep.exceptions import Fault

URL = os.environ.get("LATCHKEY_URL", "http://127.0.0.1:8787")
VERSION = os.environ.get("LATCHKEY_VERSION", "22.0")
AUTH = {
    "version": VERSION,
    "login": os.environ.get("LATCHKEY_LOGIN", "demo"),
    "password": os.environ.get("LATCHKEY_PASSWORD", "demo"),
}
ACCOUNT = {"merchantAccountId": "xyz123"}

client = zeep.Client(f"{URL}/{VERSION}/Account.wsdl")


def call(operation, srd="", **parts):
    """Calls an operation of Account. Below 13.0 the API has no srd; an empty one asks for all."""
    if float(VERSION) >= 13:
        parts["srd"] = srd
    return client.service[operation](auth=AUTH, **parts)


def outcome(reply):
    result = reply["return"]  # a word of Python's own, hence the brackets
    return f"{result.returnCode} {result.returnString}"


def news_of(account):
    return next(e for e in account.entitlements if e.merchantEntitlementId == "news")


sys.stdout.reconfigure(encoding="utf-8")
now = datetime.now(timezone.utc)

reply = call(
    "update",
    srd=json.dumps({"account": {"name": True}}),
    account={**ACCOUNT, "name": "Zoë Müller & <Söhne>"},
)
print("name:", reply.account.name)

reply = call(
    "grantEntitlement",
    account=ACCOUNT,
    entitlement={
        "merchantEntitlementId": "news",
        "description": 'Größe <L> & "mehr"',
        "startTimestamp": now - timedelta(minutes=1),
        "endTimestamp": now + timedelta(days=30),
    },
)
print("grant:", outcome(reply))
print("description:", news_of(reply.account).description)

revocation = {"account": ACCOUNT, "merchantEntitlementId": "news", "note": "No more news"}
reply = call("revokeEntitlement", **revocation)
print("revoke:", outcome(reply))
ended = news_of(reply.account).endTimestamp < datetime.now(timezone.utc)
print("ended:", "yes" if ended else "no")

print("revoke again:", outcome(call("revokeEntitlement", **revocation)))

try:
    call("revokeEntitlement", **{**revocation, "note": "x" * (1 << 20)})
except Fault as fault:
    print("fault:", fault.message)
