"""Every benchmark, one report: printed, and written to build/bench.txt.

    python benchmarks/run.py [--claims 1000000] [--kills 20]

What the numbers mean:

Import          Claims a second from a file of JSON lines into a new case, with every check, in one transaction.
                Required: at least 8,000.
Peak memory     The most that the process held in memory at once.
Questions       From the call of `Case.claims` to its answer, in a process that holds the case open: by type, provider
                and host, with as_of, known_on and ledger_on, at most 1,000 claims. Required: a median under 50 ms.
                The first question of a process matches every name in the case to an entity and takes longer.
Streaming       300 documents of 800 words through `garant read` on two workers: documents a second, memory on the
                way (it must not grow with them), and a run that is killed twice and ends with the same ledger (else the
                command fails).
Small changes   One claim added, one review, 10,000 lines imported that are there already, and `check`, which reads
                and hashes every claim again.
Commands        From the start of a process to its end, as a user waits for it. Required: `--help` under 0.6 s, the
                packaged brief under 3 s and under 300 MB.
Verbs           Each verb of the packaged case as a fresh process: required under 1 s; the brief under 5 s (but for the
                PDF, which lays out a hundred pages) and under 400 MB.
Reconciling     10,000 claims held against one another: required under 20 s; 100 added to them: required under 1 s,
                and the same result as from scratch.
Exposure        A country's cells with 1,000 simulated surfaces, from start to end of a process: required under 5 s. A
                panel of the world's land cells by month, written as it is computed: required under 30 s.
Loading         A file of events against DuckDB's own reading of it in the same run: required at most 2.5 times its
                time, under 1.5 GB.
Overlap         Which events of two datasets are one, held against incidents labelled by hand: precision, recall,
                calibration; beside the nearest event. Needs the real data in ../shared, and says so without.
Contributions   A made-up month table of the UN, of 316,800 rows, in a copy of the packaged case: required are `load`
                under 8 s, each verb under 5 s, the brief under 12 s.
Kills           An import killed at random moments must leave the case as it was, or with the whole file in it.
                Required: no other state, and three kills in four while it writes. Of all that this report holds,
                only this decides whether the command succeeds.

"Median of processor time" is what the process computed itself; where it is far below the median beside it, the
machine was busy with other work. Machines are noisy: repeat a run that misses by little, on a quiet machine, and
compare runs of one machine only. 200 kills (`--kills 200`) take about ten minutes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

HERE = Path(__file__).parent
REPORT = HERE.parent / "build" / "bench.txt"


def run(report: TextIO, script: str, *options: str) -> int:
    """Run one benchmark in a process of its own, so that none counts another's memory; its exit code."""
    command = [sys.executable, "-u", str(HERE / script), *options]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
    assert child.stdout is not None  # noqa: S101  # it was asked for above
    tell(report, f"\n{'=' * 100}\n{' '.join([script, *options])}\n")
    for line in child.stdout:
        tell(report, line)
    return child.wait()


def tell(report: TextIO, text: str) -> None:
    """Print, and write into the report."""
    print(text, end="", flush=True)
    report.write(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000, help="claims in the large ledger")
    parser.add_argument("--kills", type=int, default=20)
    given = parser.parse_args()
    REPORT.parent.mkdir(exist_ok=True)
    with REPORT.open("w", encoding="utf-8") as report:
        tell(report, f"Benchmarks of Garant, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n")
        failed = [
            script
            for script, *options in (
                ("command_speed.py",),
                ("reading_stream.py", "--documents", "300", "--kills", "2"),
                ("verb_speed.py",),
                ("ledger_speed.py", "--claims", str(given.claims)),
                ("reconcile_speed.py",),
                ("exposure_speed.py",),
                ("load_speed.py",),
                ("overlap_accuracy.py",),
                ("contribution_speed.py",),
                ("kills.py", "--kills", str(given.kills)),
            )
            if run(report, script, *options)
        ]
        tell(report, f"\nFailed: {', '.join(failed)}\n" if failed else "\nAll benchmarks ran.\n")
    print(f"Report: {REPORT}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
