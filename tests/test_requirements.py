"""Every requirement of the founding documents has claims, verbs that exist and chapters of the brief."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from garant.brief import chapters
from garant.case import Case
from garant.cli.app import app

DOCS = Path(__file__).parents[1] / "docs"
WRITER = run_path(str(DOCS / "requirements.py"))
ROWS: list[dict[str, Any]] = WRITER["rows"]()
COMMANDS = {command.name for command in app.registered_commands}


def test_every_row_is_listed_once() -> None:
    wanted = [*(f"S{number:02d}" for number in range(1, 61)), "R0", "R-a", "R-b", "R-c"]
    assert [row["row"] for row in ROWS] == wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["row"]))
def test_a_row_names_verbs_and_chapters_that_exist(row: dict[str, Any]) -> None:
    assert row["verbs"]
    assert set(row["verbs"]) <= COMMANDS
    assert all(callable(getattr(Case, verb)) for verb in row["verbs"])
    assert row["sections"]
    assert set(row["sections"]) <= {chapter["id"] for chapter in chapters()}


def test_no_row_has_lost_its_claims() -> None:
    claims = WRITER["claims_by_row"]()
    assert [row["row"] for row in ROWS if not claims[row["row"]]] == []


def test_the_page_is_what_the_case_says() -> None:
    page = (DOCS / "reference/requirements.md").read_text(encoding="utf-8")
    assert page == WRITER["page"](), "run 'python docs/requirements.py'"
