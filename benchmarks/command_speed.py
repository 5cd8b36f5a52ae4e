"""How long a user waits for the commands, and how much memory they take.

    python benchmarks/command_speed.py

Every run is a fresh process of the installed command, timed from its start to its end; "warm" means that one run
before has built the packaged case into its cache (a cache of its own here, in a temporary folder). Peak memory is
what the system counted for that one process. Nothing of Garant is imported here: a child's peak begins with that of
its parent.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from report import Stopwatch, figure, heading, machine, peak_mb, spread

GARANT = Path(sys.executable).with_name("garant")
HELP_MS, BRIEF_MS, BRIEF_MB = 600, 3_000, 300


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: its times, and the peak of its memory in MB."""

    time: Stopwatch
    peak: float


def run(*words: str, folder: Path) -> Run:
    """Run the command in a folder and wait for it; SystemExit if it fails."""
    environment = {**os.environ, "GARANT_CACHE": str(folder / "cache")}
    with Stopwatch() as time, (folder / "printed").open("wb") as out:
        child = subprocess.Popen([GARANT, *words], cwd=folder, env=environment, stdout=out, stderr=out)
        _, status, used = os.wait4(child.pid, 0)
    time.cpu = used.ru_utime + used.ru_stime  # the child's, not ours
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        printed = (folder / "printed").read_text(encoding="utf-8", errors="replace")
        raise SystemExit(f"garant {' '.join(words)}: exit {child.returncode} after {time.wall:.1f} s\n{printed}")
    return Run(time, peak_mb(used.ru_maxrss))


def measure(times: int, *words: str, folder: Path, below: float | None = None) -> tuple[bool, float]:
    """Times of a command after one run to warm up, printed; whether they pass, and the highest peak of memory."""
    cold = run(*words, folder=folder)
    figure(f"garant {words[0]}: first run (not counted below)", 1000 * cold.time.wall, "ms")
    runs = [run(*words, folder=folder) for _ in range(times)]
    passes = spread(f"garant {words[0]}", [r.time for r in runs], below=below)
    return passes, max(r.peak for r in [cold, *runs])


def main() -> None:
    print(machine())
    heading("Commands: seconds from start to end of a fresh process")
    with tempfile.TemporaryDirectory(prefix="garant-bench-") as name:
        folder = Path(name)
        passes, _ = measure(7, "--help", folder=folder, below=HELP_MS)
        quick, peak = measure(5, "brief", "--case", "caf", "--output", "brief.html", folder=folder, below=BRIEF_MS)
        lean = figure("garant brief: peak memory, highest of all runs", peak, "MB", below=BRIEF_MB)
        _, peak = measure(5, "claims", "--case", "caf", "--provider", "RWA", "--host", "CAF", "--json", folder=folder)
        figure("garant claims: peak memory, highest of all runs", peak, "MB")
    met = passes and quick and lean
    print("\nAll requirements on the commands are met." if met else "\nA requirement on the commands is NOT met.")


if __name__ == "__main__":
    main()
