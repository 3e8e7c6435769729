"""The fixture `latchkey`: each test's own merchant, its parts, and what is refused."""

import json
import urllib.error
import urllib.request
from datetime import datetime, timezone

import pytest
from pytest_latchkey import LatchkeyError
from soap import is_entitled

PLAY = {"account": {"merchantAccountId": "ada"}, "merchantEntitlementId": "play"}
SEED = {
    "accounts": [{"merchantAccountId": "ada"}],
    "entitlements": [{**PLAY, "endTimestamp": "2100-01-01T00:00:00Z"}],
}
ASKED = {"operation": "isEntitled", "fields": {"account.merchantAccountId": "ada"}}
controls = []


@pytest.mark.parametrize("number", [1, 2])
def test_each_test_has_a_merchant_of_its_own(latchkey, number):
    assert is_entitled(latchkey) == "400"
    latchkey.seed(SEED)
    assert is_entitled(latchkey) == "1"
    controls.append(f"{latchkey.url}/_latchkey/merchants/{latchkey.login}/clock")


def test_a_merchant_is_removed_after_its_test(latchkey):
    assert len(set(controls)) == 2
    for control in controls:
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(control)


def test_clock(latchkey):
    latchkey.seed(SEED)
    assert latchkey.clock.get()["mode"] == "running"
    assert latchkey.clock.freeze()["mode"] == "frozen"
    moved = latchkey.clock.set(datetime(2101, 1, 1, tzinfo=timezone.utc))
    assert [(one["account"], one["action"]) for one in moved["happened"]] == [("ada", "expire")]
    assert is_entitled(latchkey) == "0"
    assert latchkey.clock.advance("P1D")["now"] == "2101-01-02T00:00:00.000Z"
    assert latchkey.clock.run()["mode"] == "running"
    latchkey.reset("empty")
    assert latchkey.clock.freeze("2102-01-01T00:00:00Z")["now"] == "2102-01-01T00:00:00.000Z"
    assert latchkey.clock.reset()["mode"] == "running"


def test_snapshot_and_reset(latchkey):
    latchkey.seed(SEED)
    snapshot = latchkey.snapshot("may play")
    latchkey.reset("empty")
    assert is_entitled(latchkey) == "400"
    snapshot.restore()
    assert is_entitled(latchkey) == "1"
    latchkey.seed({**SEED, "entitlements": []})
    latchkey.seed(SEED)
    latchkey.clock.set("2101-01-01T00:00:00Z")
    assert is_entitled(latchkey) == "0"
    latchkey.reset()
    assert is_entitled(latchkey) == "1"
    snapshot.delete()
    with pytest.raises(LatchkeyError, match="no snapshot"):
        snapshot.restore()
    latchkey.snapshot().delete()


def test_faults(latchkey):
    latchkey.seed(SEED)
    latchkey.faults.set({"operation": "isEntitled", "returnCode": 503, "times": 1})
    assert is_entitled(latchkey) == "503"
    assert is_entitled(latchkey) == "1"
    assert latchkey.faults.list()[0]["struck"] == 1
    latchkey.faults.clear()
    assert latchkey.faults.list() == []


def test_requests_and_verify(latchkey):
    latchkey.seed(SEED)
    is_entitled(latchkey)
    is_entitled(latchkey, account="bob")
    first, _ = latchkey.requests.list()
    assert latchkey.requests.get(first["id"])["reply"]["status"] == 200
    assert latchkey.requests.find(**ASKED) == [first]
    assert latchkey.requests.count(**ASKED) == 1
    assert latchkey.requests.near_misses(**ASKED)[0]["message"].endswith('is "bob" instead of "ada"')
    latchkey.verify(**ASKED, count=1)
    with pytest.raises(AssertionError, match="Expected exactly 2, but 1 of 2 requests are isEntitled"):
        latchkey.verify(**ASKED, count=2)
    latchkey.requests.clear()
    latchkey.verify(**ASKED, never=True)
    assert latchkey.report() == "No request came."


def test_wsdl_and_api_key(latchkey):
    assert latchkey.wsdl("AutoBill", "4.3") == f"{latchkey.url}/4.3/AutoBill.wsdl"
    with urllib.request.urlopen(latchkey.wsdl()) as response:
        assert b"isEntitled" in response.read()
    headers = {"X-API-KEY": latchkey.api_key}
    request = urllib.request.Request(f"{latchkey.url}/v1/keys", headers=headers)
    with urllib.request.urlopen(request) as response:
        assert latchkey.login in json.dumps(json.load(response))


def test_what_is_refused_names_the_field(latchkey):
    with pytest.raises(LatchkeyError, match="duration must be an ISO 8601 duration"):
        latchkey.clock.advance("soon")
    with pytest.raises(LatchkeyError, match="PUT .*/seed: accounts"):
        latchkey.seed({"accounts": [{"town": "Bregenz"}]})


def test_zeep(latchkey):
    zeep = pytest.importorskip("zeep")
    latchkey.seed(SEED)
    client = zeep.Client(latchkey.wsdl())
    auth = {"version": "22.0", "login": latchkey.login, "password": latchkey.password}
    assert client.service.isEntitled(auth=auth, srd="", **PLAY).entitled
