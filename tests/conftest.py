"""What the tests share: a cache of their own, the real data beside the project, fresh cases, the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from garant.case import Case, init

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
Record = dict[str, Any]


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The packaged case is built once a session, never into the user's own cache."""
    before = os.environ.get("GARANT_CACHE")
    os.environ["GARANT_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["GARANT_CACHE"]
    else:
        os.environ["GARANT_CACHE"] = before


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the project; the test says so when it is not there."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("needs the real data in ../shared")
    return SHARED


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """A new, empty case."""
    return Case.open(init(tmp_path / "case", country="CAF"))


@pytest.fixture(scope="session")
def caf(_cache: None) -> Case:
    """The packaged case."""
    return Case.open("caf")


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `garant …` as a user would, in a folder of its own; nothing is checked about how it ends."""

    def command(*words: str | Path, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "garant", *map(str, words)],
            cwd=cwd or tmp_path,
            env={**os.environ, **env},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return command


def source_record(id: str = "s1", **fields: Any) -> Record:
    """A source, 1 January 2020 unless said otherwise."""
    return {"id": id, "publisher": f"Publisher of {id}", "title": f"Title of {id}", "published": "2020-01-01", **fields}


def claim_record(says: str = "Country A sent 600 soldiers.", **fields: Any) -> Record:
    """A deployment that passes every check; fields replace its own, None drops one."""
    record: Record = {
        "source": "s1",
        "locator": "p:1",
        "says": says,
        "type": "deployment",
        "actors": [
            {"name": "Rwanda", "role": "provider", "kind": "state"},
            {"name": "Central African Republic", "role": "host", "kind": "state"},
        ],
        "quantity": {"value": 600, "unit": "personnel", "measure": "flow"},
        "time": "2015-03-03",
        "slots": {"personnel": "troops"},
        "modality": "asserted",
        "coder": {"kind": "person", "name": "tester"},
        **fields,
    }
    return {k: v for k, v in record.items() if v is not None}


def write_lines(file: Path, *records: Record) -> Path:
    """Records as JSON lines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return file


def fill(case: Case, *records: Record) -> Case:
    """Import records (sources and claims) into a case."""
    case.import_(write_lines(case.folder.parent / "fill.jsonl", *records))
    return case
