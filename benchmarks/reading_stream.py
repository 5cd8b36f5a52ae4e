"""Many documents through `garant read` on a few processes: documents a second, and memory as they go through.

    python benchmarks/reading_stream.py [--documents 1000] [--processes 2] [--kills 0]

Documents of 800 words are made of our own sentences with other states, numbers, towns, persons and dates in each, so
that no two are alike and the vocabulary grows as that of news does; one in fifty is a shortened copy of another. Memory
is that of the command and its workers together, with what they share counted once (Pss), ten times in the run. With
`--kills` the run is killed so many times on its way and started again; the ledger must hold what an uninterrupted run
holds.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from garant.case import Case, init
from report import heading, machine

GARANT = Path(sys.executable).with_name("garant")
WORDS = 800
STATES = [
    "Ghana",
    "Kenya",
    "Togo",
    "Chad",
    "Niger",
    "Nepal",
    "Jordan",
    "Uruguay",
    "Bangladesh",
    "Senegal",
    "Uganda",
    "Burundi",
    "Egypt",
    "Pakistan",
]
HOSTS = [
    "Mali",
    "Haiti",
    "Somalia",
    "Mozambique",
    "Liberia",
    "Lebanon",
]
MONTHS = [
    "January",
    "March",
    "April",
    "June",
    "July",
    "September",
    "October",
    "December",
]
CLAIMS = (
    "{state} sent {many} soldiers to {host} on {day} {month} {year}.",
    "At least {few} civilians were killed when gunmen attacked the market of {town} on {day} {month}, police said.",
    "{person}, who leads the ministry of defence of {state}, said that {many} police officers would leave {host}.",
    "{state} and {host} signed an agreement on the training of {many} recruits in {month} {year}.",
    "Around {few} peacekeepers were wounded near {town} when their convoy was ambushed.",
    "Officers from {state} trained {many} soldiers of {host} in the camp of {town}.",
    "The president of {state}, {person}, visited {host} on {day} {month} {year}.",
)
FILLERS = (
    "The valley of {town} lies between two ranges of hills, and its river runs dry at the end of the summer.",
    "Traders in {town} said that the price of salt had doubled because the road to {other} was closed by the rains.",
    "{person}, a teacher who has lived in {town} for years, remembered how it looked before the railway came.",
    "The bridge at {other} was built by {person} and has not been painted since.",
    "Farmers from {other} sell their maize in {town}, where {person} keeps a store beside the church.",
    "In the evening the children of {town} carry water home from the well that {person} dug.",
)
SYLLABLES = [
    "ba",
    "ko",
    "mu",
    "ra",
    "ti",
    "lo",
    "se",
    "nga",
    "di",
    "wa",
    "ye",
    "ma",
    "zo",
    "fi",
    "ru",
    "ka",
    "pe",
    "no",
]


def name(chooser: random.Random) -> str:
    return "".join(chooser.choices(SYLLABLES, k=chooser.randint(2, 4))).capitalize()


def document(number: int) -> str:
    """A document; the same for the same number."""
    if number % 50 == 49:
        lines = document(number - 7).split("\n\n")
        return "\n\n".join(["(Our correspondent)", *lines[2 : len(lines) * 3 // 4]])
    chooser = random.Random(number)
    paragraphs = [f"Letter {number} from {name(chooser)}"]
    while sum(len(p.split()) for p in paragraphs) < WORDS:
        chosen = [chooser.choice(CLAIMS), *chooser.sample(FILLERS, 2)]
        filled = [
            sentence.format(
                state=chooser.choice(STATES), host=chooser.choice(HOSTS), town=name(chooser), other=name(chooser),
                person=f"{name(chooser)} {name(chooser)}", many=f"{chooser.randint(1, 90) * 50:,}",
                few=chooser.randint(3, 60), day=chooser.randint(1, 28), month=chooser.choice(MONTHS),
                year=chooser.randint(2001, 2022),
            ) for sentence in chosen
        ]  # fmt: skip
        paragraphs.append(" ".join(filled))
    return "\n\n".join(paragraphs)


def write(folder: Path, documents: int) -> None:
    for number in range(documents):
        at = folder / f"{number // 1000:03d}"
        at.mkdir(parents=True, exist_ok=True)
        (at / f"letter-{number:06d}.txt").write_text(document(number), encoding="utf-8")


def memory(process: int) -> float:
    """Megabytes of a process and its children, pages that they share counted once."""
    kilobytes = 0
    with suppress(OSError):
        children = [
            int(c) for t in Path(f"/proc/{process}/task").iterdir() for c in (t / "children").read_text().split()
        ]
        for each in (process, *children):
            with suppress(OSError):
                rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
                kilobytes += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return kilobytes / 1024


class Run:
    """One run of the command on a folder; counts the documents whose claims it prints, and samples its memory."""

    def __init__(self, folder: Path, case: Path, processes: int) -> None:
        words = [str(GARANT), "read", str(folder), "--case", str(case), "--published", "2023-03-01"]
        self.started = time.monotonic()
        self.process = subprocess.Popen([*words, "--processes", str(processes), "--json"],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
        self.documents = self.claims = 0
        self.stderr = ""
        self._threads = [threading.Thread(target=self._count), threading.Thread(target=self._errors)]
        for thread in self._threads:
            thread.start()

    def _count(self) -> None:
        last = ""
        for line in self.process.stdout or ():
            doc = line.partition('"doc": "')[2].partition('"')[0]
            self.claims += 1
            self.documents += doc != last
            last = doc

    def _errors(self) -> None:
        self.stderr = self.process.stderr.read() if self.process.stderr else ""

    def wait(self) -> float:
        """Seconds until it ended."""
        self.process.wait()
        for thread in self._threads:
            thread.join()
        return time.monotonic() - self.started


def state(case: Path) -> tuple[set[str], set[tuple[str, str, tuple[str, ...]]]]:
    """What a case holds: ids of claims, and sources with what they copy."""
    opened = Case.open(case)
    sources = {(s.id, s.sha256 or "", tuple(s.derived_from or ())) for s in opened.ledger.sources().values()}
    return {str(c.id) for c in opened.ledger.claims_whole()}, sources


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--kills", type=int, default=0)
    given = parser.parse_args()
    heading("Streaming documents")
    print(machine())
    with tempfile.TemporaryDirectory() as held:
        folder, case = Path(held, "letters"), Path(held, "case")
        write(folder, given.documents)
        init(case, country="MLI")
        run, samples = Run(folder, case, given.processes), []
        while run.process.poll() is None:
            if run.documents >= len(samples) * given.documents / 10:
                samples.append((run.documents, memory(run.process.pid)))
            time.sleep(0.05)
        seconds = run.wait()
        print(f"{given.documents} documents of {WORDS} words, {run.claims} claims, {given.processes} workers: "
              f"{seconds:.0f} s, {given.documents / seconds:.1f} documents a second")  # fmt: skip
        print("memory in MB after so many documents: " + ", ".join(f"{n}: {mb:.0f}" for n, mb in samples[1:]))
        again = Run(folder, case, given.processes)
        print(f"the same again, all of it known: {again.wait():.1f} s, {again.claims} claims")
        if given.kills:
            kills(folder, case, Path(held, "killed"), given.processes, given.kills, seconds)


def kills(folder: Path, whole: Path, case: Path, processes: int, times: int, seconds: float) -> None:
    """Kill a run again and again, let the last one end, and compare."""
    init(case, country="MLI")
    chooser, printed = random.Random(3), 0
    for _ in range(times):
        run = Run(folder, case, processes)
        time.sleep(3 + chooser.uniform(0, seconds / times))
        run.process.kill()
        run.wait()
        printed += run.claims
    last = Run(folder, case, processes)
    last.wait()
    same = state(whole) == state(case)
    print(f"killed {times} times, then run to the end: the ledger is {'the same' if same else 'ANOTHER'}")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
