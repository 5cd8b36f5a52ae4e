"""How long each verb of the packaged case takes, and the brief in each of its forms.

    python benchmarks/verb_speed.py [--rounds 5]

Every run is a fresh process, as a user runs it, the packaged case built and the charts drawn by one run before. Times
are those from start to end; peak memory is that of the one process.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from command_speed import run
from report import figure, heading, machine

VERBS = (
    "claims", "sources", "disagreements", "gaps", "forces", "consent", "tasks", "operations", "mandates", "rank",
    "dependence", "visits", "motives", "check",
)  # fmt: skip
VERB, BRIEF, BRIEF_MB = 1.0, 5.0, 400.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="garant-bench-") as name:
        folder = Path(name)
        heading("Verbs on the packaged case: median seconds of a fresh process")
        for verb in VERBS:
            _measured(verb, [verb, "--case", "caf", "--json"], given.rounds, folder, VERB)
        heading("The brief on the packaged case")
        for form in ("html", "md", "json", "pdf"):
            words = ["brief", "--case", "caf", "--output", f"brief.{form}"]
            peak = _measured(form, words, given.rounds, folder, None if form == "pdf" else BRIEF)
            figure(f"{form}: peak memory", peak, "MB", below=BRIEF_MB)


def _measured(what: str, words: list[str], rounds: int, folder: Path, below: float | None) -> float:
    """Print the median of some runs after one that is not counted; the highest peak of memory in MB."""
    runs = [run(*words, folder=folder) for _ in range(rounds + 1)]
    figure(what, statistics.median(r.time.wall for r in runs[1:]), "s", below=below)
    return max(r.peak for r in runs[1:])


if __name__ == "__main__":
    main()
