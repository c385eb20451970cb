#!/bin/sh
# Writes the three locks: universal, with hashes, naming no registry. UPGRADE=1 takes newer versions.
set -eu
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
        --custom-compile-command "make lock" ${UPGRADE:+--upgrade} "$@"
}
compile pyproject.toml --output-file requirements.lock
compile pyproject.toml --extra dev --output-file requirements-dev.lock
echo uv | compile - --output-file ops/bootstrap.lock
