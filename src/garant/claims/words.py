"""The closed vocabularies as types: pydantic checks them without calling back into Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from garant.claims.definitions import words

if TYPE_CHECKING:
    Grade: TypeAlias = str
    Kind: TypeAlias = str
    Measure: TypeAlias = str
    Modality: TypeAlias = str
    Regime: TypeAlias = str
    Role: TypeAlias = str
else:
    Grade = Literal[words("grade")]
    Kind = Literal[words("kind")]
    Measure = Literal[words("measure")]
    Modality = Literal[words("modality")]
    Regime = Literal[words("regime")]
    Role = Literal[words("role")]
