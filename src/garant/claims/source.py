"""Source: a document or dataset version that claims come from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from garant.claims.claim import Edtf, Record, Slug, Text
from garant.claims.period import Period

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Source(Record):
    """A document or dataset version.

    `published` (EDTF) decides what was known when: a source is known from its last day. `independence` is
    the publisher's distance from the events; `interested` names the parties it speaks for; `derived_from`
    the sources it copies or rests on. `sha256` is that of the text that was read.
    """

    id: Slug
    kind: Literal["document", "dataset"] | None = None
    publisher: Text
    title: Text
    authors: list[Text] | None = None
    published: Edtf | None = None
    address: Text | None = None
    licence: Text | None = None
    language: Text | None = None
    version: Text | None = None
    sha256: Sha256 | None = None
    access: Literal["open", "subscription", "request", "closed"] | None = None
    accessed: Edtf | None = None
    independence: Literal["independent", "official", "party", "unknown"] = "unknown"
    interested: Annotated[list[Text], Field(min_length=1)] | None = None
    derived_from: Annotated[list[Slug], Field(min_length=1)] | None = None
    note: Text | None = None

    @property
    def known_day(self) -> int | None:
        """Ordinal day from which it counts as published: the last day of its date; None if undated."""
        return Period.parse(self.published).over_day if self.published else None


def origins(sources: dict[str, Source], source: str) -> frozenset[str]:
    """The independent sources behind one: itself, or what it is derived from, followed to the end.

    A chain that comes back to itself ends where it does.
    """
    seen: set[str] = set()
    ends: set[str] = set()
    waiting = [source]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        parents = sources[current].derived_from if current in sources else None
        if parents:
            waiting.extend(parents)
        else:
            ends.add(current)
    return frozenset(ends or {source})
