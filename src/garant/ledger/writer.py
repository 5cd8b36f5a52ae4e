"""Adding to the ledger inside one transaction: nothing is changed or deleted, and what exists is not added twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

from garant.claims import Claim, InputError, Source
from garant.claims.identity import sha256
from garant.claims.period import Period
from garant.ledger import tables as t
from garant.ledger.records import Decision, Review
from garant.names import Entity, EntityReview

#: Claims written at a time: large enough for the database, small enough for memory.
BATCH = 4_000
#: Bound variables in one statement; SQLite allows 32,766.
_CHUNK = 10_000


class Writer:
    """One write transaction. `added` and `known` count records by kind: new ones, and no-ops."""

    def __init__(self, connection: sa.Connection, stamp: int) -> None:
        self._db = connection
        self.stamp = stamp
        self.added: Counter[str] = Counter()
        self.known: Counter[str] = Counter()
        self._next: dict[str, int] = {}
        self._mentions: dict[tuple[str, str, str], int] | None = None
        self._sources: set[str] | None = None
        self._reviewed: set[str] | None = None
        self._statements: dict[str, SQLCompiler] = {}

    def is_empty(self) -> bool:
        """Whether the ledger holds nothing yet."""
        tables = (t.source, t.claim, t.review, t.decision, t.entity, t.entity_review)
        return not any(self._db.scalar(sa.select(table.c.seq).limit(1)) for table in tables)

    def source(self, source: Source, stamp: int | None = None) -> None:
        """Add a source, or a new version of one."""
        record = source.to_json()
        row = {"id": source.id, "known_day": source.known_day, "record": record}
        self._versioned(t.source, "sources", sha256(record), row, stamp)
        self._source_ids().add(source.id)

    def entity(self, entity: Entity, stamp: int | None = None) -> None:
        """Add an entity of the case, or a new version of one."""
        record = entity.to_json()
        self._versioned(t.entity, "entities", sha256(record), {"id": entity.id, "record": record}, stamp)

    def claims(self, claims: Sequence[Claim], stamps: Sequence[int] | None = None) -> None:
        """Add claims whose sources exist; the same claim again is a counted no-op.

        Raises InputError naming the first claim whose source is missing.
        """
        for at in range(0, len(claims), BATCH):
            self._batch(claims[at : at + BATCH], stamps[at : at + BATCH] if stamps else None)

    def review(self, review: Review, stamp: int | None = None) -> None:
        """Add a review of a claim that exists."""
        for wanted in (review.claim, review.replacement):
            if wanted and self._db.scalar(sa.select(t.claim.c.seq).where(t.claim.c.id == wanted)) is None:
                raise InputError(f"there is no claim {wanted[:12]} to review", mend="list them with 'garant claims'")
        row = {name: getattr(review, name) for name in ("id", "claim", "verdict", "replacement", "at")}
        row["record"] = review.to_json()
        self._once(t.review, "reviews", row, stamp)

    def decision(self, decision: Decision, stamp: int | None = None) -> None:
        """Add a decision on a disagreement."""
        row = {
            "id": decision.id,
            "disagreement": decision.disagreement,
            "at": decision.at,
            "record": decision.to_json(),
        }
        self._once(t.decision, "decisions", row, stamp)

    def entity_review(self, review: EntityReview, stamp: int | None = None) -> None:
        """Add a review of names."""
        self._once(t.entity_review, "entity reviews", {"id": review.id, "record": review.to_json()}, stamp)

    def _batch(self, claims: Sequence[Claim], stamps: Sequence[int] | None) -> None:
        ids = [str(c.id) for c in claims]
        seen: set[str] = set()
        for at in range(0, len(ids), _CHUNK):
            found = self._db.execute(sa.select(t.claim.c.id).where(t.claim.c.id.in_(ids[at : at + _CHUNK])))
            seen.update(found.scalars())
        rows: list[tuple[Any, ...]] = []
        actors: list[tuple[Any, ...]] = []
        sides: list[tuple[Any, ...]] = []
        for index, claim in enumerate(claims):
            if ids[index] in seen:
                self.known["claims"] += 1
                continue
            if claim.source not in self._source_ids():
                raise InputError(
                    f"claim {ids[index][:12]} cites source '{claim.source}', which is not in this case",
                    mend="import its source first",
                )
            seen.add(ids[index])
            seq = self._number(t.claim)
            begun = Period.parse(claim.time).begun_day if claim.time else t.NO_TIME
            rows.append(self._claim_row(seq, claim, begun, stamps[index] if stamps else self.stamp))
            self._names_of(seq, claim, begun, actors, sides)
        for table, new in ((t.claim, rows), (t.actor, actors), (t.side, sides)):
            self._bulk(table, new)
        self.added["claims"] += len(rows)

    def _claim_row(self, seq: int, claim: Claim, begun: int, stamp: int) -> tuple[Any, ...]:
        """The claim's row, in the order of the table's columns."""
        rival = self._reviewed_rival(claim)
        record = claim.to_json()
        return (
            *(seq, claim.id, claim.source, claim.type, begun),
            *(claim.enters_as, rival, claim.start, claim.end, record, stamp),
        )

    def _names_of(
        self, seq: int, claim: Claim, begun: int, actors: list[tuple[Any, ...]], sides: list[tuple[Any, ...]]
    ) -> None:
        mentioned: set[int] = set()
        providers, hosts = [], []
        for actor in claim.actors:
            mention = self._mention(actor.name, actor.kind or "", actor.entity or "")
            mentioned.add(mention)
            if actor.role == "provider":
                providers.append(mention)
            elif actor.role == "host":
                hosts.append(mention)
        for named, kind in ((claim.place, "place"), (claim.instrument, "instrument")):
            if named is not None:
                mentioned.add(self._mention(named.name, kind, named.entity or ""))
        actors.extend((mention, seq) for mention in mentioned)
        pairs = {(h, p) for h in hosts or (t.NOBODY,) for p in providers or (t.NOBODY,)}
        sides.extend((host, provider, claim.type, begun, seq) for host, provider in pairs)

    def _bulk(self, table: sa.Table, rows: list[tuple[Any, ...]]) -> None:
        """Insert rows given in the order of the table's columns.

        The statement is compiled once and the tuples go to the driver as they are: building a dictionary of
        parameters for each row took a third of an import.
        """
        if not rows:
            return
        if table.name not in self._statements:
            self._statements[table.name] = sa.insert(table).compile(dialect=self._db.dialect)
        compiled = self._statements[table.name]
        if compiled.positional:
            self._db.exec_driver_sql(str(compiled), rows)
        else:
            names = table.columns.keys()
            self._db.execute(sa.insert(table), [dict(zip(names, row, strict=True)) for row in rows])

    def _reviewed_rival(self, claim: Claim) -> str | None:
        """A reviewed claim of the same type whose span this re-reading overlaps: its review stands."""
        if claim.coder.kind != "program" or claim.start is None:
            return None
        if self._reviewed is None:
            joined = sa.join(t.review, t.claim, t.review.c.claim == t.claim.c.id)
            self._reviewed = set(self._db.execute(sa.select(t.claim.c.source).select_from(joined).distinct()).scalars())
        if claim.source not in self._reviewed:
            return None
        reviewed = sa.exists().where(t.review.c.claim == t.claim.c.id)
        same = sa.and_(t.claim.c.source == claim.source, t.claim.c.type == claim.type)
        overlap = sa.and_(t.claim.c.span_start < claim.end, t.claim.c.span_end > claim.start)
        query = sa.select(t.claim.c.id).where(same, overlap, reviewed).order_by(t.claim.c.seq).limit(1)
        rival: str | None = self._db.scalar(query)
        return rival

    def _versioned(self, table: sa.Table, kind: str, digest: str, row: dict[str, Any], stamp: int | None) -> None:
        if self._db.scalar(sa.select(table.c.seq).where(table.c.digest == digest)) is not None:
            self.known[kind] += 1
            return
        self._insert(table, {**row, "digest": digest}, stamp)
        self.added[kind] += 1

    def _once(self, table: sa.Table, kind: str, row: dict[str, Any], stamp: int | None) -> None:
        if self._db.scalar(sa.select(table.c.seq).where(table.c.id == row["id"])) is not None:
            self.known[kind] += 1
            return
        self._insert(table, row, stamp)
        self.added[kind] += 1

    def _insert(self, table: sa.Table, row: dict[str, Any], stamp: int | None) -> None:
        numbered = {**row, "seq": self._number(table), "recorded_at": self.stamp if stamp is None else stamp}
        self._db.execute(sa.insert(table), [numbered])

    def _number(self, table: sa.Table) -> int:
        if table.name not in self._next:
            self._next[table.name] = (self._db.scalar(sa.select(sa.func.max(table.c.seq))) or 0) + 1
        number = self._next[table.name]
        self._next[table.name] += 1
        return number

    def _source_ids(self) -> set[str]:
        if self._sources is None:
            self._sources = set(self._db.execute(sa.select(t.source.c.id).distinct()).scalars())
        return self._sources

    def _mention(self, name: str, kind: str, entity: str) -> int:
        if self._mentions is None:
            m = t.mention.c
            rows: Iterable[Any] = self._db.execute(sa.select(m.name, m.kind, m.entity, m.seq))
            self._mentions = {(r.name, r.kind, r.entity): r.seq for r in rows}
        key = (name, kind, entity)
        if key not in self._mentions:
            number = self._number(t.mention)
            self._db.execute(sa.insert(t.mention), [{"seq": number, "name": name, "kind": kind, "entity": entity}])
            self._mentions[key] = number
        return self._mentions[key]
