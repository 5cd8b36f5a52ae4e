"""What is checked of events once they are read: repeated ids, states, places, actors; and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garant.datasets.actors import UNKNOWN, acled_kinds, ged_kinds
from garant.datasets.columns import quoted
from garant.datasets.outline import Outline, Told
from garant.datasets.rejects import Rejects
from garant.datasets.states import States

if TYPE_CHECKING:
    import duckdb

#: Rows named in a note.
_NAMED = 5
#: How a row finds its country in the table `states`.
_SAME_STATE = "coalesce(n.country, '') = s.country AND coalesce(n.country_code, '') = s.country_code"
#: Columns of `scan` that are no content of an event.
_ABOUT = ("number", "event_id", "stamp", "reason", "detail")


def _enumerated(words: Sequence[str]) -> str:
    """The SQL type of a column that holds a few words: quicker to write than text, and the same to read."""
    return f"ENUM({', '.join(map(quoted, words))})" if words else "VARCHAR"


def count_of(db: duckdb.DuckDBPyConnection, query: str) -> int:
    """The one number that a query gives."""
    found = db.execute(query).fetchone()
    return int(found[0]) if found and found[0] is not None else 0


def repeated(db: duckdb.DuckDBPyConnection) -> list[Told]:
    """Rows whose id stands there twice: copies of an earlier row, and all rows of an id with different contents."""
    if not count_of(db, "SELECT count(*) - count(DISTINCT event_id) FROM scan WHERE reason IS NULL"):
        return []
    named = [d[0] for d in db.execute("SELECT * FROM scan LIMIT 0").description or () if d[0] not in _ABOUT]
    content = ", ".join(f'"{name}"' for name in named)
    return db.execute(
        f"""
        WITH told AS (
            SELECT row, event_id, hash({content}) AS content FROM numbered WHERE reason IS NULL
            QUALIFY count(*) OVER (PARTITION BY event_id) > 1
        ), groups AS (
            SELECT event_id, count(DISTINCT content) AS contents, min(row) AS first,
                   string_agg(row::VARCHAR, ', ' ORDER BY row) AS listed
            FROM told GROUP BY event_id
        )
        SELECT row, CASE WHEN contents = 1 THEN 'the same row again' ELSE 'one id with different contents' END,
               CASE WHEN contents = 1 THEN 'duplicate of row ' || first
                    ELSE 'id ' || event_id || ' in rows ' || listed END
        FROM told JOIN groups USING (event_id) WHERE contents > 1 OR row <> first
        """  # noqa: S608  # the names are those of our own columns
    ).fetchall()


def name_states(db: duckdb.DuckDBPyConnection, dataset: str, states: States, country: str | None) -> None:
    """The table `states`: for each country as printed its alpha-3 code, and whether it is the case's.

    Keys of this table and of `kinds` are '' where nothing is printed: joining on equality is the quickest.
    """
    by_code = states.by_numeric if dataset == "acled" else states.by_gw
    printed = db.execute("SELECT DISTINCT country, country_code FROM scan").fetchall()
    found = []
    for name, code in printed:
        iso = by_code(code) or states.by_name(name)
        found.append((name or "", code or "", iso, country is None or iso == country))
    codes = _enumerated(sorted({iso for *_, iso, _ in found if iso}))
    db.execute(f"CREATE TABLE states (country VARCHAR, country_code VARCHAR, iso3 {codes}, in_case BOOLEAN)")
    if found:
        db.executemany("INSERT INTO states VALUES (?, ?, ?, ?)", found)


def misplaced(db: duckdb.DuckDBPyConnection, outline: Outline) -> tuple[list[Told], str | None]:
    """Rows said to be in the case's country whose point lies far outside its outline, and a note on the outline."""
    points = db.execute(
        f"""
        SELECT row, longitude, latitude FROM numbered n JOIN states s ON {_SAME_STATE}
        WHERE in_case AND reason IS NULL AND spread <> 'international'
        """  # noqa: S608  # a constant
    ).fetchnumpy()
    return outline.misplaced(points["row"], points["longitude"], points["latitude"])


def name_actors(db: duckdb.DuckDBPyConnection, dataset: str) -> None:
    """The table `kinds`: what each actor is, by its name (GED), or by its name and ACLED's code."""
    rows: list[tuple[str, str | None, str]]
    if dataset == "acled":
        sides = "SELECT side_a, inter_a FROM scan UNION SELECT side_b, inter_b FROM scan"
        found: Any = db.execute(f"SELECT * FROM ({sides}) t(name, inter) WHERE name IS NOT NULL").fetchall()  # noqa: S608  # two constants
        rows = [(name, inter or "", kind) for (name, inter), kind in acled_kinds(found).items()]
    else:
        sides = "SELECT side_a, violence FROM scan UNION SELECT side_b, violence FROM scan"
        found = db.execute(f"SELECT * FROM ({sides}) t(name, v) WHERE name IS NOT NULL AND v IS NOT NULL").fetchall()  # noqa: S608  # two constants
        rows = [(name, "", kind) for name, kind in ged_kinds(found).items()]
    words = _enumerated(sorted({UNKNOWN, *(row[2] for row in rows)}))
    db.execute(f"CREATE TABLE kinds (name VARCHAR, inter VARCHAR, kind {words})")
    if rows:
        db.executemany("INSERT INTO kinds VALUES (?, ?, ?)", rows)


def refuse(db: duckdb.DuckDBPyConnection, rejects: Rejects) -> None:
    """The views `kept`, the rows that are not rejected with their state, and `usable`, with the kinds of actors too."""
    db.execute("CREATE TABLE refused (row BIGINT)")
    if len(rejects):
        db.executemany("INSERT INTO refused VALUES (?)", [(row,) for row in rejects.listed])
    others = "AND n.row NOT IN (SELECT row FROM refused)" if len(rejects) else ""
    db.execute(
        f"""
        CREATE VIEW kept AS SELECT n.*, s.iso3, s.in_case FROM numbered n JOIN states s ON {_SAME_STATE}
        WHERE n.reason IS NULL {others}
        """  # noqa: S608  # constants
    )
    db.execute(
        f"""
        CREATE VIEW usable AS SELECT n.*, coalesce(a.kind, '{UNKNOWN}') AS side_a_kind,
               coalesce(b.kind, '{UNKNOWN}') AS side_b_kind
        FROM kept n
        LEFT JOIN kinds a ON a.name = n.side_a AND a.inter = coalesce(n.inter_a, '')
        LEFT JOIN kinds b ON b.name = n.side_b AND b.inter = coalesce(n.inter_b, '')
        """  # noqa: S608  # a constant
    )


def write(db: duckdb.DuckDBPyConnection, parquet: Path) -> None:
    """Write the snapshot: the columns of the contract, in no certain order (`row` has that of the file).

    Outlets are split from the list of offices; where it is empty, from the articles, whose entries begin with the
    outlet and a date, or else are kept whole. Dictionaries are kept small: ids and coordinates, all different, would be
    looked at for one in vain.
    """
    split = "list_filter(list_transform(string_split({}, ';'), lambda x: trim(x)), lambda x: x <> '')"
    dated = """regexp_extract_all(article, '(?:^|;)\\s*"?([^";]*?)\\s*,\\s*\\d{4}-\\d{2}-\\d{2}', 1)"""
    db.execute("SET preserve_insertion_order = false")  # half a second of 2,500,000 rows
    db.execute(
        f"""
        COPY (
            SELECT event_id, row, in_case, iso3, country, day, start, "end", date_precision, violence, sub_type, dyad,
                   side_a, side_b, side_a_kind, side_b_kind, latitude, longitude, where_precision, spread,
                   place, adm1, adm2, best, low, high, deaths_a, deaths_b, deaths_civilians, deaths_unknown, clarity,
                   CASE WHEN outlets IS NOT NULL AND NOT contains(outlets, ';') THEN [trim(outlets)]
                        WHEN outlets IS NOT NULL THEN {split.format("outlets")}
                        WHEN article IS NULL THEN []::VARCHAR[]
                        WHEN len({dated}) > 0 THEN {dated}
                        ELSE {split.format("article")} END AS outlets,
                   headline
            FROM usable
        ) TO {quoted(parquet)} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880, DICTIONARY_SIZE_LIMIT 5000)
        """  # noqa: S608  # the path is quoted
    )


def doubts(db: duckdb.DuckDBPyConnection) -> list[str]:
    """What is kept as printed and yet looks wrong, a sentence each."""
    notes = []
    odd = [r[0] for r in db.execute("SELECT row FROM kept WHERE NOT best BETWEEN low AND high ORDER BY row").fetchall()]
    if odd:
        named = ", ".join(map(str, odd[:_NAMED])) + (", …" if len(odd) > _NAMED else "")
        notes.append(
            f"in {len(odd)} rows the best estimate is not between low and high (rows {named}): kept as printed"
        )
    lost = db.execute("SELECT country, count(*) FROM kept WHERE iso3 IS NULL GROUP BY 1 ORDER BY 2 DESC").fetchall()
    if lost:
        notes.append(
            "no state is known by the name of " + ", ".join(f"{name} ({count} rows)" for name, count in lost[:_NAMED])
        )
    return notes
