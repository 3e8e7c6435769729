"""Takes CashBox's push notifications of the class entitlement, and keeps a local copy of who may access what in step.

    LATCHKEY_PUSH_KEY=... python3 examples/python-push/push_listener.py access.db 8080
    latchkey push add --class entitlement --url http://127.0.0.1:8080/

The format is json: the message as it is, its signature in the header X-Webhook-Signature. As listeners for CashBox did, this one
reads the message, writes it again without blanks and signs that. A message with a wrong signature is answered 403 and changes
nothing. A message that comes again (after an answer that was lost, say) is known by its message_id.

The file is an SQLite database. Table "access" holds what is active now, each source of an entitlement by itself:

    SELECT count(*) FROM access WHERE account = 'xyz123' AND entitlement = 'bac'

Python 3.9 or later, without any package.
"""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = os.environ["LATCHKEY_PUSH_KEY"].encode()

SCHEMA = """
CREATE TABLE IF NOT EXISTS access (
    account TEXT, entitlement TEXT, source TEXT, auto_bill TEXT, product TEXT, since TEXT,
    PRIMARY KEY (account, entitlement, source, auto_bill, product)
);
CREATE TABLE IF NOT EXISTS seen (message_id TEXT PRIMARY KEY);
"""


def signature_of(message):
    """The signature of a message that was read: of its text without blanks."""
    text = json.dumps(message, separators=(",", ":"))
    return base64.b64encode(hmac.new(KEY, text.encode(), hashlib.sha256).digest()).decode()


def take(copy, message):
    """Brings the copy in step with a message; a message that was there before changes nothing."""
    header, content = message["header"], message["content"]
    with copy:  # commits, or rolls back what an exception cut short
        known = copy.execute("INSERT OR IGNORE INTO seen VALUES (?)", (header["message_id"],)).rowcount == 0
        if known or header["class_name"] != "entitlement":
            return
        for entitlement in content.get("merchantEntitlementId", []):
            name = (
                content["merchantAccountId"],
                entitlement,
                content["entitlementSource"],
                content["merchantAutobillId"],
                content["merchantProductId"],
            )
            if header["event_name"] == "start":
                row = (*name, content["startTimestamp"])
                copy.execute("INSERT OR REPLACE INTO access VALUES (?, ?, ?, ?, ?, ?)", row)
            elif header["event_name"] == "stop":
                copy.execute(
                    "DELETE FROM access WHERE account = ? AND entitlement = ? AND source = ?"
                    " AND auto_bill = ? AND product = ?",
                    name,
                )


class Listener(BaseHTTPRequestHandler):
    """Takes one message after the other: each connection ends with its answer."""

    copy = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        # By exactly these capitals, as listeners do that have the headers as a dictionary.
        headers = dict(self.headers.items())
        try:
            message = json.loads(body)
            signed = hmac.compare_digest(headers["X-Webhook-Signature"], signature_of(message))
        except (KeyError, ValueError):
            signed = False
        if signed:
            take(self.copy, message)
        self.send_response(202 if signed else 403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Says nothing of each request."""


def main(path, port):
    Listener.copy = sqlite3.connect(path)
    Listener.copy.executescript(SCHEMA)
    server = HTTPServer(("127.0.0.1", int(port)), Listener)
    print(f"listening on {server.server_port}", flush=True)
    server.serve_forever()


if len(sys.argv) != 3:
    sys.exit(f"Usage: {sys.argv[0]} FILE PORT")
main(*sys.argv[1:])
