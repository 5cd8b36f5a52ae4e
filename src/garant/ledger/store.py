"""Ledger: one file that holds a case's sources, claims, reviews, decisions and entities, append-only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from garant.claims import Claim, Source
from garant.ledger import tables as t
from garant.ledger.clocks import Clocks, now_stamp
from garant.ledger.engine import connect, create, explained, prepare
from garant.ledger.query import ClaimQuery, Entry, count_unpublished, entries, ids
from garant.ledger.records import Decision, Review
from garant.ledger.writer import Writer
from garant.names import Entity, EntityReview

#: Tables whose rows are the ledger's history, in the order in which they refer to one another.
HISTORY = (t.source, t.entity, t.entity_review, t.claim, t.review, t.decision)


class Ledger:
    """An opened ledger. Every method opens its own connection; nothing is held between calls."""

    def __init__(self, path: Path, engine: sa.Engine, *, readonly: bool) -> None:
        self.path, self._engine, self.readonly = path, engine, readonly

    @staticmethod
    def open(path: Path, *, readonly: bool = False) -> Ledger:
        """Open an existing ledger; InputError if it is none, newer than this code, or cannot be read."""
        with explained(path):
            engine = connect(path, readonly=readonly)
            prepare(engine, path, readonly=readonly)
        return Ledger(path, engine, readonly=readonly)

    @staticmethod
    def create(path: Path) -> Ledger:
        """Make a new, empty ledger file."""
        return Ledger(path, create(path), readonly=False)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: all of it lands, or nothing."""
        with explained(self.path), self._engine.execution_options(writing=True).begin() as db:
            yield Writer(db, now_stamp())

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view."""
        with explained(self.path), self._engine.connect() as db:
            yield db

    def entries(self, query: ClaimQuery) -> list[Entry]:
        """Claims under a query, in order of time, then of recording."""
        with self.reading() as db:
            return list(entries(db, query))

    def ids(self, query: ClaimQuery) -> list[str]:
        """Ids of the claims under a query, in the order of `entries`; far quicker than reading them."""
        with self.reading() as db:
            return list(ids(db, query))

    def count_unpublished(self, query: ClaimQuery) -> dict[str, int]:
        """How many claims `known_on` leaves out: `later` (published after) and `undated`."""
        with self.reading() as db:
            return count_unpublished(db, query)

    def sources(self, clocks: Clocks | None = None) -> dict[str, Source]:
        """The latest version of every source recorded by `ledger_on`, by id."""
        return {s.id: s for s, _ in self.source_versions(clocks)}

    def source_versions(self, clocks: Clocks | None = None) -> list[tuple[Source, int]]:
        """Every version of every source with its stamp, in order of recording."""
        return [(Source.model_validate_json(r), at) for r, at in self._rows(t.source, clocks)]

    def entity_versions(self, clocks: Clocks | None = None) -> list[tuple[Entity, int]]:
        """Every version of the case's own entities with its stamp."""
        return [(Entity.model_validate_json(r), at) for r, at in self._rows(t.entity, clocks)]

    def entity_reviews(self, clocks: Clocks | None = None) -> list[tuple[EntityReview, int]]:
        """Every review of names with its stamp."""
        return [(EntityReview.model_validate_json(r), at) for r, at in self._rows(t.entity_review, clocks)]

    def reviews(self, clocks: Clocks | None = None) -> list[tuple[Review, int]]:
        """Every review of a claim with its stamp."""
        return [(Review.model_validate_json(r), at) for r, at in self._rows(t.review, clocks)]

    def decisions(self, clocks: Clocks | None = None) -> list[tuple[Decision, int]]:
        """Every decision on a disagreement with its stamp."""
        return [(Decision.model_validate_json(r), at) for r, at in self._rows(t.decision, clocks)]

    def claim_records(self, clocks: Clocks | None = None) -> Iterator[tuple[str, int]]:
        """Every claim as it was recorded (JSON) with its stamp, whatever its status; streamed."""
        yield from self._rows(t.claim, clocks)

    def claims_whole(self) -> Iterator[Claim]:
        """Every claim, read back without checking (see `check`)."""
        for record, _ in self._rows(t.claim, None):
            yield Claim.model_validate_json(record, context={"trusted": True})

    def claim_ids(self, prefix: str) -> list[str]:
        """Ids that begin with a prefix (at most 3)."""
        if not prefix or set(prefix) - set("0123456789abcdef"):
            return []
        first, last = (bytes.fromhex(prefix.ljust(64, fill)[:64]) for fill in "0f")
        c = t.claim.c.digest
        with self.reading() as db:
            return [d.hex() for d in db.execute(sa.select(c).where(c.between(first, last)).limit(3)).scalars()]

    def mentions(self, after: int = 0) -> list[tuple[int, str, str, str]]:
        """Names in claims from a number on: (number, name, kind, entity the coder gave), empty where absent."""
        m = t.mention.c
        statement = sa.select(m.seq, m.name, m.kind, m.entity).where(m.seq > after).order_by(m.seq)
        with self.reading() as db:
            return [tuple(row) for row in db.execute(statement)]

    def names_revision(self, clocks: Clocks) -> tuple[int, ...]:
        """What the register of names rests on by `ledger_on`: it changes when entities or their reviews do."""
        found: list[int] = []
        with self.reading() as db:
            for table in (t.entity, t.entity_review):
                counted = sa.select(sa.func.count(), sa.func.max(table.c.seq))
                if clocks.ledger_stamp is not None:
                    counted = counted.where(table.c.recorded_at <= clocks.ledger_stamp)
                found += [value or 0 for value in db.execute(counted).one()]
        return tuple(found)

    def revision(self) -> str:
        """What the ledger holds, as one short text: it changes with every record that is added."""
        with self.reading() as db:
            return ".".join(str(db.scalar(sa.select(sa.func.max(table.c.seq))) or 0) for table in HISTORY)

    def counts(self) -> dict[str, int]:
        """Rows by table."""
        with self.reading() as db:
            return {table.name: db.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in HISTORY}

    def integrity(self) -> str | None:
        """What the database itself finds wrong with its file; None if nothing."""
        with self.reading() as db:
            found = str(db.exec_driver_sql("PRAGMA integrity_check").scalar())
        return None if found == "ok" else found

    def _rows(self, table: sa.Table, clocks: Clocks | None) -> Iterator[tuple[str, int]]:
        statement = sa.select(table.c.record, table.c.recorded_at).order_by(table.c.seq)
        if clocks is not None and clocks.ledger_stamp is not None:
            statement = statement.where(table.c.recorded_at <= clocks.ledger_stamp)
        with self.reading() as db:
            for row in db.execution_options(yield_per=5_000).execute(statement):
                yield row[0], row[1]
