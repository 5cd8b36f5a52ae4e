"""Source: a document or dataset version that claims come from."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from garant.claims.claim import Edtf, Record, Slug, Text
from garant.claims.period import Period
from garant.claims.words import Grade

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Source(Record):
    """A document or dataset version.

    `published` (EDTF) decides what was known when: a source is known from its last day. `independence` is
    the publisher's distance from the events; `interested` names the parties it speaks for; `derived_from`
    the sources it copies or rests on. `sha256` is that of the text that was read. `grade` is the reliability of a
    source in the Admiralty code, A (completely reliable) to E (unreliable), F (cannot be judged), always with its
    reason; no rule reads it.
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
    grade: Grade | None = None
    grade_reason: Text | None = None
    derived_from: Annotated[list[Slug], Field(min_length=1)] | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _graded_for_a_reason(self) -> Self:
        if (self.grade is None) != (self.grade_reason is None):
            raise ValueError("grade: give it together with grade_reason, in one sentence")
        return self

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
