"""Content of a brief before layout: sections of paragraphs, tables and charts, every figure with its notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words, the numbers of its footnotes, and how it is set. `to` is the id of a section or source."""

    words: str
    notes: tuple[int, ...] = ()
    style: Literal["", "soft", "strong"] = ""
    to: str = ""


Cell: TypeAlias = tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs of words. `kind`: "lead" opens a section, "point" is one of a list, "note" is small print."""

    runs: Cell
    kind: Literal["", "lead", "point", "note", "warning"] = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under headings; `title` and `id` where the table has a heading of its own. `widths` are shares.

    `more` are further rows that only a screen and a program show, `rest` what they are in words.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    title: str = ""
    id: str = ""
    strong: frozenset[int] = frozenset()
    more: tuple[tuple[Cell, ...], ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn chart as SVG text, what it shows in words, and the notes of what is drawn in it."""

    svg: str
    caption: Cell
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    words: str
    id: str = ""


Block: TypeAlias = Paragraph | Table | Figure | Heading


@dataclass(slots=True)
class Section:
    """One chapter of the brief."""

    id: str
    title: str
    blocks: list[Block] = field(default_factory=list)

    def say(self, *runs: Text | str, kind: Literal["", "lead", "point", "note", "warning"] = "") -> None:
        """Add a paragraph."""
        self.blocks.append(Paragraph(cell(*runs), kind))


def cell(*runs: Text | str) -> Cell:
    """Runs of words; plain strings have no notes."""
    return tuple(Text(run) if isinstance(run, str) else run for run in runs if run)


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell | str]],
    widths: Sequence[int],
    *,
    title: str = "",
    id: str = "",
    shown: int | None = None,
    rest: str = "",
) -> Table:
    """A table; a cell may be a plain string. Rows after the first `shown` are `more`, which `rest` names."""
    made = tuple(tuple(cell(c) if isinstance(c, str) else c for c in row) for row in rows)
    more = made[len(made) if shown is None else shown :]
    return Table(tuple(heads), made[: len(made) - len(more)], tuple(widths), title, id, more=more, rest=rest)


def plain(runs: Cell) -> str:
    """The words alone."""
    return "".join(run.words for run in runs)
