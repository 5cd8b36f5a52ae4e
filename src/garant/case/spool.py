"""Rows of a result that may be too many for memory: the first in memory, the rest in a file that goes with it."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

from garant.case.result import Row

#: Bytes kept in memory before a file is used.
_HELD = 4_000_000


class Spool(Sequence[Row]):
    """Rows that are written once and read as often as wanted: eight bytes of memory a row, the rest on disk."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_HELD)  # noqa: SIM115  # closed when nothing refers to it
        self._starts = array("q")
        self._end = 0
        for row in rows:
            self.append(row)

    def append(self, row: Row) -> None:
        """Add a row; it is kept as JSON."""
        line = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        self._file.seek(self._end)
        self._file.write(line)
        self._starts.append(self._end)
        self._end += len(line)

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Row]:
        return (self[i] for i in range(len(self)))

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        self._file.seek(self._starts[index])
        return json.loads(self._file.readline().decode("utf-8", "surrogatepass"))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it grows
