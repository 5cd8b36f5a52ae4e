"""The git-friendly form of a ledger: JSON lines by kind of record, one claims file a source, lossless.

    sources.jsonl  entities.jsonl  entity_reviews.jsonl  claims/<source>.jsonl  reviews.jsonl  decisions.jsonl

Every line carries `recorded_at`. Importing into an empty ledger keeps it; merging stamps now.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from garant.claims import Claim, InputError, Source
from garant.claims.claim import Record
from garant.ledger.clocks import stamp_to_text
from garant.ledger.collector import collector_off
from garant.ledger.intake import any_record, envelope, lines, validated
from garant.ledger.records import Decision, Review
from garant.ledger.store import Ledger
from garant.ledger.writer import BATCH, Writer
from garant.names import Entity, EntityReview

CLAIMS = "claims"
SETTINGS = "case.toml"


def is_text_form(folder: Path) -> bool:
    """Whether a folder looks like the text form of a case."""
    return folder.is_dir() and (folder / SETTINGS).is_file() and (folder / "sources.jsonl").is_file()


def write_text(ledger: Ledger, folder: Path) -> dict[str, int]:
    """Write a ledger as text into a folder, replacing an earlier export there; returns lines by file.

    Every file is written beside its place and then moved there, so that none is ever half-written; files of
    claims whose source has none any more cannot exist, since nothing is deleted.
    """
    own = {f"{source.id}.jsonl" for source, _ in ledger.source_versions()}
    others = sorted(f.name for f in (folder / CLAIMS).glob("*.jsonl") if f.name not in own)
    if others:
        raise InputError(f"holds the text of another case ({others[0]})", where=str(folder), mend="name a new folder")
    written = {
        "sources.jsonl": _write(folder / "sources.jsonl", _stamped(ledger.source_versions())),
        "entities.jsonl": _write(folder / "entities.jsonl", _stamped(ledger.entity_versions())),
        "entity_reviews.jsonl": _write(folder / "entity_reviews.jsonl", _stamped(ledger.entity_reviews())),
        "reviews.jsonl": _write(folder / "reviews.jsonl", _stamped(ledger.reviews())),
        "decisions.jsonl": _write(folder / "decisions.jsonl", _stamped(ledger.decisions())),
    }
    by_source: dict[str, list[str]] = {}
    for record, stamp in ledger.claim_records():
        by_source.setdefault(json.loads(record)["source"], []).append(_line(record, stamp))
    for source, found in by_source.items():
        name = f"{CLAIMS}/{source}.jsonl"
        written[name] = _write(folder / name, found)
    return written


def read_text(folder: Path, writer: Writer) -> None:
    """Add everything in a text form to the ledger that `writer` writes; InputError names file, line and field."""
    keep = writer.is_empty()
    _each(folder / "sources.jsonl", Source, partial(writer.source, merging=not keep), keep)
    _each(folder / "entities.jsonl", Entity, partial(writer.entity, merging=not keep), keep)
    _each(folder / "entity_reviews.jsonl", EntityReview, writer.entity_review, keep)
    for file in sorted((folder / CLAIMS).glob("*.jsonl")):
        read_lines(file, writer, keep=keep)
    _each(folder / "reviews.jsonl", Review, writer.review, keep)
    _each(folder / "decisions.jsonl", Decision, writer.decision, keep)


def read_lines(file: Path, writer: Writer, *, keep: bool = False) -> None:
    """Add a file of claims (and sources and entities) as JSON lines; `keep` keeps each line's `recorded_at`."""
    claims: list[Claim] = []
    stamps: list[int] = []
    try:
        with collector_off():
            for where, line in lines(file):
                record, stamp = any_record(line, where)
                if isinstance(record, Source):
                    writer.source(record, stamp if keep else None)
                elif isinstance(record, Entity):
                    writer.entity(record, stamp if keep else None)
                else:
                    claims.append(record)
                    stamps.append(stamp if keep and stamp is not None else writer.stamp)
                if len(claims) == BATCH:
                    writer.claims(claims, stamps)
                    claims, stamps = [], []
            writer.claims(claims, stamps)
    except InputError as error:
        raise error if error.where else error.at(str(file)) from None


def _each(file: Path, model: type[BaseModel], add: Callable[..., None], keep: bool) -> None:
    if not file.exists():
        return
    for where, line in lines(file):
        raw, stamp = envelope(line, where)
        record = validated(model, raw, where)
        try:
            add(record, stamp if keep else None)
        except InputError as error:
            raise error.at(where) from None


def _stamped(rows: Iterable[tuple[Record, int]]) -> list[str]:
    return [_line(record.to_json(), stamp) for record, stamp in rows]


def _line(record: str, stamp: int) -> str:
    """The record's JSON with its stamp put first; the record's own bytes stay as they are."""
    return f'{{"recorded_at":"{stamp_to_text(stamp)}",{record[1:]}'


def _write(file: Path, rows: Iterable[Any]) -> int:
    """Write lines beside their place, then move them there."""
    text = [f"{row}\n" for row in rows]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            beside.write_text("".join(text), encoding="utf-8")
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", where=str(file)) from None
    return len(text)
