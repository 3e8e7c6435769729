#!/bin/sh
# Generates the proxy from the WSDL that a running server serves, compiles and runs the example.
#   build-and-run.sh FOLDER [URL]     FOLDER gets everything that is generated
# Debian packages: mono-mcs mono-devel
set -e
folder=${1:?usage: build-and-run.sh FOLDER [URL]}
source=$(cd "$(dirname "$0")" && pwd)
LATCHKEY_URL=${2:-${LATCHKEY_URL:-http://127.0.0.1:8787}}
LATCHKEY_VERSION=${LATCHKEY_VERSION:-22.0}
export LATCHKEY_URL LATCHKEY_VERSION
mkdir -p "$folder"
cd "$folder"

wsdl -out:Latchkey.cs "$LATCHKEY_URL/$LATCHKEY_VERSION/Account.wsdl" >wsdl.log

# SRD is defined where the version has that parameter: from 13.0 on.
[ "${LATCHKEY_VERSION%%.*}" -lt 13 ] || define=-define:SRD
mcs -codepage:utf8 $define -r:System.Web.Services -out:example.exe "$source/Example.cs" Latchkey.cs
mono example.exe
