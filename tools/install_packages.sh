#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages of the named groups of tools/packages.txt that are missing: as root, or through sudo.
# Where neither is possible it stops and prints the command to run. usage: tools/install_packages.sh run [test ...]
set -eu
list=$(dirname "$0")/packages.txt
wanted=""
for group in "$@"; do
    found=$(awk -v group="$group" '$1 == group { print $2 }' "$list")
    [ -n "$found" ] || { echo "tools/packages.txt has no group '$group'" >&2; exit 64; }
    wanted="$wanted $found"
done

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is not Debian: please see to these yourself:" $(echo "$wanted" | sed 's/=[^ ]*//g') >&2
    exit 0
fi
missing=""
for entry in $wanted; do
    package=${entry%%=*}
    if [ "$package" != "$entry" ] && command -v "${entry#*=}" >/dev/null 2>&1; then continue; fi
    state=$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    case $state in ii*) ;; *) missing="$missing $package" ;; esac
done
[ -n "$missing" ] || exit 0

echo "Missing Debian packages:$missing"
install="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" -eq 0 ]; then
    root=""
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    root="sudo"
else
    echo "They cannot be installed from here: you are not root and sudo is not at hand. Please run as root:" >&2
    echo "    apt-get update && $install" >&2
    exit 77
fi
echo "Installing them${root:+ through sudo} ..."
$root env DEBIAN_FRONTEND=noninteractive apt-get update -q
# shellcheck disable=SC2086  # the list is split on purpose
$root env DEBIAN_FRONTEND=noninteractive $install
