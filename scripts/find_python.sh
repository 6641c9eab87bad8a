#!/bin/sh
# Print the path of the newest Python that works, from 3.14 down to 3.11, then whatever python3 is.
# One that is on PATH but fails when it is started (a version manager's shim, say) is passed over.
# PYTHON=/path/to/python chooses one.
set -eu

is_good() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    if is_good "$PYTHON"; then
        command -v "$PYTHON"
        exit 0
    fi
    echo "PYTHON=$PYTHON does not run, or is older than 3.11. Name another, or leave PYTHON unset." >&2
    exit 1
fi

for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
    if command -v "$name" >/dev/null 2>&1 && is_good "$name"; then
        command -v "$name"
        exit 0
    fi
done

cat >&2 <<'MESSAGE'
No working Python 3.11 or newer was found on PATH.
  Debian, Ubuntu: apt-get install python3 python3-pip
  Fedora:         dnf install python3 python3-pip
  macOS:          brew install python
  elsewhere:      https://www.python.org/downloads/
Then run the same command again; or point to one: make ... PYTHON=/path/to/python3
MESSAGE
exit 1
