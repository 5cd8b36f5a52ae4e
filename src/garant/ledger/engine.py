"""Opening a ledger: SQLite settings that survive a kill, read-only folders, versions, and clear refusals."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from garant.errors import InputError

#: The schema this code reads and writes; the newest file in migrations/versions.
SCHEMA = "0001"
#: Where the migrations are.
MIGRATIONS = Path(str(resources.files(__package__).joinpath("migrations")))
#: How long one process waits for another's write, in milliseconds.
BUSY_MS = 30_000
#: Most memory for pages of the ledger, in KiB. A large import changes the same index pages again and again; those
#: that do not fit are written each time.
_CACHE_KIB = 524_288


def connect(path: Path, *, readonly: bool = False) -> sa.Engine:
    """An engine on a ledger file.

    Write-ahead logging, so that readers never wait for a writer and a kill at any moment leaves the last
    whole transaction. In a folder that cannot be written the file is read as immutable: nobody else can be
    writing it there. But not if changes are still in the -wal beside it, which would then be passed over.
    """
    if readonly:
        unmerged = path.with_name(f"{path.name}-wal")
        whole = not unmerged.exists() or not unmerged.stat().st_size
        frozen = {"immutable": "1"} if whole and not os.access(path.parent, os.W_OK) else {}
        return _engine(_url(path, mode="ro", **frozen), readonly)
    return _engine(_url(path, mode="rw"), readonly)


def create(path: Path) -> sa.Engine:
    """A new, empty ledger at its newest schema. The folder must exist and the file must not."""
    engine = _engine(_url(path, mode="rwc"), readonly=False)
    with explained(path), engine.execution_options(writing=True).begin() as connection:
        _migrate(connection)
    return engine


def prepare(engine: sa.Engine, path: Path, *, readonly: bool = False) -> None:
    """Bring an opened ledger to this code's schema; refuse a newer one, or a file that is none."""
    with explained(path), engine.connect() as connection:
        version = _version(connection)
    if version == SCHEMA:
        return
    if version is None:
        raise InputError("is not a ledger of Garant", where=str(path), mend="name a case made with 'garant init'")
    if version > SCHEMA:
        raise InputError(
            f"was written by a newer Garant (schema {version}, this one reads {SCHEMA})",
            where=str(path),
            mend="update Garant",
        )
    if readonly:
        raise InputError(
            f"has the older schema {version}", where=str(path), mend="open it once where it can be written"
        )
    with explained(path), engine.execution_options(writing=True).begin() as connection:
        _migrate(connection)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the database's errors into one sentence each."""
    try:
        yield
    except OperationalError as error:
        raise _sentence(str(error.orig), path) from error
    except DatabaseError as error:
        raise InputError(f"cannot be read ({error.orig})", where=str(path), mend="restore it from a copy") from error


def _sentence(reason: str, path: Path) -> InputError:  # noqa: PLR0911  # one sentence for each cause
    if "locked" in reason or "busy" in reason:
        return InputError(
            "another process is writing to this ledger", where=str(path), mend="try again when it is done"
        )
    if "full" in reason:
        return InputError(
            "the disk is full; nothing was changed", where=str(path), mend="free some space and try again"
        )
    if "unable to open" in reason and path.with_name(f"{path.name}-wal").exists():
        what = "has changes beside it (-wal) that can only be read where the folder can be written"
        return InputError(what, where=str(path), mend="copy the folder to such a place")
    if not path.exists():
        return InputError("is not there", where=str(path), mend="check the folder")
    if "readonly" in reason or "unable to open" in reason:
        return InputError(
            "cannot be written; nothing was changed", where=str(path), mend="check the folder's permissions"
        )
    if "disk I/O" in reason:
        return InputError("the disk failed or is full; nothing was changed", where=str(path), mend="check the disk")
    return InputError(f"cannot be used ({reason})", where=str(path), mend="restore it from a copy")


def _url(path: Path, **options: str) -> sa.URL:
    """SQLite's address of a file, whose name may hold any character."""
    return sa.URL.create("sqlite", database=f"file:{quote(str(path.absolute()))}", query={**options, "uri": "true"})


def _engine(url: sa.URL, readonly: bool) -> sa.Engine:
    engine = sa.create_engine(url, poolclass=NullPool)  # so that between calls the file is whole, without its -wal

    @sa.event.listens_for(engine, "connect")
    def _settings(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None  # transactions are begun below, DDL included
        cursor = dbapi.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        cursor.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        if not readonly:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _migrate(connection: sa.Connection) -> None:
    # Imported here: a ledger is migrated once, and reading one should not pay for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
