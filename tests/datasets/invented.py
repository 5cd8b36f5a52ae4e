"""Invented rows in the layouts of published datasets; nothing real is copied."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def header(names: str) -> list[str]:
    """Column names, separated by spaces."""
    return names.split()


GED = header(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id "
    "side_b number_of_sources source_article source_office source_date source_headline source_original "
    "where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid "
    "country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians "
    "deaths_unknown best high low gwnoa gwnob"
)
ACLED_OLD = header(
    "data_id iso event_id_cnty event_date year time_precision event_type sub_event_type actor1 assoc_actor_1 "
    "inter1 actor2 assoc_actor_2 inter2 interaction region country admin1 admin2 admin3 location latitude "
    "longitude geo_precision source source_scale notes fatalities timestamp iso3"
)
ACLED_NEW = header(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 "
    "inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 "
    "location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)


def ged(number: int = 1, **fields: Any) -> Record:
    """An invented UCDP event in the Central African Republic."""
    return {
        "id": 900000 + number,
        "year": 2019,
        "type_of_violence": 3,
        "dyad_name": "Group of the Hills - Civilians",
        "side_a": "Group of the Hills",
        "side_b": "Civilians",
        "source_article": '"Invented Agency,2019-03-05,Five dead near a ford"',
        "source_office": "Invented Agency;Invented Radio",
        "source_headline": "Five dead near a ford",
        "where_prec": 1,
        "where_coordinates": "Ford town",
        "adm_1": "Upper province",
        "adm_2": "Ford district",
        "latitude": 6.5,
        "longitude": 20.25,
        "country": "Central African Republic",
        "country_id": 482,
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": "2019-03-05 00:00:00.000",
        "date_end": "2019-03-05 00:00:00.000",
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": 5,
        "deaths_unknown": 0,
        "best": 5,
        "low": 4,
        "high": 7,
        **fields,
    }


def acled(number: int = 1, **fields: Any) -> Record:
    """An invented event in the layout of ACLED."""
    return {
        "data_id": number,
        "event_id_cnty": f"CAF{number}",
        "iso": 140,
        "iso3": "CAF",
        "event_date": "2019-03-05",
        "year": 2019,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Group of the Hills",
        "inter1": 2,
        "actor2": "Military Forces of the Central African Republic (2016-)",
        "inter2": 1,
        "country": "Central African Republic",
        "admin1": "Upper province",
        "admin2": "Ford district",
        "location": "Ford town",
        "latitude": 6.5,
        "longitude": 20.25,
        "geo_precision": 1,
        "source": "Invented Agency; Invented Radio",
        "notes": "An invented sentence, with a comma; and more.",
        "fatalities": 3,
        "timestamp": 1600000000,
        **fields,
    }


def table(
    path: Path,
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str] = GED,
    *,
    separator: str = ",",
    encoding: str = "utf-8",
) -> Path:
    """Rows as a delimited file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=separator, extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


#: Columns of Geo-PKO 2.1, of FrontMap and TCCMap of 2.3, of the UN's month table and of a table of yearly means.
MAPS = header(
    "source mission year month location country latitude longitude battalion no.troops fpu no.tcc nameoftcc_1 "
    "notroopspertcc_1 nameoftcc_2 notroopspertcc_2 unpol.dummy unmo.dummy hq"
)
FRONT = header(
    "mission year country location latitude longitude Infantry NoTroops Reserve hq UNPOL Med Av UNMO ave.no.troops"
)
TCC = header("mission year location latitude longitude No.TCC year.overview")
MONTHLY = header(
    "contribution_id isocode3 m49_code contributing_country mission_acronym personnel_type female_personnel "
    "male_personnel last_reporting_date"
)
YEARLY = header("n Year Country Mission Female Male Total")


def site(location: str = "Bria", **fields: Any) -> Record:
    """An invented place on a map, in the layout of Geo-PKO 2.1."""
    return {
        "source": "Map no. 0 Rev. 1",
        "mission": "MINUSCA",
        "year": 2018,
        "month": 2,
        "location": location,
        "country": "Central African Republic",
        "latitude": 6.5,
        "longitude": 21.9,
        "battalion": 0,
        "no.troops": 0,
        "fpu": 0,
        "no.tcc": 0,
        "nameoftcc_1": "NA",
        "notroopspertcc_1": "NA",
        "unpol.dummy": 0,
        "unmo.dummy": 0,
        "hq": 0,
        **fields,
    }


def month(state: str, kind: str, female: int, male: int, **fields: Any) -> Record:
    """An invented row of the UN's month table."""
    return {
        "contributing_country": state, "mission_acronym": "MINUSCA", "personnel_type": kind, "female_personnel": female,
        "male_personnel": male, "last_reporting_date": "2018-02-28", **fields,
    }  # fmt: skip
