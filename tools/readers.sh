#!/bin/sh
# Answers as other tools read them: GeoPandas, DuckDB, ogrinfo, and QGIS if qgis_process is on the path. Python packages that
# are missing are installed in target/readers; what cannot be installed is skipped, and a mismatch is an error.
set -eu
program=${1:-target/debug/merestone}
if ! command -v python3 >/dev/null 2>&1; then
    echo "skipped: readers: python3 is not installed"
    exit 0
fi
python=python3
if ! python3 -c "import duckdb, geopandas, pyarrow" 2>/dev/null; then
    python=target/readers/bin/python3
    if ! "$python" -c "import duckdb, geopandas, pyarrow" 2>/dev/null; then
        install() {
            python3 -m venv target/readers &&
                timeout 120 "$python" -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 15 \
                    --only-binary :all: -r tests/oracle/requirements.txt
        }
        if ! install >/dev/null 2>&1; then
            echo "skipped: readers: GeoPandas and DuckDB cannot be installed here"
            [ -x "$python" ] || python=python3
        fi
    fi
fi
"$python" -B tests/oracle/readers.py "$program"
# The oracle of QGIS needs numpy too.
if "$python" -c "import numpy" 2>/dev/null; then
    "$python" -B tests/oracle/qgis.py "$program" --quick
fi
