#!/bin/sh
# Generates the stubs from the WSDL that a running simulation serves, compiles the contract tests in Java and runs them on it.
#   build-and-run.sh FOLDER [URL]     FOLDER gets everything that is generated
# Debian packages: default-jdk-headless jaxws libjaxws-java junit5 libjackson2-databind-java
set -e
folder=${1:?usage: build-and-run.sh FOLDER [URL]}
source=$(cd "$(dirname "$0")" && pwd)
LATCHKEY_URL=${2:-${LATCHKEY_URL:-http://127.0.0.1:8787}}
export LATCHKEY_URL
mkdir -p "$folder/classes"
cd "$folder"

wsimport -quiet -keep -Xnocompile -encoding UTF-8 "$LATCHKEY_URL/22.0/Account.wsdl"

jars=/usr/share/java
path=classes
for name in jaxws-rt junit-jupiter-api junit-jupiter-engine junit-platform-commons junit-platform-engine \
  junit-platform-launcher junit-platform-console junit-platform-reporting opentest4j opentest4j-reporting-events \
  apiguardian-api picocli jackson-core jackson-databind jackson-annotations; do
  path=$path:$jars/$name.jar
done
javac -nowarn -encoding UTF-8 -cp "$path" -sourcepath . -d classes "$source/AccessTest.java" \
  "$source/../../helpers/java/src/latchkey/Latchkey.java" com/vindicia/soap/*/*/ObjectFactory.java
java -cp "$path" org.junit.platform.console.ConsoleLauncher --disable-banner --disable-ansi-colors --select-class AccessTest
