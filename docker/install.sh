#!/bin/sh
# Installs a layout made by build.sh: docker/install.sh <layout> <root>. The user gets a name, because initdb asks for one.
set -eu
layout=$1
root=${2%/}
mkdir -p "$root/opt/waybill" "$root/var/lib/waybill" "$root/etc"
cp -R "$layout/app" "$layout/routes" "$layout/waybill" "$layout/health.sh" "$layout/LICENSE" "$layout/NOTICE" \
    "$root/opt/waybill"
if ! grep -qs '^waybill:' "$root/etc/passwd"; then
    echo 'waybill:x:10001:10001:Waybill:/var/lib/waybill:/usr/sbin/nologin' >>"$root/etc/passwd"
    echo 'waybill:x:10001:' >>"$root/etc/group"
fi
if [ "$(id -u)" -eq 0 ]; then
    chown 10001:10001 "$root/var/lib/waybill"
fi
