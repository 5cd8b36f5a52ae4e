"""Pages of an API: a query of which pages are missing is not loaded."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from garant.case import Case
from garant.errors import InputError
from tests.datasets.invented import ged
from tests.datasets.test_bad_files import untouched


def page(path: Path, numbers: range, **announced: Any) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({**announced, "Result": [ged(n) for n in numbers]}), encoding="utf-8")
    return path


def test_a_missing_page_is_told(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    for number in (0, 2):
        page(folder / f"{number}.json", range(number * 4, number * 4 + 4), TotalCount=12, TotalPages=3)
    with pytest.raises(InputError) as raised:
        case.load("ucdp-ged", folder)
    told = "holds 8 of the 12 rows that it announces, on 2 of 3 pages; download the other pages too"
    assert str(raised.value).startswith(f"{folder}: {told}")
    assert untouched(case)
    page(folder / "1.json", range(4, 8), TotalCount=12, TotalPages=3)
    assert case.load("ucdp-ged", folder)[0]["used"] == 12


def test_one_page_of_several(case: Case, tmp_path: Path) -> None:
    file = page(tmp_path / "one.json", range(3), TotalCount="7", TotalPages="3")
    with pytest.raises(InputError, match=r"one\.json: holds 3 of the 7 rows"):
        case.load("ucdp-ged", file)
    packed = tmp_path / "one.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(file, file.name)
    with pytest.raises(InputError, match=r"one\.zip.*holds 3 of the 7 rows"):
        case.load("ucdp-ged", packed)
    with pytest.raises(InputError, match="holds 1 of the 2 pages"):
        case.load("ucdp-ged", page(tmp_path / "pages.json", range(3), TotalPages=2))
    assert untouched(case)


def test_a_page_saved_twice_does_not_stand_for_another(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    for name in ("a", "b"):
        page(folder / f"{name}.json", range(4), TotalCount=8, TotalPages=2)
    with pytest.raises(InputError, match="holds 4 of the 8 rows"):
        case.load("ucdp-ged", folder)


def test_all_rows_in_one_file_are_whole(case: Case, tmp_path: Path) -> None:
    file = page(tmp_path / "joined.json", range(8), TotalCount=8, TotalPages=2)
    assert case.load("ucdp-ged", file)[0]["used"] == 8


def test_two_queries_in_one_folder(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    page(folder / "a.json", range(4), TotalCount=4, TotalPages=1)
    page(folder / "b.json", range(4, 7), TotalCount=3, TotalPages=1)
    assert case.load("ucdp-ged", folder)[0]["used"] == 7


def test_a_list_of_pages(case: Case, tmp_path: Path) -> None:
    pages = [{"TotalCount": 4, "Result": [ged(1), ged(2)]}, {"TotalCount": 4, "Result": [ged(3), ged(4)]}]
    file = tmp_path / "list.json"
    file.write_text(json.dumps(pages), encoding="utf-8")
    assert case.load("ucdp-ged", file)[0]["used"] == 4
    file.write_text(json.dumps(pages[:1]), encoding="utf-8")
    with pytest.raises(InputError, match="holds 2 of the 4 rows"):
        case.load("ucdp-ged", file)
