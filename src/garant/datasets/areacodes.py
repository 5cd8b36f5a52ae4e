"""Codes of areas: which column holds them, of which level a layer is, and one code for each area of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from garant.datasets.registry import fold_column
from garant.errors import InputError

#: Levels of areas: the country, its largest divisions, and two below these.
LEVELS = ("0", "1", "2", "3")
_SAY = "say with --level 0 (the country), 1 (its largest divisions), 2 or 3"


def checked(level: str | None) -> str | None:
    """The level a user says, without spaces; InputError where there is no such level."""
    if level is None or level.strip() in LEVELS:
        return level.strip() if level is not None else None
    raise InputError(f"“{level}” is no level of areas", where="--level", mend="say 0 (the country), 1, 2 or 3")


def level_in(columns: Iterable[str | None], codes: Mapping[str, Any], path: Path) -> str:
    """The level that the names of columns tell ("admin1Name" is of level 1), the first that does.

    Raises InputError where none does.
    """
    for column in columns:
        found = re.search(codes["level_pattern"], fold_column(column)) if column else None
        if found:
            return found[1]
    raise InputError("does not say of which level its areas are", where=str(path), mend=_SAY)


def of_another_level(column: str, codes: Mapping[str, Any], level: str) -> bool:
    """Whether the name of a column tells a level, and not this one."""
    found = re.search(codes["level_pattern"], fold_column(column))
    return found is not None and found[1] != level


def code_column(columns: Iterable[str], codes: Mapping[str, Any], level: str | None) -> str | None:
    """The column that holds the codes of areas, one of the layer's own level first; None where none is known."""
    there = {fold_column(column): column for column in columns}
    usual = [name for name in codes["codes"] if name in there]
    like = [name for name in there if name not in usual and re.search(codes["code_pattern"], name)]

    fitting = [name for name in (*usual, *like) if level is None or not of_another_level(name, codes, level)]
    return there[fitting[0]] if fitting else None


def distinct(codes: Sequence[str | None], names: Sequence[str], rows: Sequence[int], notes: list[str]) -> list[str]:
    """A code for each area, no two alike: its own, else its name, else its name and row.

    What was made up is counted in `notes`. Areas with one code would be taken for one.
    """
    often = Counter(code for code in codes if code)
    named = Counter(names)
    found = [code if code and often[code] == 1 else None for code in codes]
    taken = {code for code in found if code}
    by_name = by_row = 0
    for at, (code, name, row) in enumerate(zip(found, names, rows, strict=True)):
        if code:
            continue
        made = name
        while (named[name] > 1 and made == name) or made in taken:
            made += f" (row {row})"
        by_row += made != name
        by_name += made == name
        taken.add(made)
        found[at] = made
    repeated = sum(count > 1 for count in often.values())
    why = f" ({repeated} codes stand there more than once)" if repeated else ""
    if by_name:
        whose = "1 area has no code of its own" if by_name == 1 else f"{by_name} areas have no code of their own"
        notes.append(f"{whose}{why}: their names are their codes")
    if by_row:
        notes.append(
            f"{by_row} areas have neither a code nor a name of their own{why}: name and row are their codes, "
            "such as “Name (row 12)”"
        )
    return [str(code) for code in found]
