#!/bin/sh
# Runs after the files are gone, and before those of an upgrade come ("upgrade"). What was measured stays, until it is
# purged; and then too where somebody keeps it elsewhere.
set -e

case "$1" in
  upgrade | failed-upgrade | abort-*)
    exit 0
    ;;
esac

if [ -d /run/systemd/system ]; then
  systemctl disable --now ushelter-kiosk.service ushelter.service 2> /dev/null || true
  systemctl daemon-reload
fi

if [ -f '/etc/apparmor.d/${executable}' ]; then
  apparmor_parser --remove '/etc/apparmor.d/${executable}' 2> /dev/null || true
  rm -f '/etc/apparmor.d/${executable}'
fi

if [ "$1" = purge ]; then
  rm -rf /var/lib/ushelter
  deluser --quiet --system ushelter || true
fi
