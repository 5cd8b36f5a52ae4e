"""The ledger's tables. Rows are added, never changed: a correction is another row.

Names are stored once as mentions (name, kind, coded entity) and resolved when asked, so that a review of an
entity changes what every claim's names stand for without touching a claim. `side` repeats all that the
commonest question needs (provider, host, type, and what the three dates ask), so that it is answered from one
run of one index, and a claim's record is read only if it is part of the answer.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

#: Ordinal day stored for a claim without a time, so that it sorts before, and passes, every `as_of`.
NO_TIME = -1
#: Stored for "no provider" and "no host".
NOBODY = 0

source = Table(
    "source",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String(200), nullable=False),
    Column("number", Integer, nullable=False),  # the same for all versions of a source
    Column("digest", String(64), nullable=False),
    Column("known_day", Integer),
    Column("record", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Index("source_by_id", "id", "seq"),
    Index("source_by_number", "number", "seq"),
)

mention = Table(
    "mention",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("entity", String(200), nullable=False),
    UniqueConstraint("name", "kind", "entity"),
)

claim = Table(
    "claim",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("source", Integer, nullable=False),
    Column("type", String(30), nullable=False),
    Column("begun_day", Integer, nullable=False),
    Column("proposed", Boolean, nullable=False),
    Column("alternative_of", String(64)),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("recorded_at", BigInteger, nullable=False),
    Column("record", Text, nullable=False),
    Index("claim_by_type", "type", "begun_day"),
    Index("claim_by_source", "source"),
)

actor = Table(
    "actor",
    metadata,
    Column("mention", Integer, primary_key=True),
    Column("claim", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

side = Table(
    "side",
    metadata,
    Column("provider", Integer, primary_key=True),
    Column("host", Integer, primary_key=True),
    Column("type", String(30), primary_key=True),
    Column("begun_day", Integer, primary_key=True),
    Column("claim", Integer, primary_key=True),
    Column("source", Integer, nullable=False),
    Column("proposed", Boolean, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Index("side_by_host", "host", "type", "begun_day"),
    sqlite_with_rowid=False,
)

review = Table(
    "review",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("claim", Integer, nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("replacement", Integer),
    Column("replacement_id", String(64)),
    Column("brought", Boolean, nullable=False),
    Column("at", String(40), nullable=False),
    Column("record", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Index("review_by_claim", "claim", "at"),
    Index("review_by_replacement", "replacement"),
)

decision = Table(
    "decision",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("disagreement", String(64), nullable=False, index=True),
    Column("at", String(40), nullable=False),
    Column("record", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
)

entity = Table(
    "entity",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("record", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Index("entity_by_id", "id", "seq"),
)

entity_review = Table(
    "entity_review",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("record", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
)
