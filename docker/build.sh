#!/bin/sh
# Builds the jar, or takes one that is there, and lays out what an image needs: docker/build.sh <folder>
set -eu
cd -- "$(dirname -- "$0")/.."
out=$1
[ -f target/waybill.jar ] || ./mvnw -q -B -DskipTests -Dspotless.check.skip package
mkdir -p "$out"
java -Djarmode=tools -jar target/waybill.jar extract --force --destination "$out/app" >/dev/null
cp waybill docker/install.sh docker/health.sh LICENSE NOTICE "$out"
cp -R routes "$out/routes"
