"""Contract tests of a client in Python, on zeep: pytest with the fixture `latchkey`.

    LATCHKEY_COMMAND="npx --no-install latchkey" pytest examples/contract-tests/test_access.py
"""

import pytest
import zeep
from requests.exceptions import ConnectionError

SEED = {
    "accounts": [{"merchantAccountId": "ada"}],
    "entitlements": [
        {
            "account": {"merchantAccountId": "ada"},
            "merchantEntitlementId": "play",
            "endTimestamp": "2030-01-01T00:00:00Z",
        }
    ],
}


class Access:
    """The code under test: a client as it might stand in your program."""

    def __init__(self, wsdl, login, password):
        self.service = zeep.Client(wsdl).service
        self.auth = {"version": "22.0", "login": login, "password": password}

    def may(self, account, entitlement):
        return bool(self.call("isEntitled", account, entitlement).entitled)

    def revoke(self, account, entitlement):
        """Revokes. A lost reply is asked for once more; then the entitlement may have ended already."""
        try:
            return self.outcome(self.call("revokeEntitlement", account, entitlement))
        except ConnectionError:
            outcome = self.outcome(self.call("revokeEntitlement", account, entitlement))
            return "revoked" if "Could not find active entitlement" in outcome else outcome

    def outcome(self, reply):
        result = reply["return"]
        return "revoked" if result.returnCode == 200 else result.returnString

    def call(self, operation, account, entitlement):
        named = {"account": {"merchantAccountId": account}, "merchantEntitlementId": entitlement}
        return self.service[operation](auth=self.auth, srd="", **named)


@pytest.fixture
def access(latchkey):
    latchkey.seed(SEED)
    return Access(latchkey.wsdl(), latchkey.login, latchkey.password)


def test_revokes(access, latchkey):
    assert access.may("ada", "play")
    assert access.revoke("ada", "play") == "revoked"
    assert not access.may("ada", "play")
    latchkey.verify(operation="revokeEntitlement", fields={"account.merchantAccountId": "ada"}, count=1)


def test_a_lost_reply_is_no_failure(access, latchkey):
    fault = {"operation": "revokeEntitlement", "when": "after", "fault": "EMPTY_RESPONSE", "times": 1}
    latchkey.faults.set(fault)
    assert access.revoke("ada", "play") == "revoked"
    latchkey.verify(operation="revokeEntitlement", count=2)


def test_a_refusal_is_passed_on(access):
    assert access.revoke("bob", "play") == "Account not found."


def test_access_ends_by_itself(access, latchkey):
    latchkey.clock.set("2029-12-31T23:59:59Z")
    assert access.may("ada", "play")
    latchkey.clock.advance("PT1S")
    assert not access.may("ada", "play")
