"""An invented country, two provinces and a few events in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from garant.geo import Area, Areas, Lattice

Events = Callable[..., pd.DataFrame]


@pytest.fixture(scope="session")
def country() -> Areas:
    """West and East, each one degree wide and two high, from 20° E, 5° N."""
    west, east = shapely.box(20, 5, 21, 7), shapely.box(21, 5, 22, 7)
    return Areas([Area("W", "West Province", west), Area("E", "East Province", east)], title="Invented", cite="none")


@pytest.fixture(scope="session")
def lattice(country: Areas) -> Lattice:
    return Lattice.over(country)


def _event(number: int, told: dict[str, Any]) -> dict[str, Any]:
    day = told.get("start", "2020-06-15")
    base: dict[str, Any] = {
        "event_id": f"E{number}", "row": number, "in_case": True, "iso3": "XXX", "country": "Invented",
        "day": day, "start": day, "end": day,
        "violence": "one_sided", "dyad": None, "side_a": "Reds", "side_b": "Civilians",
        "side_a_kind": "armed_group", "side_b_kind": "civilians", "longitude": 20.52, "latitude": 6.03,
        "spread": "point", "place": None, "adm1": None, "adm2": None, "best": 5, "low": 4, "high": 9,
        "deaths_civilians": 5, "outlets": ["Radio Un"],
    }  # fmt: skip
    return base | told


@pytest.fixture(scope="session")
def events() -> Events:
    """Events from what differs in each: `events({"best": 3}, {"spread": "province"})`."""

    def make(*told: dict[str, Any]) -> pd.DataFrame:
        from garant.exposure.events import named

        frame = pd.DataFrame([_event(number, each) for number, each in enumerate(told, start=1)])
        for column in ("day", "start", "end"):
            frame[column] = pd.to_datetime(frame[column]).to_numpy().astype("datetime64[s]")
        frame[["adm1", "adm2", "dyad"]] = frame[["adm1", "adm2", "dyad"]].astype(object).replace({np.nan: None})
        return named(frame)

    return make
