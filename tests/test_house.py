"""The house: imports flow one way, files stay small, nothing is called utils, nothing foreign is committed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

SOURCE = sorted((ROOT / "src/garant").rglob("*.py"))
BESIDE = sorted(f for folder in ("tests", "benchmarks", "packaging", "docs") for f in (ROOT / folder).rglob("*.py"))


def test_imports_flow_one_way() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_stay_under_400_lines() -> None:
    long = {str(f.relative_to(ROOT)): n for f in (*SOURCE, *BESIDE) if (n := len(f.read_text().splitlines())) >= 400}
    assert long == {}


def test_nothing_is_called_utils_helpers_or_common() -> None:
    assert not [f for f in SOURCE if f.stem in ("utils", "util", "helpers", "common", "misc")]


def test_every_module_says_its_one_job() -> None:
    assert not [str(f) for f in SOURCE if not f.read_text().lstrip().startswith('"""')]


def test_data_files_are_in_the_package() -> None:
    """Hatch ships everything below src/garant; what code reads must be there and not beside it."""
    for name in ("claims/types", "names/entities", "brief/templates", "cases/caf", "ledger/migrations/versions"):
        assert any(Path(ROOT / "src/garant" / name).iterdir())


def test_no_document_or_dataset_is_shipped() -> None:
    shipped = {f.suffix for f in (ROOT / "src/garant").rglob("*") if f.is_file() and "__pycache__" not in f.parts}
    assert shipped <= {".py", ".yaml", ".jsonl", ".toml", ".css", ".j2", ".geojson", ".gz", ".txt"}
    figures = {f for f in (ROOT / "src/garant").rglob("*") if f.suffix in (".geojson", ".gz", ".txt")}
    assert {f.parent.name for f in figures} == {"figures"}  # aggregates and the outline, each with its notice
    assert sum(f.stat().st_size for f in figures) < 2_000_000
