"""Quantity: a number as a source states it, with its unit, its measure and its doubt."""

from __future__ import annotations

import math
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StrictBool, StrictFloat, StrictInt, model_validator

from garant.claims.words import Measure

#: Larger numbers would not survive every JSON reader unchanged (and no force is that strong).
LARGEST = 10**12


def _plain(value: float) -> int | float:
    """A finite number; 400.0 becomes 400, so that both have one identity. Four decimals, for which every
    language prints the same digits (0.0001, never 1e-05)."""
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ValueError(f"{value} is no number between -{LARGEST} and {LARGEST}")
    rounded = round(value, 4)
    return int(rounded) if float(rounded).is_integer() else rounded


Number = Annotated[StrictInt | StrictFloat, AfterValidator(_plain)]


class Quantity(BaseModel):
    """`value`, or `low` and `high` (one of them alone for "at least" and "up to").

    `measure` is stock, flow, cumulative, rank, count or ceiling; `approx` marks "about";
    `undisclosed` is itself the statement that the number is withheld, and may stand without one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    measure: Measure | None = None
    approx: StrictBool | None = None
    undisclosed: StrictBool | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ranged = self.low is not None or self.high is not None
        if self.value is not None and ranged:
            raise ValueError("give either value, or low and high, not both")
        if self.value is None and not ranged and not self.undisclosed:
            raise ValueError("give value, low or high, or undisclosed: true")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is larger than high {self.high}; swap them")
        return self

    @property
    def bounds(self) -> tuple[int | float | None, int | float | None]:
        """(low, high), inclusive; None where that side is not stated."""
        if self.value is not None:
            return self.value, self.value
        return self.low, self.high
