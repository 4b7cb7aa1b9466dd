#!/bin/sh
# Builds the fuzz targets with the stable toolchain (edge coverage counters, no sanitizer) and runs each of them.
set -eu
cd "$(dirname "$0")/../fuzz"
seconds=$1
shift
host=$(rustc -vV | sed -n 's/^host: //p')
level="-Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module $level -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
cargo build --release --target "$host"
for target in "$@"; do
    mkdir -p "artifacts/$target" "target/found/$target"
    echo "$target: $seconds s"
    "target/$host/release/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -max_len=1048576 \
        -artifact_prefix="artifacts/$target/" -print_final_stats=1 "target/found/$target" "corpus/$target" \
        2> "target/found/$target.log" || { tail -40 "target/found/$target.log"; exit 1; }
    grep -E "stat::number_of_executed_units|cov:" "target/found/$target.log" | tail -2
done
