"""Claims that a load has made, in the short form that tests compare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from garant.case import Case
from garant.claims import Claim


def claims(case: Case) -> list[Claim]:
    return sorted(case.ledger.claims_whole(), key=lambda c: (c.row or 0, str(c.slots), str(c.quantity)))


def told(found: Iterable[Claim]) -> list[tuple[Any, ...]]:
    return [
        (c.row, c.names("provider"), c.slots.get("component"), c.slots["personnel"], c.quantity and c.quantity.bounds)
        for c in found
    ]
