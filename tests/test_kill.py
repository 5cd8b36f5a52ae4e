"""A kill at any moment of an import leaves the ledger whole (benchmarks/kills.py does this two hundred times)."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from garant.case import Case, init
from tests.conftest import claim_record, fill, source_record, write_lines

NEW = 12_000


def importing(file: Path, folder: Path) -> list[str]:
    return [sys.executable, "-m", "garant", "import", str(file), "--case", str(folder)]


def copy_of(case: Case, folder: Path) -> Path:
    return Path(shutil.copytree(case.folder, folder))


def test_a_killed_import_lands_whole_or_not_at_all(tmp_path: Path) -> None:
    case = fill(Case.open(init(tmp_path / "case")), source_record(), claim_record())
    case.review(case.claims()[0]["id"], "accept", by="a")
    lines = [claim_record(locator=f"p:{n + 2}") for n in range(NEW)]
    file = write_lines(tmp_path / "new.jsonl", *lines)
    started = time.monotonic()
    subprocess.run(importing(file, copy_of(case, tmp_path / "unharmed")), check=True, capture_output=True)
    unharmed = time.monotonic() - started
    moments, alive = random.Random(1), 0
    for attempt in range(6):
        folder = copy_of(case, tmp_path / f"copy{attempt}")
        process = subprocess.Popen(importing(file, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(unharmed * moments.uniform(0.4, 0.95))  # the first third is Python's own start
        alive += process.poll() is None
        process.kill()
        process.wait()
        after = Case.open(folder)
        assert after.ledger.counts()["claim"] in (1, 1 + NEW)
        assert after.ledger.integrity() is None
        assert len(after.review()) == 1
    assert alive, "no kill hit a running import"
    after.import_(file)
    assert after.ledger.counts()["claim"] == 1 + NEW
    assert not [row for row in after.check() if row["severity"] == "error"]
