"""How fast a large ledger takes claims in and answers.

    python benchmarks/ledger_speed.py [--claims 1000000] [--file CLAIMS.jsonl]

Makes a case in a temporary folder, imports generated claims with every check, then asks. Everything goes through
the public `Case`; nothing is switched off. Each question has a type, a provider, a host and all three dates, and is
drawn as the claims are: the frequent combinations are asked most. Two tables of times: `Case.claims`, which is what
a user waits for (records, names filled in, and the count of what `known_on` hides), and `Case.query` with
`Case.entries` alone.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import garant
from garant.case import Case, init
from generate import Claims, write
from report import Stopwatch, figure, heading, machine, peak_mb, spread

LIMIT = 1000
IMPORT_RATE, QUERY_MS = 8_000, 50
_REVIEWS = 200
Question = dict[str, Any]


def questions(number: int, seed: int = 7) -> Iterator[Question]:
    """Questions by type, provider and host with three dates, drawn as often as claims have them together."""
    draw = random.Random(seed)
    today = datetime.now(UTC).date().isoformat()
    sides = ((c["type"], *(_first(c, role) for role in ("provider", "host"))) for c in Claims(seed).claims())
    whole = (side for side in sides if None not in side)
    for type, provider, host in itertools.islice(whole, number):
        yield {
            "type": type,
            "provider": provider,
            "host": host,
            "as_of": _date(draw),
            "known_on": _date(draw),
            "ledger_on": today,
        }


def measure_import(case: Case, file: Path, claims: int) -> bool:
    heading(f"Import of {claims:,} claims ({file.stat().st_size / 1e6:,.0f} MB of JSON lines), with every check")
    with Stopwatch() as time:
        rows = {row["what"]: row for row in case.import_(file)}
    if rows["claims"]["added"] != claims:
        raise SystemExit(f"the import added {rows['claims']['added']} of {claims} claims")
    figure("time", time.wall, "s")
    passes = figure("speed", claims / time.wall, "claims/s", at_least=IMPORT_RATE)
    figure("speed by processor time alone", claims / time.cpu, "claims/s")
    figure("peak memory", peak_mb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), "MB")
    size = case.ledger.path.stat().st_size
    figure("size of the ledger", size / 1e6, "MB")
    figure("size of the ledger for each claim", size / claims, "bytes")
    return passes


def measure_questions(case: Case, number: int) -> bool:
    asked = list(questions(number))
    heading(f"{number} questions by type, provider and host with as_of, known_on and ledger_on, at most {LIMIT} claims")
    with Stopwatch() as first:
        case.claims(**asked[0], limit=LIMIT)
    figure("the first question of a process (matches every name once)", 1000 * first.wall, "ms")
    sizes, whole, bare = [], [], []
    for question in asked:
        with Stopwatch() as time:
            sizes.append(len(case.claims(**question, limit=LIMIT)))
        whole.append(time)
        with Stopwatch() as time:
            case.entries(case.query(**question, limit=LIMIT))
        bare.append(time)
    _sizes(sizes)
    passes = spread("Case.claims", whole, below=QUERY_MS)
    spread(
        f"Case.claims, answers of fewer than {LIMIT}", [t for t, n in zip(whole, sizes, strict=True) if 0 < n < LIMIT]
    )
    spread(f"Case.claims, answers cut at {LIMIT}", [t for t, n in zip(whole, sizes, strict=True) if n == LIMIT])
    spread("Case.query + Case.entries", bare)
    return passes


def measure_broad(case: Case, number: int) -> None:
    heading(f"{number} broad questions (a side or two left out), at most {LIMIT} claims; nothing is required of them")
    for kept in (("provider", "host"), ("type", "host"), ("host",)):
        times = []
        for question in questions(number, seed=8):
            narrowed = {k: v for k, v in question.items() if k not in ("type", "provider", "host") or k in kept}
            with Stopwatch() as time:
                case.claims(**narrowed, limit=LIMIT)
            times.append(time)
        spread(" and ".join(kept), times)


def measure_upkeep(case: Case, file: Path, folder: Path, *, check: bool) -> None:
    heading("Small changes to the large ledger")
    record = next(Claims(99).claims()) | {"source": "src-0001", "locator": "p:1", "says": "One more."}
    for key in ("row", "start", "end", "quote"):
        record.pop(key, None)
    question = next(questions(1))
    with Stopwatch() as time:
        case.claims(**question, limit=LIMIT)
    figure("a question before", 1000 * time.wall, "ms")
    with Stopwatch() as time:
        case.add(record)
    figure("adding one claim", 1000 * time.wall, "ms")
    for what in ("the same question after it", "the same question again"):
        with Stopwatch() as time:
            case.claims(**question, limit=LIMIT)
        figure(what, 1000 * time.wall, "ms")
    ids = [row["id"] for row in case.claims(limit=_REVIEWS, as_of="9999")]
    with Stopwatch() as time:
        for id in ids:
            case.review(id, "accept", by="benchmark")
    figure(f"a review, mean of {len(ids)}", 1000 * time.wall / len(ids), "ms")
    part = folder / "again.jsonl"
    with file.open(encoding="utf-8") as lines:
        again = [line for line in itertools.islice(lines, 10_500) if '"publisher":' not in line][:10_000]
    part.write_text("".join(again), encoding="utf-8")
    with Stopwatch() as time:
        rows = case.import_(part).rows
    figure(f"importing {len(again):,} known claims again (added {rows[0]['added']})", time.wall, "s")
    if check:
        with Stopwatch() as time:
            found = case.check()
        figure(f"check of everything ({len(found):,} remarks)", time.wall, "s")
        if errors := [row for row in found if row["severity"] == "error"]:
            raise SystemExit(f"check found {len(errors)} errors, the first: {errors[0]}")
    figure("peak memory of it all", peak_mb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), "MB")


def _sizes(sizes: Sequence[int]) -> None:
    edges = (0, 1, 10, 100, LIMIT, LIMIT + 1)
    for low, high in itertools.pairwise(edges):
        count = sum(low <= n < high for n in sizes)
        name = str(low) if high == low + 1 else f"{low}-{high - 1}"
        figure(f"answers of {name} claims", count, "questions")


def _first(claim: dict[str, Any], role: str) -> str | None:
    return next((a["name"] for a in claim["actors"] if a["role"] == role), None)


def _date(draw: random.Random) -> str:
    """A day, month or year of 2008 to 2026."""
    day = f"{draw.randint(2008, 2026)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
    return day[: draw.choice((4, 7, 10))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path, help="claims made by generate.py before (with --claims of them)")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--skip-check", action="store_true", help="leave out 'check', which reads every claim again")
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="garant-bench-") as name:
        folder = Path(name)
        file = given.file or folder / "claims.jsonl"
        if not given.file:
            with Stopwatch() as time:
                write(file, given.claims)
            figure("generating the claims", time.wall, "s")
        case = garant.open(init(folder / "case", country="CAF"))
        passes = measure_import(case, file, given.claims)
        passes &= measure_questions(case, given.questions)
        measure_broad(case, 5)
        measure_upkeep(case, file, folder, check=not given.skip_check)
    print("\nAll requirements on the ledger are met." if passes else "\nA requirement on the ledger is NOT met.")


if __name__ == "__main__":
    main()
