"""What a verb returns: rows that print as a table, and as JSON, a data frame or HTML."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

Row = dict[str, Any]
#: From this width on a table shows all its columns.
WIDE = 120


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the printed table: its heading, how a row fills it, and its share of the width.

    `wrap` lets long values take several lines; `share` weighs the column against the others that wrap;
    `spare` leaves it out where the terminal is narrow.
    """

    heading: str
    show: Callable[[Row], Any]
    wrap: bool = True
    share: int | None = None
    spare: bool = False


def column(heading: str, key: str, *, wrap: bool = True, spare: bool = False) -> Column:
    """A column that shows one key of the row, lists joined by commas."""

    def show(row: Row) -> Any:
        value = row.get(key)
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    return Column(heading, show, wrap, spare=spare)


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of a verb. `rows` are JSON records; `notes` are sentences about what is not in them.

    `json_lines` says that `to_json` gives one record a line instead of an array. `printed` are the lines of the
    printed table where they are not the rows themselves (a row that takes several lines). `failed` are sentences about
    what could not be done while the rest was.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    notes: list[str] = field(default_factory=list)
    json_lines: bool = False
    printed: Sequence[Row] | None = None
    failed: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __getitem__(self, index: int) -> Row:
        return self.rows[index]

    def to_json(self) -> str:
        """JSON text: an array, or one record a line for claims."""
        if self.json_lines:
            return "\n".join(json.dumps(row, ensure_ascii=False) for row in self.rows)
        return json.dumps(self.rows, ensure_ascii=False, indent=1)

    def to_pandas(self) -> pd.DataFrame:
        """A data frame with one row a record; nested keys become `quantity.value`. Needs the `data` extra."""
        try:
            import pandas as pd
        except ImportError:
            from garant.claims import InputError

            raise InputError("pandas is not installed", mend="pip install 'garant[data]'") from None
        return pd.json_normalize(self.rows)

    def to_table(self, width: int = WIDE) -> Table:
        """The table as rich prints it; below WIDE characters the spare columns are left out (JSON has them)."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table
        from rich.text import Text

        table = Table(title=self.title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
        table.expand = any(col.share for col in self.columns)
        columns = [col for col in self.columns if width >= WIDE or not col.spare]
        for col in columns:
            table.add_column(col.heading, no_wrap=not col.wrap, overflow="fold", ratio=col.share)
        for row in self._lines():
            table.add_row(*(Text(_shown(col, row)) for col in columns))
        return table

    def _lines(self) -> Sequence[Row]:
        return self.rows if self.printed is None else self.printed

    def __rich__(self) -> Table:
        return self.to_table()

    def __str__(self) -> str:
        from rich.console import Console

        console = Console(width=WIDE, color_system=None)
        with console.capture() as captured:
            console.print(self.to_table())
        return captured.get()

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(c.heading)}</th>" for c in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_shown(c, row))}</td>" for c in self.columns) + "</tr>"
            for row in self._lines()
        )
        return f"<table><caption>{html.escape(self.title)}</caption><tr>{head}</tr>{body}</table>"


def _shown(col: Column, row: Row) -> str:
    value = col.show(row)
    return "" if value is None else str(value)


def counted(number: int, noun: str) -> str:
    """ "1 claim", "2 claims", "3 entities"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
