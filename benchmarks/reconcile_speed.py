"""How fast claims are held against one another, all at once and when some are added.

    python benchmarks/reconcile_speed.py [--claims 10000] [--added 100]

Twice: with a consistent case (tests/generated), in which events are told by several sources and little contradicts,
and with claims drawn at random (generate.py), nine in ten on one host, in which much does. Names are resolved and
disagreements assembled inside the measured time; reading the ledger is not. Adding must give what reconciling from
scratch gives, or the command fails.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from garant.claims import Claim, Source
from garant.names import Entity, Names, world
from garant.reconcile import Disagreement, Reconciler, assemble, same_events
from generate import Claims
from report import Stopwatch, figure, heading, machine, peak_mb

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.generated.consistent import consistent_case  # the line above makes it importable

SCRATCH, ADDING = 20.0, 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--added", type=int, default=100)
    given = parser.parse_args()
    print(machine())
    wanted = given.claims + given.added
    case = consistent_case(wanted)
    passed = measure("A consistent case", [*case.sources, *case.entities, *case.claims], wanted, given.added)
    drawn = Claims(3)
    records = [*drawn.sources(), *itertools.islice(drawn.claims(), wanted)]
    passed &= measure("Claims drawn at random", records, wanted, given.added)
    figure("Peak memory", peak_mb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), "MB")
    sys.exit(0 if passed else 1)


def measure(what: str, records: Iterable[dict[str, Any]], wanted: int, added: int) -> bool:
    """Time one set of records; whether everything required of it holds."""
    claims, sources, entities = [], {}, dict(world())
    for record in records:
        if "type" in record:
            claims.append(Claim.model_validate(record))
        elif "publisher" in record:
            sources[record["id"]] = Source.model_validate(record)
        else:
            entities[record["id"]] = Entity.model_validate(record)
    names = Names(entities.values())
    heading(f"{what}: {len(claims):,} claims of {len(sources)} sources")
    used = Reconciler(names, sources)
    with Stopwatch() as scratch:
        found = reconcile(used, claims[: wanted - added])
    passed = figure(f"{wanted - added:,} claims from scratch", scratch.wall, "s", below=SCRATCH)
    with Stopwatch() as adding:
        more = reconcile(used, claims)
    passed &= figure(f"{added} claims added", adding.wall, "s", below=ADDING)
    same = [d.to_record() for d in more] == [d.to_record() for d in reconcile(Reconciler(names, sources), claims)]
    print(f"Adding gives what scratch gives: {'yes' if same else 'NO'}")
    with Stopwatch() as events:
        told = same_events(used.facts(claims))
    figure(f"Claims that tell one event ({len(told):,} events)", events.wall, "s")
    figure("Disagreements", len(found), "")
    return passed and same


def reconcile(used: Reconciler, claims: list[Claim]) -> list[Disagreement]:
    """All disagreements among claims."""
    facts = used.facts(claims)
    return assemble(used.between(facts), {fact.id: fact for fact in facts})


if __name__ == "__main__":
    main()
