"""exposure.yaml: radii, bandwidths, thresholds and names of outlets, read once; and words that stand in rows.

Light to import: verbs that compute no exposure read these words too.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from garant.claims.definitions import read_yaml

#: What ends the name of a column in which coarse events are spread by where people live, not by surface.
BY_POPULATION = "_by_population"
#: What lies in no unit, and what has no place that a unit could claim, stand under these, so that sums are whole.
OUTSIDE, UNPLACED = "outside", "unplaced"


@cache
def settings() -> dict[str, Any]:
    """The numbers exposure rests on."""
    return _read("exposure.yaml")


@cache
def outlet_names() -> dict[str, Any]:
    """Names under which outlets are printed."""
    return _read("outlets.yaml")


def _read(file: str) -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(resources.files(__package__).joinpath(file).read_text(encoding="utf-8"))
    return loaded
