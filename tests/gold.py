"""Maps the hand-coded claims (gold/claims_seeds.jsonl) into claims and sources, mechanically.

Publications become sources, older field names are translated, nothing is added: `basis` is `instrument`,
a place name is `place.name`, `measure:…` in a note is the quantity's measure, `[assessment]` in a note is the
type, the gold id is a ref.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]
_MEASURE = re.compile(r"measure:(stock|flow|cumulative|rank|count|ceiling)")
_CODER = {"kind": "person", "name": "seed coders", "version": "gold-1"}
#: The two founding documents: what systems.md says of them.
FOUNDING = {
    "000": {"publisher": "CBAP", "title": "The myth of the consent-seeking peacekeeper", "published": "2022-05~"},
    "002": {
        "publisher": "Rwanda Daily",
        "title": "Kagame and CAR's Touadéra reaffirm broad bilateral cooperation",
        "published": "2025-11-23/2025-12-31",
    },
}


def records(shared: Path) -> Iterator[Record]:
    """Sources first, then claims, as `garant import` takes them."""
    coded = lines(shared / "gold/claims_seeds.jsonl")
    spans = {o["id"]: (o["start"], o["end"]) for o in lines(shared / "gold/claims_seeds_offsets.jsonl")}
    for doc, about in FOUNDING.items():
        yield {"id": doc, **about}
    yield from (_source(g) for g in coded if g["type"] == "publication" and g["id"] not in _OWN)
    yield from (_claim(g, spans[g["id"]]) for g in coded if g["type"] != "publication")


#: Publication rows that describe document 000 itself.
_OWN = {"000-001", "000-196"}


def _source(gold: Record) -> Record:
    publishers = [a["name"] for a in gold["actors"] if a["role"] in ("publisher", "reporter")]
    authors = [a["name"] for a in gold["actors"] if a["role"] == "author"]
    record = {
        "id": f"cited-{gold['id']}",
        "publisher": publishers[0] if publishers else "unknown",
        "title": gold["quote"],
        "published": gold["time"],
        "authors": authors or None,
        "note": gold["note"],
    }
    return {k: v for k, v in record.items() if v is not None}


def _claim(gold: Record, span: tuple[int, int]) -> Record:
    note = gold["note"] or ""
    record = {
        "source": gold["doc"],
        "start": span[0],
        "end": span[1],
        "quote": gold["quote"],
        "type": "assessment" if note.startswith("[assessment") else gold["type"],
        "actors": [{k: v for k, v in a.items() if v is not None} for a in gold["actors"]],
        "quantity": _quantity(gold["quantity"], note),
        "time": gold["time"],
        "time_text": gold["time_text"],
        "place": {"name": gold["place"]} if gold["place"] else None,
        "instrument": {"name": gold["basis"]} if gold["basis"] else None,
        "modality": gold["modality"],
        "attributed_to": gold["attributed_to"],
        "coder": _CODER,
        "refs": [gold["id"]],
    }
    return {k: v for k, v in record.items() if v is not None}


def _quantity(gold: Record | None, note: str) -> Record | None:
    if gold is None:
        return None
    quantity = {k: v for k, v in gold.items() if k in ("value", "low", "high", "unit", "approx") and v is not None}
    measure = _MEASURE.search(note)
    return {**quantity, "measure": measure[1]} if measure else quantity


def lines(file: Path) -> list[Record]:
    """Records of a file of JSON lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
