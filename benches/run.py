#!/usr/bin/env python3
"""Runs merestone and its peers side by side on the same real files and writes BENCHMARKS.md.

    python3 benches/run.py [--only P1,P5] [--runs 5] [--no-scale] [--output BENCHMARKS.md]

Whole processes, from file to answer; runs in turns (ours, peer, peer, ours, …), medians. A command that takes over
60 s runs once; one that exceeds five minutes, or fails, says so in the table. Peers are installed by `peers.py` into
target/peers. Needs a release build: `make bench` makes one, with and without GDAL.
"""

import argparse
import os
import platform
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import jobs  # noqa: E402
import peers  # noqa: E402
import report  # noqa: E402
import scale  # noqa: E402
from measure import measure  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", help="jobs, as P1,P5")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-scale", action="store_true", help="leave out how cost grows")
    parser.add_argument("--output", type=Path, default=peers.ROOT / "BENCHMARKS.md")
    arguments = parser.parse_args()
    wanted = arguments.only.split(",") if arguments.only else None

    peers.install()
    peers.inputs()
    work = peers.TARGET / "work"
    work.mkdir(parents=True, exist_ok=True)
    results = []
    # The peers of the plate jobs install themselves on first use.
    with peers.postgis() as database:
        for job in jobs.all_jobs(work, database):
            if wanted is None or job.id in wanted:
                print(f"{job.id}  {job.title}", file=sys.stderr)
                results.append((job, measure(job, arguments.runs)))
    growth = [] if arguments.no_scale else scale.run(work, wanted)
    machine = f"{platform.processor() or platform.machine()}, {len(os.sched_getaffinity(0))} cores"
    # Analysis of missed targets from profiles; written by hand.
    remarks = (Path(__file__).parent / "remarks.md").read_text(encoding="utf-8")
    text = report.markdown(results, growth, machine, peers.versions(), remarks)
    arguments.output.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
