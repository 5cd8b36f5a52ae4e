"""Claim: one thing one source says, never edited. The record is the same in Python, JSON lines and ledger."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

from garant.claims.identity import claim_id
from garant.claims.period import Period
from garant.claims.quantity import Quantity
from garant.claims.rules import check_against_type
from garant.claims.words import Kind, Modality, Regime, Role

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
#: A source's id, and the id of an entity or another record made by hand.
Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=200)]
#: A moment in UTC with microseconds, in one form only, so that text order is time order.
Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]
Edtf = Annotated[str, AfterValidator(lambda text: Period.parse(text).text)]

#: No document has so many characters, and no dataset so many rows.
_FAR = 10**12
_LOCATOR = re.compile(r"chars:(\d+)-(\d+)|p:([1-9]\d*)")
#: Fields whose value a coder may have derived instead of read in the located sentence.
DERIVABLE = ("actors", "instrument", "place", "quantity", "regime", "says", "slots", "time")


class Record(BaseModel):
    """Common settings: unknown keys are refused, values never change after validation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def to_record(self) -> dict[str, Any]:
        """The record as plain JSON values, absent keys omitted."""
        return self.model_dump(mode="json", exclude_none=True)

    def to_json(self) -> str:
        """The record as one line of JSON, absent keys omitted."""
        return self.model_dump_json(exclude_none=True)


class Actor(Record):
    """Somebody in a claim: canonical name, role, kind; `as_printed` where the source prints another name."""

    name: Text
    role: Role
    kind: Kind | None = None
    entity: Slug | None = None
    as_printed: Text | None = None


class Named(Record):
    """A place or instrument: its name and, where resolved, the entity it names."""

    name: Text
    entity: Slug | None = None
    as_printed: Text | None = None


class Coder(Record):
    """Who read the claim out of the source. A program's claims enter as proposals, the others accepted."""

    kind: Literal["person", "program", "dataset"]
    name: Text
    version: Text | None = None


class Claim(Record):
    """One thing one source says.

    The anchor is one of three: `start`, `end` and `quote` (characters of the document text; a PDF adds
    `page`); `row` of a dataset; or `locator` and `says` (our own words) where the text is not shipped.
    `derived` names fields whose value the coder worked out and which the located sentence does not print.
    `id` is computed (see `garant.claims.identity`); one that is given must match. Raises pydantic's
    ValidationError, whose messages name the field.
    """

    id: str | None = None
    source: Slug
    doc: Text | None = None
    start: Annotated[StrictInt, Field(ge=0, le=_FAR)] | None = None
    end: Annotated[StrictInt, Field(ge=1, le=_FAR)] | None = None
    page: Annotated[StrictInt, Field(ge=1, le=_FAR)] | None = None
    quote: Annotated[str, StringConstraints(min_length=1)] | None = None
    row: Annotated[StrictInt, Field(ge=1, le=_FAR)] | None = None
    locator: Text | None = None
    says: Text | None = None
    type: str
    actors: list[Actor] = Field(default_factory=list)
    quantity: Quantity | None = None
    time: Edtf | None = None
    time_text: Text | None = None
    place: Named | None = None
    instrument: Named | None = None
    regime: Regime | None = None
    slots: dict[str, Any] = Field(default_factory=dict)  # what each may hold, its type file says
    modality: Modality
    attributed_to: Text | None = None
    coder: Coder
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    derived: list[Literal[DERIVABLE]] | None = None  # type: ignore[valid-type]  # the tuple above is the one list
    refs: list[Text] | None = None

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        if info.context and info.context.get("trusted"):
            return self  # read back from a ledger, where it was checked on entry; `check` recomputes its hash
        self._check_anchor()
        check_against_type(self)
        computed = claim_id(self)
        if self.id is not None and self.id != computed:
            raise ValueError(
                f"id: {self.id[:12]} does not match its content, whose id is {computed[:12]}; "
                "leave the id out, or restore the claim as it was recorded"
            )
        object.__setattr__(self, "id", computed)  # the model is frozen; its id is part of its construction
        return self

    def _check_anchor(self) -> None:
        span = self.start is not None or self.end is not None or self.quote is not None
        kinds = span + (self.row is not None) + (self.locator is not None)
        if kinds != 1:
            raise ValueError("anchor: give exactly one of locator (with says), start and end (with quote), or row")
        if span:
            if self.start is None or self.end is None or self.quote is None:
                raise ValueError("anchor: start, end and quote go together")
            if self.end - self.start != len(self.quote):
                raise ValueError(
                    f"quote: has {len(self.quote)} characters, but start-end spans {self.end - self.start}"
                )
        if self.locator is not None:
            if self.says is None:
                raise ValueError("says: a claim with a locator says in our own words what the source states")
            match = _LOCATOR.fullmatch(self.locator)
            if not match or (match[1] and int(match[1]) >= int(match[2])):
                raise ValueError(f"locator: '{self.locator}' is neither chars:A-B with A < B nor p:N")

    def to_record(self) -> dict[str, Any]:
        """The record as plain JSON values, absent keys omitted."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def to_json(self) -> str:
        """The record as one line of JSON, absent keys omitted."""
        return self.model_dump_json(exclude_defaults=True)

    @property
    def period(self) -> Period | None:
        """When it happened, as a span of days; None where the source gives no time."""
        return Period.parse(self.time) if self.time is not None else None

    @property
    def enters_as(self) -> str:
        """Status on entry: `proposed` for a program's reading, else `accepted`."""
        return "proposed" if self.coder.kind == "program" else "accepted"

    def names(self, *roles: str) -> list[str]:
        """Names of the actors in any of these roles, in the claim's order."""
        return [a.name for a in self.actors if a.role in roles]
