#!/bin/sh
# Generates the stubs from the WSDL that a running server serves, compiles and runs the example.
#   build-and-run.sh FOLDER [URL]     FOLDER gets everything that is generated
# Debian packages: default-jdk-headless libaxis-java
set -e
folder=${1:?usage: build-and-run.sh FOLDER [URL]}
source=$(cd "$(dirname "$0")" && pwd)
LATCHKEY_URL=${2:-${LATCHKEY_URL:-http://127.0.0.1:8787}}
LATCHKEY_VERSION=${LATCHKEY_VERSION:-22.0}
export LATCHKEY_URL LATCHKEY_VERSION
mkdir -p "$folder"
cd "$folder"

# Axis and what it needs; the last two are for attachments, which it looks for on every call.
jars=
for jar in axis jaxrpc saaj commons-logging commons-discovery wsdl4j javax.mail javax.activation; do
  jars=$jars:/usr/share/java/$jar.jar
done

# Without -p: the WSDL's two namespaces become two packages, as each has an Account.
java -cp "$jars" org.apache.axis.wsdl.WSDL2Java "$LATCHKEY_URL/$LATCHKEY_VERSION/Account.wsdl"

# The packages are named after the version, and srd is a parameter from 13.0 on.
if [ "${LATCHKEY_VERSION%%.*}" -lt 13 ]; then without_srd='/ srd$/d'; fi
package=v$(echo "$LATCHKEY_VERSION" | tr . _)
sed -e "s/v22_0/$package/" -e "$without_srd" "$source/Example.java" >Example.java

# Only what the example leads to is compiled. --release 11 is the lowest that String.repeat allows.
mkdir -p classes
javac -nowarn -encoding UTF-8 --release 11 -cp "$jars" -sourcepath . -d classes Example.java
java -cp "$jars:classes" Example
