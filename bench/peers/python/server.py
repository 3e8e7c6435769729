"""Grant and revoke on spyne and the standard library's HTTP server, with the statements that Latchkey runs."""

import json
import secrets
import sqlite3
import sys
import time
from datetime import datetime, timezone
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from spyne import Application, Boolean, ComplexModel, DateTime, Iterable, ServiceBase, Unicode, rpc
from spyne.protocol.soap import Soap11
from spyne.server.wsgi import WsgiApplication

PORT, DATABASE, STATEMENTS = int(sys.argv[1]), sys.argv[2], sys.argv[3]
# Of src/base/pages.ts.
FIRST_PAGE = 64
NAMESPACE = "http://soap.vindicia.com/v22_0/Account"
with open(STATEMENTS, encoding="utf-8") as file:
    SQL = json.load(file)

database = sqlite3.connect(DATABASE, isolation_level=None)
database.row_factory = sqlite3.Row
for pragma in ("synchronous = FULL", "busy_timeout = 5000", "foreign_keys = ON"):
    database.execute(f"PRAGMA {pragma}")


class Unqualified(ComplexModel):
    """The contract's children are unqualified; spyne's own would be in the message's namespace."""

    __namespace__ = NAMESPACE


def text():
    return Unicode(sub_ns="", min_occurs=0)


class Auth(Unqualified):
    version = text()
    login = text()
    password = text()


class Entitlement(Unqualified):
    merchantEntitlementId = text()
    startTimestamp = DateTime(sub_ns="", min_occurs=0)
    endTimestamp = DateTime(sub_ns="", min_occurs=0)
    active = Boolean(sub_ns="", min_occurs=0)


class Account(Unqualified):
    _type_info = [
        ("VID", text()),
        ("merchantAccountId", text()),
        ("emailAddress", text()),
        ("name", text()),
        ("entitlements", Entitlement.customize(sub_ns="", min_occurs=0, max_occurs="unbounded")),
    ]


class Return(Unqualified):
    _type_info = [("returnCode", text()), ("returnString", text()), ("soapId", text())]


class Grant(Unqualified):
    _type_info = [
        ("auth", Auth.customize(sub_ns="")),
        ("srd", text()),
        ("account", Account.customize(sub_ns="")),
        ("entitlement", Entitlement.customize(sub_ns="")),
        ("note", text()),
    ]


class Revoke(Unqualified):
    _type_info = [
        ("auth", Auth.customize(sub_ns="")),
        ("srd", text()),
        ("account", Account.customize(sub_ns="")),
        ("merchantEntitlementId", text()),
        ("note", text()),
    ]


class Response(Unqualified):
    _type_info = [
        ("return", Return.customize(sub_ns="")),
        ("account", Account.customize(sub_ns="", min_occurs=0)),
    ]


def rows(name, *values):
    return database.execute(SQL[name], values).fetchall()


def moment(milliseconds):
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, timezone.utc)


def change(action, message, entitlement_id):
    if (message.auth.login, message.auth.password) != ("bench", "p&ss<1>"):
        return Response(**{"return": Return(returnCode="403")})
    soap_id = secrets.token_hex(20)
    now = int(time.time() * 1000)
    second = now // 1000 * 1000 - 1000
    database.execute("BEGIN IMMEDIATE")
    account = rows("account", message.account.merchantAccountId, 1)[0]
    key = (account["id"], "Account", entitlement_id, "")
    before = next(iter(rows("entitlement", *key)), None)
    state = (before["start"], before["end"], before["description"]) if before else (None, None, None)
    after = (second, None, None) if action == "grant" else (min(state[0], second), second, state[2])
    reason = (None,) if "reason" in SQL["insertLedger"] else ()
    written = (now, 1, action, "bench", message.note, *reason, soap_id, 1)
    line = database.execute(SQL["insertLedger"], (*key, *written, *state, *after, *key)).lastrowid
    rows("numberLine", 1, 1, line)
    rows("saveEntitlement", *key, 1, *after, None, now)
    for name in ("address", "nameValues", "taxExemptions"):
        rows(name, account["id"])
    held = [
        Entitlement(
            merchantEntitlementId=row["merchantEntitlementId"],
            startTimestamp=moment(row["start"]),
            endTimestamp=moment(row["end"]),
            active=row["start"] <= now and (row["end"] is None or now < row["end"]),
        )
        for row in rows("entitlements", account["id"], "Account", FIRST_PAGE)
    ]
    database.execute("COMMIT")
    shown = {name: account[name] for name in ("VID", "merchantAccountId", "emailAddress", "name")}
    result = Return(returnCode="200", returnString="OK", soapId=soap_id)
    return Response(**{"return": result, "account": Account(**shown, entitlements=held)})


class AccountService(ServiceBase):
    @rpc(Grant, _returns=Response, _body_style="bare", _in_message_name="grantEntitlement",
         _out_message_name="grantEntitlementResponse")
    def grantEntitlement(ctx, message):
        return change("grant", message, message.entitlement.merchantEntitlementId)

    @rpc(Revoke, _returns=Response, _body_style="bare", _in_message_name="revokeEntitlement",
         _out_message_name="revokeEntitlementResponse")
    def revokeEntitlement(ctx, message):
        return change("revoke", message, message.merchantEntitlementId)


class Backlog(WSGIServer):
    request_queue_size = 128


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


application = Application([AccountService], NAMESPACE, in_protocol=Soap11(), out_protocol=Soap11())
make_server("127.0.0.1", PORT, WsgiApplication(application), server_class=Backlog, handler_class=Quiet).serve_forever()
