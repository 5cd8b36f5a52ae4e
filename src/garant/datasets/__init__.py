"""Published data become events and claims: snapshots with their Origin, and claims that name their row."""

from garant.datasets.loading import Asked, Hashing, Ready, known, prepare
from garant.datasets.origin import Origin
from garant.datasets.registry import datasets
from garant.datasets.rejects import Rejects
from garant.datasets.snapshot import Snapshot, landing, newest, snapshots

__all__ = [
    "Asked",
    "Hashing",
    "Origin",
    "Ready",
    "Rejects",
    "Snapshot",
    "datasets",
    "known",
    "landing",
    "newest",
    "prepare",
    "snapshots",
]
