"""Footnotes: every figure of a brief leads to the claim or the rows that state it, and these to their source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from garant.brief.series import Series
from garant.claims import Claim, Source
from garant.claims.wording import anchor, statement
from garant.ledger import Entry


@dataclass(frozen=True, slots=True)
class Footnote:
    """One numbered footnote: the claim, what it says, where it stands, and its source."""

    number: int
    entry: Entry
    source: Source

    @property
    def claim(self) -> Claim | None:
        """The claim."""
        return self.entry.claim

    @property
    def says(self) -> str:
        """What the claim says, in our words or as quoted."""
        return statement(self.entry.claim)

    @property
    def anchor(self) -> str:
        """Where in its source it stands."""
        return anchor(self.entry.claim)


@dataclass(frozen=True, slots=True)
class RowsNote:
    """One numbered footnote on rows of a dataset: what they are, and which."""

    number: int
    source: Source
    says: str
    anchor: str

    @property
    def claim(self) -> Claim | None:
        """None: events are rows of a dataset and no claims."""
        return None


@dataclass(frozen=True, slots=True)
class SeriesNote:
    """One numbered footnote on numbers that a dataset gives of one force month by month."""

    number: int
    source: Source
    series: Series

    @property
    def claim(self) -> Claim | None:
        """None: it stands for many."""
        return None

    @property
    def says(self) -> str:
        """What the numbers amount to."""
        return self.series.says

    @property
    def anchor(self) -> str:
        """Where they stand."""
        return self.series.anchor


class Footnotes:
    """Numbers claims and rows in the order in which the page first cites them; a claim cited again keeps its number.

    Claims that belong to one of the `series` (by claim) are cited together, unless one is cited on its own (`cite`).
    """

    def __init__(
        self, sources: Mapping[str, Source], entries: Mapping[str, Entry], series: Mapping[str, Series] | None = None
    ) -> None:
        self._sources, self._entries, self._series = sources, entries, series or {}
        self._by_series: dict[tuple[str, str], SeriesNote] = {}
        self._by_claim: dict[str, Footnote] = {}
        self._rows: dict[tuple[str, str, str], RowsNote] = {}

    def cite(self, entry: Entry) -> int:
        """The number of the claim's footnote."""
        claim = entry.claim
        key = entry.id
        if key not in self._by_claim:
            self._by_claim[key] = Footnote(self._next, entry, self._sources[claim.source])
        return self._by_claim[key].number

    def cite_rows(self, source: Source, says: str, anchor: str) -> int:
        """The number of a footnote on rows of a dataset."""
        key = (source.id, says, anchor)
        if key not in self._rows:
            self._rows[key] = RowsNote(self._next, source, says, anchor)
        return self._rows[key].number

    @property
    def _next(self) -> int:
        return len(self._by_claim) + len(self._rows) + len(self._by_series) + 1

    def _cite_series(self, series: Series) -> int:
        if series.key not in self._by_series:
            self._by_series[series.key] = SeriesNote(self._next, self._sources[series.source], series)
        return self._by_series[series.key].number

    @property
    def claims(self) -> int:
        """How many claims are cited, those of a cited series included."""
        return len({f.id for note in self._by_series.values() for f in note.series.told}.union(self._by_claim))

    def of(self, claims: Iterable[str]) -> tuple[int, ...]:
        """The numbers of several claims' footnotes, each once, in order; those of a series have one together."""
        numbers = set()
        for claim in claims:
            if claim in self._series:
                numbers.add(self._cite_series(self._series[claim]))
            elif claim in self._entries:
                numbers.add(self.cite(self._entries[claim]))
        return tuple(sorted(numbers))

    @property
    def all(self) -> list[Footnote | RowsNote | SeriesNote]:
        """Every footnote, by number."""
        every: list[Footnote | RowsNote | SeriesNote]
        every = [*self._by_claim.values(), *self._rows.values(), *self._by_series.values()]
        return sorted(every, key=lambda note: note.number)

    @property
    def cited_sources(self) -> list[Source]:
        """Sources of the cited claims and rows, by date of publication."""
        found = {f.source.id: f.source for f in self.all}
        return sorted(found.values(), key=lambda s: (s.known_day is None, s.known_day or 0, s.id))
