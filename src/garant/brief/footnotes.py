"""Footnotes: every figure of a brief leads to the claim that states it, and the claim to its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from garant.claims import Source
from garant.claims.wording import anchor, statement
from garant.ledger import Entry


@dataclass(frozen=True, slots=True)
class Footnote:
    """One numbered footnote: the claim, what it says, where it stands, and its source."""

    number: int
    entry: Entry
    source: Source

    @property
    def says(self) -> str:
        """What the claim says, in our words or as quoted."""
        return statement(self.entry.claim)

    @property
    def anchor(self) -> str:
        """Where in its source it stands."""
        return anchor(self.entry.claim)


class Footnotes:
    """Numbers claims in the order in which the page first cites them; a claim cited again keeps its number."""

    def __init__(self, sources: Mapping[str, Source], entries: Mapping[str, Entry]) -> None:
        self._sources, self._entries = sources, entries
        self._by_claim: dict[str, Footnote] = {}

    def cite(self, entry: Entry) -> int:
        """The number of the claim's footnote."""
        claim = entry.claim
        key = str(claim.id)
        if key not in self._by_claim:
            self._by_claim[key] = Footnote(len(self._by_claim) + 1, entry, self._sources[claim.source])
        return self._by_claim[key].number

    def of(self, claims: Iterable[str]) -> tuple[int, ...]:
        """The numbers of several claims' footnotes, each once, in order."""
        numbers = {self.cite(self._entries[claim]) for claim in claims if claim in self._entries}
        return tuple(sorted(numbers))

    @property
    def all(self) -> list[Footnote]:
        """Every footnote, by number."""
        return list(self._by_claim.values())

    @property
    def cited_sources(self) -> list[Source]:
        """Sources of the cited claims, by date of publication."""
        found = {f.source.id: f.source for f in self.all}
        return sorted(found.values(), key=lambda s: (s.known_day is None, s.known_day or 0, s.id))
