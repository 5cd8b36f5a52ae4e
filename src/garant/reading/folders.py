"""Which files a user means: files as named, those of a folder with everything below it, those of a pattern."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from garant.errors import InputError


def documents_of(files: Sequence[str | Path]) -> Iterator[Path | InputError]:
    """Paths in the order given, those of a folder or pattern by name, and an error for each place that gives none.

    Of a folder, hidden files are left out, and a case that lies in it; links to folders are not followed, so that a
    loop of links ends.
    """
    for given in files:
        path = Path(given)
        if path.is_dir():
            yield from _below(path)
        elif any(c in str(given) for c in "*?[") and not path.exists():
            base = Path(path.anchor or ".")
            found = sorted(base.glob(str(path.relative_to(path.anchor) if path.anchor else path)))
            for match in found:
                yield from _below(match) if match.is_dir() else [match]
            if not found:
                yield InputError("matches no file", where=str(given), mend="check the pattern")
        else:
            yield path


def _below(folder: Path) -> Iterator[Path | InputError]:
    errors: list[OSError] = []
    empty = True
    for at, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if {"case.toml", "ledger.db"} <= set(names):
            folders.clear()
            continue
        for name in sorted(names):
            if not name.startswith("."):
                empty = False
                yield Path(at, name)
        while errors:
            yield _closed(errors.pop(0))
    while errors:
        empty = False
        yield _closed(errors.pop(0))
    if empty:
        yield InputError("is a folder without documents", where=str(folder), mend="name files, or another folder")


def _closed(error: OSError) -> InputError:
    return InputError(f"is a folder that cannot be read ({(error.strerror or 'error').lower()})",
                      where=str(error.filename), mend="check its permissions")  # fmt: skip


def read_whole(path: Path, largest: int) -> bytes:
    """A file's bytes. InputError for what is no ordinary file (a pipe would be waited on), too large or closed."""
    where = str(path)
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise InputError("is a folder", where=where, mend="name its files")
        if not stat.S_ISREG(about.st_mode):
            raise InputError("is no ordinary file", where=where, mend="save what it gives as a file")
        if about.st_size > largest:
            raise InputError(f"is larger than {largest // 1_000_000} MB", where=where, mend="cut it into parts")
        return path.read_bytes()
    except InputError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the name
        reason = (getattr(error, "strerror", None) or "no such file").lower()
        raise InputError(f"cannot be read ({reason})", where=where, mend="check its name and permissions") from None
