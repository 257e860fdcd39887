#!/bin/sh
# Runs after the files are there, also after an upgrade. electron-builder fills in names in dollar and braces, and fails
# at any other: variables of the shell stand without braces.
set -e

app='/opt/${sanitizedProductName}'

if ! getent passwd ushelter > /dev/null; then
  adduser --system --group --home /var/lib/ushelter --no-create-home --shell /usr/sbin/nologin ushelter
fi
# gpio is there on a Raspberry Pi only.
for group in gpio dialout i2c video render input audio; do
  if getent group "$group" > /dev/null; then
    adduser --quiet ushelter "$group"
  fi
done

install -d -m 0750 -o root -g ushelter /etc/ushelter

# Electron keeps its sandbox: by user namespaces where the kernel has them, else by a helper that is setuid.
if unshare --user true 2> /dev/null; then
  chmod 0755 "$app/chrome-sandbox" || true
else
  chmod 4755 "$app/chrome-sandbox" || true
fi
profile="$app/resources/apparmor-profile"
if [ -f "$profile" ] && apparmor_status --enabled > /dev/null 2>&1; then
  if apparmor_parser --skip-kernel-load --debug "$profile" > /dev/null 2>&1; then
    cp -f "$profile" '/etc/apparmor.d/${executable}'
    apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
  fi
fi

if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  udevadm control --reload || true
  udevadm trigger --subsystem-match=backlight --action=add || true
  systemctl enable ushelter.service ushelter-kiosk.service
  # Without a site file both wait for one; with it, an upgrade takes effect now.
  systemctl restart ushelter.service ushelter-kiosk.service || true
fi
