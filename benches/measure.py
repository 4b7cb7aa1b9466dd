"""Measures whole processes: wall clock, user and system time, peak memory, from the kernel's accounting (wait4)."""

import dataclasses
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

LIMIT_S = 300.0
LONG_S = 60.0


@dataclasses.dataclass
class Contender:
    """A program and its command for the job; `note` states how its result differs from merestone's."""

    name: str
    command: list
    note: str = ""
    environment: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Job:
    """One question to several programs; the first contender is merestone."""

    id: str
    title: str
    input: str
    contenders: list
    reach: str


@dataclasses.dataclass
class Figures:
    """Measurements of one contender; `failure` where there are none."""

    seconds: list = dataclasses.field(default_factory=list)
    cpu: list = dataclasses.field(default_factory=list)
    peak_mb: list = dataclasses.field(default_factory=list)
    failure: str = ""

    def median(self):
        return statistics.median(self.seconds) if self.seconds else None

    def peak(self):
        return max(self.peak_mb, default=None)


def once(contender):
    """Runs a command once: (seconds, cpu seconds, peak MB), or the reason for the failure as a string."""
    with tempfile.TemporaryFile() as said:
        start = time.monotonic()
        try:
            process = subprocess.Popen(
                contender.command,
                stdout=subprocess.DEVNULL,
                stderr=said,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **contender.environment},
                start_new_session=True,
            )
        except OSError as error:
            return f"did not start: {error}"
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - start > LIMIT_S:
                os.killpg(process.pid, 9)
                os.wait4(process.pid, 0)
                process.returncode = -9
                return "exceeded five minutes"
            time.sleep(0.0005 if time.monotonic() - start < 0.5 else 0.01)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        # Exit code 1 is a result: `check` found errors.
        if process.returncode not in (0, 1) or (process.returncode == 1 and contender.name != "merestone"):
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            return f"failed: {lines[-1][:120] if lines else process.returncode}"
        return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(job, runs):
    """Figures of each contender by name; the contenders' runs alternate."""
    figures = {contender.name: Figures() for contender in job.contenders}
    for turn in range(runs):
        for contender in job.contenders:
            mine = figures[contender.name]
            if mine.failure or (mine.seconds and mine.seconds[0] > LONG_S):
                continue
            outcome = once(contender)
            if isinstance(outcome, str):
                mine.failure = outcome
            else:
                mine.seconds.append(outcome[0])
                mine.cpu.append(outcome[1])
                mine.peak_mb.append(outcome[2])
            print(f"  {turn + 1}  {contender.name}: {outcome}  {shlex.join(contender.command)[:60]}", file=sys.stderr)
    return figures
