"""What a brief is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from garant.claims import Source
from garant.ledger import Clocks, Entry
from garant.names import Names
from garant.reconcile import Disagreement


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a brief is made from: a case's title, claims with status, sources, names, disagreements, and the clocks.

    `hidden` counts claims that `known_on` leaves out; `proposals` those that nobody has accepted.
    """

    title: str
    country: str | None
    entries: Sequence[Entry]
    sources: Mapping[str, Source]
    names: Names
    clocks: Clocks
    hidden: Mapping[str, int]
    disagreements: Sequence[Disagreement]
    proposals: int
    proposed_included: bool = False
