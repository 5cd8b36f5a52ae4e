"""Precision and recall of reading on our own sentences, by type, and how often a stated confidence is right.

Run it as ``.venv/bin/python -m benchmarks.reading_accuracy`` (``--errors`` lists what was missed and invented,
``--calibrate`` prints the steps for src/garant/reading/words/calibration.yaml).
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.reading.judged import PUBLISHED, Expected, bounds, judged_types, right, sentences

from garant.claims import Claim
from garant.names import Names, world
from garant.reading import Reader

FILES = (
    "sentences.txt",
    "prose.txt",
    "discourse.txt",
    "news.txt",
    "reports.txt",
    "views.txt",
    "measures.txt",
    "french.txt",
)


def main() -> None:
    reader = Reader(Names(world().values()))
    for name in FILES:
        report(reader, name)


def report(reader: Reader, name: str) -> None:
    gold, found, matched, whole = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    curve: dict[float, list[bool]] = defaultdict(list)
    for judged in sentences(name):
        claims = [
            c
            for c in reader.read(judged.text, source="s", doc="s", published=PUBLISHED).claims
            if c.type in judged_types(name)
        ]
        left: list[Expected] = list(judged.claims)
        gold.update(e.type for e in left)
        for claim in sorted(claims, key=lambda c: not any(right(c, e) for e in left)):
            found[claim.type] += 1
            hit = _match(claim, left)
            matched[claim.type] += hit is not None
            correct = hit is not None and right(claim, hit)
            whole[claim.type] += correct
            curve[round(claim.confidence or 0, 2)].append(correct)
            if "--errors" in sys.argv and not correct:
                why = "WRONG" if hit else "INVENTED"
                actors = [(a.role, a.name) for a in claim.actors]
                print(why, claim.type, actors, bounds(claim), claim.time, claim.modality, "|", judged.text)
        if "--errors" in sys.argv:
            for missed in left:
                print("MISSED", missed.type, "|", judged.text)
    empty = sum(not j.claims for j in sentences(name))
    print(f"\n{name}: {len(sentences(name))} sentences, of which {empty} make no claim")
    print(f"{'type':20} {'coded':>6} {'found':>6} {'right type':>11} {'all right':>10}")
    for kind in [*sorted(gold | found), "all"]:
        counts = (gold, found, matched, whole)
        g, f, m, w = (c.total() if kind == "all" else c[kind] for c in counts)
        print(f"{kind:20} {g:6} {f:6} {m:11} {w:10}")
    g, f, m, w = (sum(c.values()) for c in (gold, found, matched, whole))
    for label, n in (("detection", m), ("every field right", w)):
        p, r = n / f, n / g
        print(f"{label}: precision {p:.2f}, recall {r:.2f}, F1 {2 * p * r / (p + r):.2f}")
    print("confidence: share right (claims)")
    for stated in sorted(curve):
        print(f"  {stated:.2f}: {sum(curve[stated]) / len(curve[stated]):.2f} ({len(curve[stated])})")


def _match(claim: Claim, left: list[Expected]) -> Expected | None:
    same = sorted((e for e in left if e.type == claim.type), key=lambda e: not right(claim, e))
    if same:
        left.remove(same[0])
        return same[0]
    return None


if __name__ == "__main__":
    main()
