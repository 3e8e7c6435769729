#!/bin/sh
# Generates the stubs from the WSDL that a running server serves, compiles and runs the example.
#   build-and-run.sh FOLDER [URL]     FOLDER gets everything that is generated
# Debian packages: g++ gsoap libgsoap-dev
set -e
folder=${1:?usage: build-and-run.sh FOLDER [URL]}
source=$(cd "$(dirname "$0")" && pwd)
LATCHKEY_URL=${2:-${LATCHKEY_URL:-http://127.0.0.1:8787}}
LATCHKEY_VERSION=${LATCHKEY_VERSION:-22.0}
export LATCHKEY_URL LATCHKEY_VERSION
mkdir -p "$folder"
cd "$folder"

# The WSDL as a gSOAP header, then that as C++: client classes only, no samples, no WSDL.
wsdl2h -o latchkey.h "$LATCHKEY_URL/$LATCHKEY_VERSION/Account.wsdl" >wsdl2h.log 2>&1
soapcpp2 -j -C -L -x -w latchkey.h >soapcpp2.log 2>&1

c++ -std=c++20 -O0 -I . -o example \
  "$source/example.cpp" soapC.cpp soapAccountBindingProxy.cpp -lgsoap++
./example
