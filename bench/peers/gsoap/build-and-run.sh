#!/bin/sh
# Builds the server from the WSDL as gSOAP's users do, then becomes it: FOLDER PORT DATABASE STATEMENTS.
set -eu
sources=$(cd "$(dirname "$0")" && pwd)
cd "$1"
cp "$sources"/../../../wsdl/22.0/Account.wsdl "$sources"/../../../wsdl/22.0/Vindicia.xsd .
wsdl2h -s -O2 -n latchkey -o account.h Account.wsdl >/dev/null 2>&1
soapcpp2 -S -x -L -I /usr/share/gsoap/import account.h >/dev/null 2>&1
# The generated dispatcher knows every operation: those that this server lacks are refused.
sed -nE 's/^ *SOAP_FMAC5 (int) SOAP_FMAC6 (__latchkey1__[A-Za-z]+)(\(.*\));$/\1 \2\3 { return SOAP_NO_METHOD; }/p' \
  soapStub.h | grep -vE '__(grant|revoke)Entitlement\(' | sed -E 's/(\w+) \*\w+, (\w+) &\w+\)/\1 *, \2 \&)/' >others.cpp
g++ -O2 -I. -o server "$sources/server.cpp" soapC.cpp soapServer.cpp -lgsoap++ -lsqlite3
exec ./server "$2" "$3" "$4"
