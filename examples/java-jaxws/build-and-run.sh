#!/bin/sh
# Generates the stubs from the WSDL that a running server serves, compiles and runs the example.
#   build-and-run.sh FOLDER [URL]     FOLDER gets everything that is generated
# Debian packages: default-jdk-headless jaxws libjaxws-java
set -e
folder=${1:?usage: build-and-run.sh FOLDER [URL]}
source=$(cd "$(dirname "$0")" && pwd)
LATCHKEY_URL=${2:-${LATCHKEY_URL:-http://127.0.0.1:8787}}
LATCHKEY_VERSION=${LATCHKEY_VERSION:-22.0}
export LATCHKEY_URL LATCHKEY_VERSION
mkdir -p "$folder"
cd "$folder"

# Without -p: the WSDL's two namespaces become two packages, as each has an Account.
wsimport -quiet -keep -Xnocompile -encoding UTF-8 "$LATCHKEY_URL/$LATCHKEY_VERSION/Account.wsdl"

# The packages are named after the version, and srd is a parameter from 13.0 on.
if [ "${LATCHKEY_VERSION%%.*}" -lt 13 ]; then without_srd='/ srd$/d'; fi
package=v$(echo "$LATCHKEY_VERSION" | tr . _)
sed -e "s/v22_0/$package/" -e "$without_srd" "$source/Example.java" >Example.java

jars=/usr/share/java/jaxws-rt.jar # its manifest names the others
mkdir -p classes
javac -nowarn -encoding UTF-8 -cp "$jars" -sourcepath . -d classes \
  Example.java com/vindicia/soap/*/*/ObjectFactory.java
java -cp "$jars:classes" Example
