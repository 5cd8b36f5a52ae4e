"""How the benchmarks measure and print: one figure a line, beside it what is required of it."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


def heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def figure(what: str, value: float, unit: str, *, at_least: float | None = None, below: float | None = None) -> bool:
    """Print one figure and, where something is required of it, whether it passes; returns that."""
    required, passes = "", True
    if at_least is not None:
        passes, required = value >= at_least, f"required: at least {_number(at_least)}"
    elif below is not None:
        passes, required = value < below, f"required: below {_number(below)}"
    verdict = f"   {required}   {'PASS' if passes else 'FAIL'}" if required else ""
    print(f"{what:<64}{_number(value):>12} {unit:<10}{verdict}".rstrip(), flush=True)
    return passes


def spread(what: str, times: Sequence[Stopwatch], *, below: float | None = None) -> bool:
    """Print median, 90th percentile and slowest of some times in milliseconds; `below` is required of the median.

    The median of processor time stands beside it: on a busy machine the rest is waiting for others.
    """
    if not times:
        print(f"{what}: none")
        return True
    walls = sorted(1000 * t.wall for t in times)
    passes = figure(f"{what}: median of {len(walls)}", statistics.median(walls), "ms", below=below)
    figure(f"{what}: median of processor time", statistics.median(1000 * t.cpu for t in times), "ms")
    figure(f"{what}: 90th percentile", walls[int(0.9 * (len(walls) - 1))], "ms")
    figure(f"{what}: slowest", walls[-1], "ms")
    return passes


@dataclass(slots=True)
class Stopwatch:
    """Seconds between entering and leaving: `wall` of the clock, `cpu` of this process's processor time."""

    wall: float = 0.0
    cpu: float = 0.0

    def __enter__(self) -> Stopwatch:
        self.wall, self.cpu = -time.perf_counter(), -time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = self.wall + time.perf_counter(), self.cpu + time.process_time()


def machine() -> str:
    """What the figures were measured on."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    python, sqlite = platform.python_version(), sqlite3.sqlite_version
    slow = ", Python told not to store compiled modules (every start compiles them)" if sys.dont_write_bytecode else ""
    kind = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{load}"
    return f"{kind}, Python {python}, SQLite {sqlite}{slow}"


def peak_mb(maxrss: int) -> float:
    """`ru_maxrss` in megabytes (10^6 bytes): it counts kibibytes, on macOS bytes."""
    return maxrss / 1e6 if sys.platform == "darwin" else maxrss * 1024 / 1e6


def _number(value: float) -> str:
    if isinstance(value, int) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
