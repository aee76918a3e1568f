#!/bin/sh
# Chromium and a font with all Vietnamese marks, from Debian, when they are missing and we may install them.
if command -v chromium >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  if apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; then
    exit 0
  fi
fi
echo "Chromium is not here and could not be installed: the browser tests will be skipped." >&2
echo "On Debian: apt-get install chromium fonts-noto-core" >&2
