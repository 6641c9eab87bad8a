#!/bin/sh
# Bring the set-up up to date (scripts/set_up.py): with .venv's own Python once .venv is complete,
# before that with the newest Python of this machine.
set -eu
cd "$(dirname "$0")/.."
if [ -f .venv/stamp ] && .venv/bin/python -c '' >/dev/null 2>&1; then
    exec .venv/bin/python -m scripts.set_up "$@"
fi
python=$(sh scripts/find_python.sh)
exec "$python" -m scripts.set_up "$@"
