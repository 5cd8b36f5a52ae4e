"""States: which ISO 3166-1 alpha-3 code a published code or name of a state stands for."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from garant.claims.definitions import read_yaml
from garant.names import Names, fold

#: How a name must have been recognised to count as the state's: not by likeness.
_SURE = ("name", "short", "variant", "former", "acronym")


class States:
    """Resolves codes and names of states as datasets print them; nothing that is only alike counts."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[str, str | None] = {}

    def by_gw(self, number: str | int | None) -> str | None:
        """The state of a Gleditsch-Ward number; None where there is none."""
        try:
            return _table()["gw"].get(int(float(number))) if number not in (None, "") else None
        except (TypeError, ValueError):
            return None

    def by_numeric(self, number: str | int | None) -> str | None:
        """The state of an ISO 3166-1 number (ACLED's `iso`)."""
        import pycountry  # here: its tables are read when asked for

        try:
            found = pycountry.countries.get(numeric=f"{int(float(number)):03d}") if number not in (None, "") else None
        except (TypeError, ValueError):
            return None
        return str(found.alpha_3) if found else None

    def by_alpha(self, code: str | None) -> str | None:
        """The state of an alpha-3 code."""
        word = (code or "").strip().upper()
        known = self._names.entities.get(word)
        return word if known is not None and known.kind == "state" else None

    def by_name(self, name: str | None) -> str | None:
        """The state that a name in a dataset means; None where it is unknown or ambiguous."""
        printed = (name or "").strip()
        if not printed:
            return None
        if printed not in self._known:
            self._known[printed] = _table()["folded"].get(fold(printed)) or self._resolved(printed)
        return self._known[printed]

    def _resolved(self, printed: str) -> str | None:
        found = self._names.resolve(printed, "state")
        if found.entity is None or found.how not in _SURE:
            return None
        return found.entity

    def label(self, code: str) -> str:
        """The state's name in English."""
        return self._names.label(code)


@cache
def _table() -> dict[str, Any]:
    raw = read_yaml(resources.files(__package__).joinpath("states.yaml").read_text(encoding="utf-8"))
    return {
        "gw": {int(number): code for number, code in raw["gw"].items()},
        "folded": {fold(name): code for name, code in raw["names"].items()},
    }
