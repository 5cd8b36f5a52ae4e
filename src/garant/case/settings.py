"""case.toml: what a case is about."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from garant.claims import InputError

FILE = "case.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """A case's title, and the country it is about (ISO 3166-1 alpha-3; None for none in particular)."""

    title: str
    country: str | None = None

    @staticmethod
    def read(folder: Path) -> Settings:
        """Settings from a case folder; InputError where the file is missing or wrong."""
        file = folder / FILE
        try:
            raw = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise InputError(f"cannot be read ({error.strerror})", where=str(file)) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"is not TOML ({error})", where=str(file), mend="mend the file") from None
        title, country = raw.get("title"), raw.get("country")
        if not isinstance(title, str) or not (country is None or isinstance(country, str)):
            raise InputError("needs a title, and a country code if any, as text", where=str(file))
        return Settings(title, country)

    def write(self, folder: Path) -> None:
        """Write the file; JSON's quoting of text is TOML's too."""
        lines = [f"title = {json.dumps(self.title, ensure_ascii=False)}"]
        if self.country:
            lines.append(f"country = {json.dumps(self.country)}")
        try:
            (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
        except OSError as error:
            raise InputError(f"cannot be written ({error.strerror})", where=str(folder / FILE)) from None
