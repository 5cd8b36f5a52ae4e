"""Drawn charts are kept: drawing one takes most of the time of a brief."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from garant.claims.identity import canonical_json, sha256

#: Drawn charts that are kept for the next brief.
CHARTS_KEPT = 200


def kept(shown: Any, folder: Path | None, draw: Callable[[], str]) -> str:
    """The chart that shows this, from the folder where it was drawn before, else drawn now and kept there."""
    file = folder / f"{sha256(canonical_json(shown))}.svg" if folder else None
    if file is not None and file.is_file():
        return file.read_text(encoding="utf-8")
    svg = draw()
    if file is not None:
        _keep(file, svg)
    return svg


def _keep(file: Path, svg: str) -> None:
    """Keep a drawn chart, and no more than CHARTS_KEPT of them; a folder that cannot be written keeps none."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}")
        beside.write_text(svg, encoding="utf-8")
        beside.replace(file)
        for old in sorted(file.parent.glob("*.svg"), key=lambda f: f.stat().st_mtime, reverse=True)[CHARTS_KEPT:]:
            old.unlink()
