"""Keeps a local copy of who may access what in step with the server, by Entitlement.fetchDeltaSince.

Each run makes one pass: it asks for all that changed since the last complete pass, page by page, and
brings the copy up to date in one transaction. Run it from cron, as often as the copy is to be fresh:

    python3 examples/python-zeep/cache_in_step.py access.db [UNTIL]

The first run, without a file, fetches everything. A pass that could not be completed leaves the copy
as it was and exits with 1; the next run takes the same span of time again, so nothing is lost, and
as every change comes as the entitlement's present state, nothing is counted twice.

The file is an SQLite database. Table "access" holds every entitlement that ever was; those that
lapsed, were revoked or expired stay in it with active = 0. Where two sources give one entitlement (a
grant and an AutoBill, say), it is there twice, and one that is active will do:

    SELECT max(active) FROM access WHERE account = 'xyz123' AND entitlement = 'bac'

A reader of the copy between two passes may also look at "ends". Table "progress" holds one row, the
moment up to which the copy is complete.

Python with zeep 4 (Debian: python3-zeep, else: pip install zeep).
"""

import os
import sqlite3
import sys
import time
from datetime import datetime, timedelta, timezone

import requests
import zeep

URL = os.environ.get("LATCHKEY_URL", "http://127.0.0.1:8787")
VERSION = os.environ.get("LATCHKEY_VERSION", "22.0")
AUTH = {
    "version": VERSION,
    "login": os.environ.get("LATCHKEY_LOGIN", "demo"),
    "password": os.environ.get("LATCHKEY_PASSWORD", "demo"),
}
PAGE_SIZE = int(os.environ.get("LATCHKEY_PAGE_SIZE", "1000"))

# How often a call is made before the pass is given up, and the seconds between (more each time).
ATTEMPTS = 4
PAUSE = float(os.environ.get("LATCHKEY_PAUSE", "1"))

# The span must end in the server's past, for what is changed later, but before the end of a span,
# would never be fetched. This margin is for clocks that differ, here and there.
MARGIN = timedelta(seconds=10)

# What we want to know of each entitlement; versions before 13.0 have no srd and send everything.
SRD = """{"entitlements": ["merchantEntitlementId", "autoBillVID", "productVID", "active",
    "endTimestamp", {"account": ["VID", "merchantAccountId"]}]}"""

SCHEMA = """
CREATE TABLE IF NOT EXISTS access (
    account_vid TEXT, entitlement TEXT, auto_bill_vid TEXT, product_vid TEXT,
    account TEXT, active INTEGER, ends TEXT,
    PRIMARY KEY (account_vid, entitlement, auto_bill_vid, product_vid)
);
CREATE TABLE IF NOT EXISTS progress (until TEXT);
"""


def fetch_page(service, since, until, page):
    """A page of what changed in the span. A call that failed is made again; at last it raises."""
    parts = {"timestamp": since, "page": page, "pageSize": PAGE_SIZE, "endTimestamp": until}
    if float(VERSION) >= 13:
        parts["srd"] = SRD
    for attempt in range(1, ATTEMPTS + 1):
        try:
            reply = service.fetchDeltaSince(auth=AUTH, **parts)
            result = reply["return"]  # a word of Python's own, hence the brackets
            code = int(result.returnCode)
            if code == 200:
                return reply.entitlements
            failure = RuntimeError(f"{code} {result.returnString}")
            # 500 may pass. What is refused stays so.
            if code != 500:
                raise failure
        except (zeep.exceptions.Error, requests.RequestException) as error:
            failure = error  # no reply, half a reply or a Fault: a server that restarts, say
        if attempt < ATTEMPTS:
            time.sleep(PAUSE * attempt)
    raise failure


def make_pass(copy, until):
    """Brings the copy up to date; all of it or nothing. Returns how many entitlements changed."""
    (mark,) = copy.execute("SELECT until FROM progress").fetchone() or ("1970-01-01T00:00:00+00:00",)
    since = datetime.fromisoformat(mark)
    if until <= since:
        return 0
    service = zeep.Client(f"{URL}/{VERSION}/Entitlement.wsdl").service
    changed = 0
    page = 0
    # Up to the first empty page: that is how the API says that there are no more.
    while entitlements := fetch_page(service, since, until, page):
        for entitlement in entitlements:
            account = entitlement.account
            copy.execute(
                "INSERT OR REPLACE INTO access VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    account.VID,
                    entitlement.merchantEntitlementId,
                    entitlement.autoBillVID or "",
                    entitlement.productVID or "",
                    account.merchantAccountId or account.VID,
                    entitlement.active,
                    entitlement.endTimestamp and entitlement.endTimestamp.isoformat(),
                ),
            )
            changed += 1
        page += 1
    # The span is complete: only now the mark moves, in one transaction with what was fetched.
    copy.execute("DELETE FROM progress")
    copy.execute("INSERT INTO progress VALUES (?)", (until.isoformat(),))
    return changed


def main(path, until=None):
    until = datetime.fromisoformat(until) if until else datetime.now() - MARGIN
    until = until.astimezone(timezone.utc)  # local time, where it says no offset
    copy = sqlite3.connect(path)
    copy.executescript(SCHEMA)
    try:
        with copy:  # commits, or rolls back what an exception cut short
            changed = make_pass(copy, until)
    except (zeep.exceptions.Error, requests.RequestException, RuntimeError) as error:
        sys.exit(f"Not completed: {error}")
    print(f"{changed} changed until {until.isoformat()}")


if len(sys.argv) not in (2, 3):
    sys.exit(f"Usage: {sys.argv[0]} FILE [UNTIL]")
main(*sys.argv[1:])
