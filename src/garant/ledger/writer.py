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

#: Claims written at a time: large enough for the database, small enough for memory and for the number of
#: variables that one SQLite statement may bind (32,766).
BATCH = 10_000


class Writer:
    """One write transaction. `added` and `known` count records by kind: new ones, and no-ops."""

    def __init__(self, connection: sa.Connection, stamp: int) -> None:
        self._db = connection
        self.stamp = stamp
        self.added: Counter[str] = Counter()
        self.known: Counter[str] = Counter()
        self._next: dict[str, int] = {}
        self._mentions: dict[tuple[str, str, str], int] | None = None
        self._sources: dict[str, int] | None = None
        self._reviewed: set[int] | None = None
        self._statements: dict[str, SQLCompiler] = {}

    def is_empty(self) -> bool:
        """Whether the ledger holds nothing yet."""
        tables = (t.source, t.claim, t.review, t.decision, t.entity, t.entity_review)
        return not any(self._db.scalar(sa.select(table.c.seq).limit(1)) for table in tables)

    def source(self, source: Source, stamp: int | None = None, *, merging: bool = False) -> None:
        """Add a source, or a new version of one; `merging` passes over every version that was there before."""
        record = source.to_json()
        numbers = self._source_numbers()
        number = numbers.setdefault(source.id, max(numbers.values(), default=0) + 1)
        row = {"id": source.id, "number": number, "known_day": source.known_day, "record": record}
        self._versioned(t.source, "sources", sha256(record), row, stamp, merging)

    def entity(self, entity: Entity, stamp: int | None = None, *, merging: bool = False) -> None:
        """Add an entity of the case, or a new version of one; `merging` as for a source."""
        record = entity.to_json()
        self._versioned(t.entity, "entities", sha256(record), {"id": entity.id, "record": record}, stamp, merging)

    def claims(self, claims: Sequence[Claim], stamps: Sequence[int] | None = None) -> None:
        """Add claims whose sources exist; the same claim again is a counted no-op.

        Raises InputError naming the first claim whose source is missing.
        """
        for at in range(0, len(claims), BATCH):
            self._batch(claims[at : at + BATCH], stamps[at : at + BATCH] if stamps else None)

    def review(self, review: Review, stamp: int | None = None) -> None:
        """Add a review of a claim that exists."""
        row = {
            "id": review.id,
            "claim": self._seq_of(review.claim),
            "verdict": review.verdict,
            "replacement": self._seq_of(review.replacement) if review.replacement else None,
            "replacement_id": review.replacement,
            "brought": bool(review.brought),
            "at": review.at,
            "record": review.to_json(),
        }
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
        digests = [bytes.fromhex(str(c.id)) for c in claims]
        seen: set[bytes] = set(
            self._db.execute(sa.select(t.claim.c.digest).where(t.claim.c.digest.in_(digests))).scalars()
        )
        sources = self._source_numbers()
        rows: list[tuple[Any, ...]] = []
        actors: list[tuple[Any, ...]] = []
        sides: list[tuple[Any, ...]] = []
        for index, claim in enumerate(claims):
            if digests[index] in seen:
                self.known["claims"] += 1
                continue
            if claim.source not in sources:
                raise InputError(
                    f"claim {str(claim.id)[:12]} cites source '{claim.source}', which is not in this case",
                    mend="import its source first",
                )
            seen.add(digests[index])
            seq = self._number(t.claim)
            begun = Period.parse(claim.time).begun_day if claim.time else t.NO_TIME
            stamp = stamps[index] if stamps else self.stamp
            source, proposed = sources[claim.source], claim.enters_as == "proposed"
            anchor = (self._reviewed_rival(claim, source), claim.start, claim.end)
            rows.append((seq, digests[index], source, claim.type, begun, proposed, *anchor, stamp, claim.to_json()))
            self._names_of(seq, claim, begun, (source, proposed, stamp), actors, sides)
        # in the order of their indexes, so that neighbouring rows land on the same page while it is at hand
        for table, new in ((t.claim, rows), (t.actor, sorted(actors)), (t.side, sorted(sides))):
            self._bulk(table, new)
        self.added["claims"] += len(rows)

    def _names_of(
        self,
        seq: int,
        claim: Claim,
        begun: int,
        dates: tuple[int, bool, int],
        actors: list[tuple[Any, ...]],
        sides: list[tuple[Any, ...]],
    ) -> None:
        """The claim's rows in `actor` and `side`; `dates` are the last three columns of `side`."""
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
        pairs = {(p, h) for p in providers or (t.NOBODY,) for h in hosts or (t.NOBODY,)}
        sides.extend((provider, host, claim.type, begun, seq, *dates) for provider, host in pairs)

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

    def _reviewed_rival(self, claim: Claim, source: int) -> str | None:
        """A reviewed claim of the same type whose span this re-reading overlaps: its review stands."""
        if claim.coder.kind != "program" or claim.start is None:
            return None
        c = t.claim.c
        if self._reviewed is None:
            joined = sa.join(t.review, t.claim, t.review.c.claim == c.seq)
            self._reviewed = set(self._db.execute(sa.select(c.source).select_from(joined).distinct()).scalars())
        if source not in self._reviewed:
            return None
        reviewed = sa.exists().where(t.review.c.claim == c.seq)
        overlap = sa.and_(c.span_start < claim.end, c.span_end > claim.start)
        query = sa.select(c.digest).where(c.source == source, c.type == claim.type, overlap, reviewed)
        rival = self._db.scalar(query.order_by(c.seq).limit(1))
        return rival.hex() if rival is not None else None

    def _versioned(
        self, table: sa.Table, kind: str, digest: str, row: dict[str, Any], stamp: int | None, merging: bool
    ) -> None:
        """Add a version unless it is the latest; in a merge, unless it is any: an older copy must not win."""
        versions = self._db.execute(
            sa.select(table.c.digest).where(table.c.id == row["id"]).order_by(table.c.seq.desc())
        )
        known = list(versions.scalars())
        if digest in (known if merging else known[:1]):
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

    def _source_numbers(self) -> dict[str, int]:
        if self._sources is None:
            rows: Iterable[Any] = self._db.execute(sa.select(t.source.c.id, t.source.c.number))
            self._sources = {row.id: row.number for row in rows}
        return self._sources

    def _seq_of(self, claim: str) -> int:
        found: int | None = self._db.scalar(sa.select(t.claim.c.seq).where(t.claim.c.digest == bytes.fromhex(claim)))
        if found is None:
            raise InputError(f"there is no claim {claim[:12]} to review", mend="list them with 'garant claims'")
        return found

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
