#!/bin/sh
# Prints the first Python here that is new enough and can make an environment; otherwise says what is missing.
enough='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
for name in python3.11 python3.12 python3.13 python3; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c "$enough" 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
{
    echo "Python 3.11 or newer with its venv module is needed and was not found."
    if command -v python3 >/dev/null 2>&1; then
        echo "Found: $(python3 --version)$(python3 -c 'import venv, ensurepip' 2>/dev/null || echo ', without venv')."
    fi
    echo "On Debian or Ubuntu: apt-get install python3 python3-venv. On Fedora: dnf install python3."
} >&2
exit 1
