"""Origin: where a loaded dataset comes from, which of its rows were used, and under what licence."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from garant.claims.period import Period
from garant.errors import InputError

Kind = Literal["events", "claims", "boundaries", "population", "covariate"]
#: Suffix of the file that holds the Origin of a snapshot, beside it.
SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Origin:
    """A dataset version as it was loaded.

    `released` (EDTF) is when the publisher released the version, and decides what was known when; where no table
    knows it, it is the day of loading, and `released_by` says so (`table`, `file`, `user` or `loading`). `sha256` is
    that of the user's file, or of the hashes of its files where it was a folder, and `size` its bytes. `rows` = `used`
    + `outside` + the sum of `rejected`. `country` is the case's (ISO 3166-1 alpha-3). `options` are what the user said
    of the file. `covers_from` and `covers_to` (ISO days) are the first and last day of which a dataset of events tells,
    days without an event included; None for everything else.
    """

    dataset: str
    publisher: str
    title: str
    version: str
    released: str
    released_by: str
    citation: str
    licence: str
    accessed: str
    sha256: str
    file: str
    rows: int
    used: int
    outside: int
    layout: str
    kind: Kind
    loaded_at: str
    country: str | None = None
    size: int | None = None
    address: str | None = None
    covers_from: str | None = None
    covers_to: str | None = None
    rejected: dict[str, int] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.rows != self.used + self.outside + sum(self.rejected.values()):
            told = f"{self.used} used, {self.outside} outside, {sum(self.rejected.values())} rejected"
            raise ValueError(f"{self.file}: {self.rows} rows, but {told}")

    @property
    def released_day(self) -> int:
        """Ordinal day from which the version counts as known: the last day of `released`."""
        return Period.parse(self.released).over_day

    def to_toml(self) -> str:
        """The record as TOML, absent keys omitted. JSON's quoting of text is TOML's too."""
        record = asdict(self)
        tables = {key: record.pop(key) for key in ("rejected", "options")}
        lines = [f"{key} = {_quoted(value)}" for key, value in record.items() if value not in (None, ())]
        for name, table in tables.items():
            if table:
                lines += ["", f"[{name}]", *(f"{_quoted(str(k))} = {_quoted(v)}" for k, v in table.items())]
        return "\n".join(lines) + "\n"

    @staticmethod
    def read(path: Path) -> Origin:
        """An Origin from its file; InputError where it is missing or wrong."""
        try:
            raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise InputError(f"cannot be read ({error.strerror})", where=str(path)) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"is not TOML ({error})", where=str(path), mend="load the file again") from None
        unknown = set(raw) - {f.name for f in fields(Origin)}
        if unknown or raw.get("kind") not in get_args(Kind):
            what = f"has a key that is no field of an origin: {sorted(unknown)[0]}" if unknown else "has no known kind"
            raise InputError(what, where=str(path), mend="remove it and its snapshot, and load the file again")
        raw["notes"] = tuple(raw.get("notes", ()))
        try:
            return Origin(**raw)
        except (TypeError, ValueError) as error:
            raise InputError(f"is no whole origin ({error})", where=str(path), mend="load the file again") from None


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
