"""Which case is meant: a folder, the one you stand in, or a packaged one built into a cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from importlib import resources
from pathlib import Path

import platformdirs

from garant.case.settings import FILE, Settings
from garant.claims import InputError
from garant.ledger import Ledger
from garant.ledger.engine import MIGRATIONS, SCHEMA
from garant.ledger.text import read_text
from garant.version import __version__

LEDGER = "ledger.db"
#: Files that a case carries in its text form as they are.
FIGURES = "figures"
DEFAULT = "caf"


def packaged() -> dict[str, Path]:
    """The cases that come with Garant, by name: folders in text form."""
    root = Path(str(resources.files("garant"))) / "cases"
    return {f.name: f for f in sorted(root.iterdir()) if (f / FILE).is_file()} if root.is_dir() else {}


def locate(name_or_path: str | Path | None) -> tuple[Path, str, bool]:
    """The folder of the case that is meant, its name, and whether it is packaged (read-only).

    None means the folder you stand in if it is a case, else the packaged case. A name is that of a packaged
    case; anything else is a folder. InputError if it is no case.
    """
    if name_or_path is None:
        here = Path.cwd()
        return (here, here.name, False) if _is_case(here) else (_built(DEFAULT), DEFAULT, True)
    if str(name_or_path) in packaged():
        return _built(str(name_or_path)), str(name_or_path), True
    folder = Path(name_or_path)
    if not _is_case(folder):
        hint = f"make one with 'garant init {folder}', or name a packaged case ({', '.join(packaged())})"
        raise InputError("is no case" if folder.exists() else "does not exist", where=str(folder), mend=hint)
    return folder.resolve(), folder.resolve().name, False


def build(folder: Path, settings: Settings, text: Path | None) -> None:
    """Make a case in a folder that does not exist, or is empty, as a whole or not at all."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("exists already and is not empty", where=str(folder), mend="name a new folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise InputError(
            f"cannot be made ({error.strerror})", where=str(folder), mend="check the folder above"
        ) from None
    try:
        beside.chmod(0o755)
        settings.write(beside)
        ledger = Ledger.create(beside / LEDGER)
        if text is not None:
            with ledger.writing() as writer:
                read_text(text, writer)
            carry(text, beside)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except OSError as error:
        raise InputError(f"cannot be made ({error.strerror})", where=str(folder)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def carry(text: Path, folder: Path) -> None:
    """Copy what a case carries beside its ledger: figures of exposure and outlines, never rows of a dataset."""
    if (text / FIGURES).is_dir():
        shutil.copytree(text / FIGURES, folder / FIGURES, dirs_exist_ok=True)


def _is_case(folder: Path) -> bool:
    return (folder / FILE).is_file() and (folder / LEDGER).is_file()


def _built(name: str) -> Path:
    """The packaged case as a ledger, in a cache keyed by the hash of its text and of what reads it."""
    text = packaged()[name]
    digest = hashlib.sha256(f"{__version__} {SCHEMA}".encode())
    for root in (text, MIGRATIONS):
        for file in sorted(f for f in root.rglob("*") if f.is_file() and f.suffix != ".pyc"):
            digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes())
    key = f"{name}-{digest.hexdigest()[:16]}"
    for root in _caches():
        folder = root / key
        if _is_case(folder):
            return folder
        try:
            build(folder, Settings.read(text), text)
        except InputError:
            if _is_case(folder):  # another process built it meanwhile
                return folder
            if not os.access(root, os.W_OK):
                continue
            raise
        return folder
    raise InputError("no folder for the packaged case's cache can be written", mend="set GARANT_CACHE to one that can")


def charts_folder() -> Path:
    """Where drawn charts are kept between briefs."""
    return _caches()[0] / "charts"


def _caches() -> list[Path]:
    """Folders that may hold the cache, the preferred one first; one in a shared place must be the user's own."""
    chosen = os.environ.get("GARANT_CACHE")
    if chosen:
        return [Path(chosen)]
    user = getattr(os, "getuid", lambda: 0)()
    shared = Path(tempfile.gettempdir()) / f"garant-{user}"
    try:
        shared.mkdir(mode=0o700, exist_ok=True)
        own = [shared] if shared.stat().st_uid == user and not shared.is_symlink() else []
    except OSError:
        own = []
    return [platformdirs.user_cache_path("garant"), *own]
