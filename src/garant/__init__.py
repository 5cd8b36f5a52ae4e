"""Garant: sourced claims on peace operations, and what follows from them.

>>> import garant
>>> case = garant.open("caf")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from garant.version import __version__

if TYPE_CHECKING:
    from garant.case import Case, open

__all__ = ["Case", "__version__", "open"]


def __getattr__(name: str) -> Any:
    # Lazy, so that `import garant` and `garant --help` do not load the ledger and its database library.
    if name in ("Case", "open"):
        from garant import case

        return getattr(case, name)
    raise AttributeError(f"module 'garant' has no attribute {name!r}")
