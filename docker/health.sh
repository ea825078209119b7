#!/bin/bash
# Asks the server whether it is ready. Bash speaks TCP, so the image needs no curl.
set -eu
exec 3<>"/dev/tcp/127.0.0.1/${WAYBILL_PORT:-8080}"
printf 'GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
