"""init, import, export: a case's beginning, and its way in and out as text."""

from __future__ import annotations

from pathlib import Path

from garant.case.base import CaseBase
from garant.case.locate import build, carry, packaged
from garant.case.result import Result, column
from garant.case.settings import Settings
from garant.claims import InputError
from garant.ledger.text import SETTINGS, is_text_form, read_lines, read_text, write_text
from garant.names import world


def init(folder: str | Path, *, country: str | None = None, from_: str | None = None, title: str | None = None) -> Path:
    """Make a new case in a folder that does not exist or is empty; returns the folder.

    `country` is an ISO 3166-1 alpha-3 code. `from_` copies a packaged case, or the text form of one, with its
    history. Raises InputError; then nothing is left behind.
    """
    target = Path(folder)
    code = country.upper() if country else None
    if code is not None and (code not in world() or world()[code].kind != "state"):
        raise InputError(f"'{country}' is no ISO 3166-1 alpha-3 country code", mend="use one such as CAF or MOZ")
    text = None
    if from_ is not None:
        text = packaged().get(from_, Path(from_))
        if not is_text_form(text):
            hint = f"packaged: {', '.join(packaged())}; write the text form of a case with 'garant export --text DIR'"
            raise InputError(f"'{from_}' is neither a packaged case nor the text form of one", mend=hint)
    base = Settings.read(text) if text else Settings("Untitled case")
    state = world()[code].label() if code else None
    build(target, Settings(title or (base.title if text else state or base.title), code or base.country), text)
    return target


class LifecycleVerbs(CaseBase):
    """import and export."""

    def import_(self, path: str | Path) -> Result:
        """Add what a file or folder holds: claims (and their sources) as JSON lines, or the text form of a case.

        All of it lands or nothing does; what is there already is counted as known. Returns rows
        `{what, added, known}`. Raises InputError naming file, line and field.
        """
        self._writable()
        place = Path(path)
        if not place.exists():
            raise InputError("does not exist", where=str(place), mend="check the path")
        with self.ledger.writing() as writer:
            if place.is_dir():
                if not is_text_form(place):
                    raise InputError(
                        "is not the text form of a case",
                        where=str(place),
                        mend=f"it needs {SETTINGS} and sources.jsonl",
                    )
                read_text(place, writer)
            else:
                read_lines(place, writer)
        kinds = sorted(set(writer.added) | set(writer.known))
        rows = [{"what": k, "added": writer.added[k], "known": writer.known[k]} for k in kinds]
        notes = [] if rows else [f"{place} holds no records"]
        columns = (column("what", "what"), column("added", "added"), column("already known", "known"))
        return Result(f"Imported {place}", columns, rows, notes)

    def export(self, text: str | Path) -> Result:
        """Write the case as text into a folder (new, empty, or an earlier export); returns rows `{file, lines}`.

        The text form is lossless: importing it into an empty case gives the same ledger, with the same dates
        of recording. Raises InputError where the folder holds something else.
        """
        folder = Path(text)
        if folder.exists() and not folder.is_dir():
            raise InputError("is not a folder", where=str(folder), mend="name a folder")
        foreign = (
            folder.is_dir() and not is_text_form(folder) and any(not f.name.startswith(".") for f in folder.iterdir())
        )
        if foreign:
            raise InputError("holds other files", where=str(folder), mend="name a new folder or an earlier export")
        written = write_text(self.ledger, folder)
        self.settings.write(folder)
        carry(self.folder, folder)
        rows = [{"file": name, "lines": count} for name, count in sorted(written.items())]
        return Result(f"Exported to {folder}", (column("file", "file"), column("lines", "lines")), rows)
