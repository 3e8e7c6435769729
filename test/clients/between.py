"""Reads every WSDL of a version and starts an AutoBill with positional arguments, in the WSDL's order."""

import os

import zeep

URL = os.environ["LATCHKEY_URL"]
VERSION = os.environ["LATCHKEY_VERSION"]
CLASSES = os.environ["LATCHKEY_CLASSES"].split()
AUTH = {"version": VERSION, "login": "demo", "password": "demo"}
SRD = [""] if float(VERSION) >= 13 else []
BILL = {
    "merchantAutoBillId": "between",
    "account": {"merchantAccountId": "xyz123"},
    "billingPlan": {"merchantBillingPlanId": "monthly", "periods": [{"type": "Month", "quantity": 1}]},
    "items": [{"product": {"merchantProductId": "news"}}],
}

for name in CLASSES:
    client = zeep.Client(f"{URL}/{VERSION}/{name}.wsdl")
    print(name, len(client.service._binding.all()))

service = zeep.Client(f"{URL}/{VERSION}/AutoBill.wsdl").service
# minChargebackProbability follows the two policies, dryrun is the last of what 9.0 takes.
policies = ["doNotSaveAutoBill", True] if float(VERSION) >= 9 else ["Fail", False]
reply = service.update(AUTH, *SRD, BILL, *policies, 100, False, False, None, False)
print("update:", reply["return"].returnCode, reply.autobill.status, "created" in reply)

cancelled = service.cancel(AUTH, *SRD, {"merchantAutoBillId": "between"}, True, True)
print("cancel:", cancelled["return"].returnCode, cancelled.autobill.status)

transaction = zeep.Client(f"{URL}/{VERSION}/Transaction.wsdl").service
refused = transaction.fetchByVid(AUTH, *SRD, "none")["return"]
print("fetchByVid:", refused.returnCode, refused.returnString)
