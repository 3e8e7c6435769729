"""Grants an entitlement of each name it is given, and prints what came of it: Python with zeep."""

import os

import zeep

client = zeep.Client(f"{os.environ['LATCHKEY_URL']}/22.0/Account.wsdl")
AUTH = {"version": "22.0", "login": "demo", "password": "demo"}
for name in os.environ["LATCHKEY_GRANTS"].split():
    try:
        reply = client.service.grantEntitlement(
            auth=AUTH,
            srd="",
            account={"merchantAccountId": "xyz123"},
            entitlement={"merchantEntitlementId": name},
        )
        print(f"{name}: {reply['return'].returnCode} {reply['return'].returnString}")
    except zeep.exceptions.Fault as fault:
        print(f"{name}: {fault.code} {fault.message}")
    except Exception as error:
        print(f"{name}: {type(error).__name__}")
