"""Hashing: the SHA-256 of a user's file, worked out beside the reading of it."""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from types import TracebackType

from garant.datasets.opening import pages_in
from garant.errors import InputError

_CHUNK = 1 << 22


class Hashing:
    """A file's SHA-256 while a thread works it out; of a folder, that of the hashes of its pages in order of name.

    `size` is known at once, in bytes; `sha256` waits. Leaving the block stops the thread. Raises InputError where the
    file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._stopped = path, Event()
        try:
            self._files = pages_in(path) if path.is_dir() else None
            self.size = sum(file.stat().st_size for file in (self._files if self._files is not None else [path]))
        except OSError as error:
            raise _unreadable(path, error) from None
        self._pool = ThreadPoolExecutor(1)
        self._result: Future[str] = self._pool.submit(self._work)

    @property
    def sha256(self) -> str:
        """64 hex digits."""
        return self._result.result()

    def __enter__(self) -> Hashing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._pool.shutdown(cancel_futures=True)

    def _work(self) -> str:
        if self._files is None:
            return self._of(self._path)
        return hashlib.sha256("".join(map(self._of, self._files)).encode()).hexdigest()

    def _of(self, file: Path) -> str:
        found = hashlib.sha256()
        try:
            with file.open("rb") as stream:
                while (chunk := stream.read(_CHUNK)) and not self._stopped.is_set():
                    found.update(chunk)
        except OSError as error:
            raise _unreadable(file, error) from None
        return found.hexdigest()


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(f"cannot be read ({error.strerror})", where=str(path), mend="check the path")
