"""Kills an import at random moments, and looks at what is left of the case.

    python benchmarks/kills.py [--kills 200] [--claims 30000]

Every run takes a fresh copy of a case that holds 1,000 claims and 100 reviews, starts the real command
(`garant import FILE --case DIR`) on a file of many claims, and kills it (SIGKILL) at a random moment. Then the case
is opened anew and everything in it is read: the database must call its file whole, every claim's id must be that of
its content, and the case must hold exactly what it held before, or exactly that and the whole file: nothing
between. Every tenth time the same import is run again and must complete the case.

The phase of a kill is what was seen of the process just before it:

    before        it does not hold the ledger's write lock yet (starting, opening)
    writing       it holds the lock and has written nothing into the ledger's log yet (the changes are in memory)
    writing out   it holds the lock and the log (`-wal`) has grown
    after         it has let go of the lock (closing, printing)
    ended         it was over before the kill came; it must have succeeded

Nine kills in ten are drawn over the time in which it holds the lock, a few of those just when the log begins to
grow, and one in ten over the whole run. Ends with exit 1 if a case is found in any other state.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from aftermath import State, state_of
from generate import write
from report import Stopwatch, heading, machine

GARANT = Path(sys.executable).with_name("garant")
OLD_CLAIMS, REVIEWS = 1_000, 100
PHASES = ("before", "writing", "writing out", "after", "ended")
WHILE_WRITING = ("writing", "writing out")
#: Of all kills, at least this share is to fall while it writes.
WANTED = 0.75
#: Byte of the `-shm` file that SQLite locks for the one writer, in write-ahead logging.
_WRITE_LOCK = 120
_POLL = 0.002
#: Opening a ledger may take the lock for a moment; a writer is seen holding it more often than this.
_OPENING = 2
_EVERY = 10
_PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Plan:
    """What all runs share: the case to copy, the file to import, the two states allowed, and how long phases take."""

    base: Path
    file: Path
    old: State
    new: State
    starting: float
    writing: float
    writing_out: float
    total: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One kill: its phase, the state found (`old`, `new` or what is wrong), and whether a second import was made."""

    phase: str
    found: str
    completed: bool = False


class Import:
    """A running import of a file into a copy of a case, watched from outside."""

    def __init__(self, case: Path, file: Path) -> None:
        self._log, self._shared = case / "ledger.db-wal", case / "ledger.db-shm"
        command: list[str | Path] = [GARANT, "import", file, "--case", case]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self._begun = time.perf_counter()
        self._seen_locked = 0

    def phase(self) -> str:
        """What can be seen of it now."""
        if self.process.poll() is not None:
            return "ended"
        if self._holds_lock():
            self._seen_locked += 1
            return "writing out" if self._log_size() else "writing"
        return "after" if self._seen_locked > _OPENING else "before"

    def wait_for(self, *phases: str) -> float:
        """Wait until it is in one of the phases, or has ended; seconds since its start."""
        while self.phase() not in (*phases, "after", "ended"):
            time.sleep(_POLL)
            if self.seconds() > _PATIENCE:
                self.process.kill()
                raise SystemExit(f"an import took longer than {_PATIENCE} seconds")
        return self.seconds()

    def watch(self, seconds: float) -> None:
        """Look at it for some time, so that letting go of the lock is told from not having it yet."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.phase()
            time.sleep(min(left, _POLL))

    def seconds(self) -> float:
        """Since its start."""
        return time.perf_counter() - self._begun

    def kill(self) -> str:
        """SIGKILL, and wait until it is gone; what it had complained of, if it had failed by itself."""
        self.process.kill()
        _, complaint = self.process.communicate()
        return complaint.decode(errors="replace") if self.process.returncode not in (0, -signal.SIGKILL) else ""

    def finish(self) -> str:
        """Let it end; what it complains of, empty if it succeeds."""
        _, complaint = self.process.communicate(timeout=_PATIENCE)
        return complaint.decode(errors="replace") if self.process.returncode else ""

    def _log_size(self) -> int:
        return self._log.stat().st_size if self._log.exists() else 0

    def _holds_lock(self) -> bool:
        """Whether the write lock is taken: it cannot be had here. If it can, it is given back at once."""
        import fcntl  # here: this benchmark alone needs a Unix

        try:
            with self._shared.open("r+b") as shared:
                fcntl.lockf(shared, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _WRITE_LOCK)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False


def prepare(folder: Path, claims: int) -> Plan:
    """Make the case and the file, and watch one import that nobody kills."""
    from garant.case import Case, init  # here: the runs are other processes and need none of it

    write(folder / "old.jsonl", OLD_CLAIMS, seed=11, sources=20, prefix="old")
    write(folder / "new.jsonl", claims, seed=12, sources=200, prefix="new")
    base = init(folder / "base", country="CAF")
    case = Case.open(base)
    case.import_(folder / "old.jsonl")
    for row in case.claims(status="all", as_of="9999", limit=REVIEWS).rows:
        case.review(row["id"], "reject", by="benchmark")
    with closing(sqlite3.connect(base / "ledger.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that a copy begins with an empty log
    old = state_of(base)
    whole = folder / "whole"
    shutil.copytree(base, whole)
    running = Import(whole, folder / "new.jsonl")
    starting = running.wait_for(*WHILE_WRITING)
    growing = running.wait_for("writing out")
    written = running.wait_for("after")
    if complaint := running.finish():
        raise SystemExit(f"the import fails even if nobody kills it: {complaint}")
    total = running.seconds()
    new = state_of(whole)
    if new.claims != old.claims + claims:
        raise SystemExit(f"the import added {new.claims - old.claims} of {claims} claims")
    return Plan(base, folder / "new.jsonl", old, new, starting, written - starting, max(written - growing, 0.05), total)


def one_kill(plan: Plan, number: int) -> Outcome:
    """Copy, import, kill, look."""
    draw = random.Random(number)
    with tempfile.TemporaryDirectory(prefix=f"kill-{number}-", dir=plan.base.parent) as name:
        case = Path(name) / "case"
        shutil.copytree(plan.base, case)
        running = Import(case, plan.file)
        aim = draw.random()
        if aim < 0.1:
            delay = draw.uniform(0, plan.total)
        elif aim < 0.25:
            running.wait_for("writing out")
            delay = draw.uniform(0, plan.writing_out)
        else:
            running.wait_for(*WHILE_WRITING)
            delay = draw.uniform(0, plan.writing)
        running.watch(delay)
        phase = running.phase()
        if complaint := running.kill():
            return Outcome(phase, f"the import failed by itself: {complaint.strip()}")
        found = _named(state_of(case), plan)
        if number % _EVERY or found not in ("old", "new"):
            return Outcome(phase, found)
        if complaint := Import(case, plan.file).finish():
            return Outcome(phase, f"the second import fails: {complaint.strip()}")
        again = _named(state_of(case), plan)
        return Outcome(phase, found if again == "new" else f"after a second import: {again}", completed=True)


def _named(state: State, plan: Plan) -> str:
    if state.trouble:
        return state.trouble
    if state in (plan.old, plan.new):
        return "old" if state == plan.old else "new"
    return f"between: {state.claims} claims, {state.sources} sources, {state.reviews} reviews"


def print_table(outcomes: list[Outcome]) -> bool:
    """Kills by phase and state found; whether every case was in one of the two states."""
    found = Counter((o.phase, o.found if o.found in ("old", "new") else "else") for o in outcomes)
    print(f"{'phase':<14}{'kills':>8}{'old state':>12}{'new state':>12}{'anything else':>16}")
    for phase in PHASES:
        row = [found[phase, state] for state in ("old", "new", "else")]
        print(f"{phase:<14}{sum(row):>8}{row[0]:>12}{row[1]:>12}{row[2]:>16}")
    row = [sum(found[phase, state] for phase in PHASES) for state in ("old", "new", "else")]
    print(f"{'all':<14}{sum(row):>8}{row[0]:>12}{row[1]:>12}{row[2]:>16}")
    while_writing = sum(o.phase in WHILE_WRITING for o in outcomes)
    reached = while_writing >= WANTED * len(outcomes)
    verdict = "PASS" if reached else "FAIL"
    print(f"\n{while_writing} of {len(outcomes)} kills while it wrote   required: at least {WANTED:.0%}   {verdict}")
    print(f"{sum(o.completed for o in outcomes)} second imports, each checked to complete the case")
    for outcome in outcomes:
        if outcome.found not in ("old", "new"):
            print(f"  {outcome.phase}: {outcome.found}")
    return not row[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--claims", type=int, default=30_000, help="claims in the file that is imported")
    given = parser.parse_args()
    print(machine())
    heading(f"{given.kills} kills of an import of {given.claims:,} claims into a case of {OLD_CLAIMS:,}")
    with tempfile.TemporaryDirectory(prefix="garant-bench-") as name, Stopwatch() as time_taken:
        plan = prepare(Path(name), given.claims)
        print(
            f"unharmed, it takes {plan.total:.1f} s: {plan.starting:.1f} s to its write lock, "
            f"{plan.writing:.1f} s with it, of which {plan.writing_out:.1f} s with a growing log\n"
        )
        with ProcessPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
            outcomes = list(pool.map(one_kill, [plan] * given.kills, range(given.kills)))
    whole = print_table(outcomes)
    print(f"{time_taken.wall:,.0f} s in all")
    print("\nEvery case was whole." if whole else "\nA case was NOT whole.")
    sys.exit(0 if whole else 1)


if __name__ == "__main__":
    main()
