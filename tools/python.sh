#!/bin/sh
# Builds the Python package in a clean virtual environment, as `pip install .` does, and runs its tests with and without
# geopandas; with `scale` after it, the recipes of docs/scale.md, too. The first argument is the program to hold answers
# against. Says so, and stops, where pip reaches no packages.
set -eu
cd "$(dirname "$0")/.."
package=bindings/python
program=${1:-target/debug/merestone}
environment=target/python

if ! python3 -c "import ensurepip, venv" 2>/dev/null; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "the Python package has not been tested: python3 with venv is needed" >&2
        exit 0
    fi
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo"
    fi
    echo "Installing python3-venv"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq python3-venv >/dev/null
fi

rm -rf "$environment"
python3 -m venv "$environment"
python="$PWD/$environment/bin/python"
if ! "$python" -m pip install --quiet --disable-pip-version-check "maturin>=1.9,<2"; then
    echo "the Python package has not been tested: pip cannot install maturin" >&2
    exit 0
fi

# With the profile of the other tests and in their folder, so that dependencies are compiled once.
export CARGO_TARGET_DIR="$PWD/target"
cargo fmt --check --manifest-path "$package/Cargo.toml"
PYO3_PYTHON="$python" cargo clippy --quiet --locked --manifest-path "$package/Cargo.toml" -- -D warnings
PATH="$PWD/$environment/bin:$PATH" MATURIN_PEP517_ARGS="--profile dev" \
    "$python" -m pip install --quiet --disable-pip-version-check --no-build-isolation "./$package"

export MERESTONE_PROGRAM="$PWD/$program"
"$python" -B -m unittest discover --start-directory "$package/tests"
"$python" -m pip install --quiet --disable-pip-version-check --requirement "$package/tests/requirements.txt"
"$python" -B -m unittest discover --start-directory "$package/tests"

if [ "${2:-}" = scale ]; then
    if ! command -v java >/dev/null 2>&1; then
        echo "error: Spark needs Java" >&2
        echo "hint: apt-get install default-jre-headless" >&2
        exit 2
    fi
    "$python" -m pip install --quiet --disable-pip-version-check --requirement "$package/tests/requirements-scale.txt"
    "$python" -B "$package/tests/scale.py"
fi
