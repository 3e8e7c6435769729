"""A SOAP client for the tests, in a few lines."""

import re
import urllib.request

ENVELOPE = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><a:isEntitled '
    'xmlns:a="http://soap.vindicia.com/v22_0/Account"><auth><version>22.0</version><login>{login}</login>'
    "<password>{password}</password></auth><account><merchantAccountId>{account}</merchantAccountId></account>"
    "<merchantEntitlementId>play</merchantEntitlementId></a:isEntitled></e:Body></e:Envelope>"
)


def is_entitled(latchkey, account="ada"):
    """Whether the account may play: "1", "0", or the returnCode of a refusal."""
    text = ENVELOPE.format(login=latchkey.login, password=latchkey.password, account=account)
    headers = {"Content-Type": "text/xml; charset=utf-8"}
    request = urllib.request.Request(latchkey.endpoint, text.encode(), headers)
    with urllib.request.urlopen(request) as response:
        reply = response.read().decode()
    code = re.search(r"<returnCode>(\d+)<", reply)[1]
    return code if code != "200" else re.search(r"<entitled[^>]*>(\d)<", reply)[1]
