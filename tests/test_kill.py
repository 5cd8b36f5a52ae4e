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


def test_a_killed_import_lands_whole_or_not_at_all(tmp_path: Path) -> None:
    case = fill(Case.open(init(tmp_path / "case")), source_record(), claim_record())
    case.review(case.claims()[0]["id"], "accept", by="a")
    lines = [claim_record(locator=f"p:{n + 2}") for n in range(NEW)]
    file = write_lines(tmp_path / "new.jsonl", *lines)
    moments, written = random.Random(1), 0
    for attempt in range(6):
        folder = tmp_path / f"copy{attempt}"
        shutil.copytree(case.folder, folder)
        wal = folder / "ledger.db-wal"
        command = [sys.executable, "-m", "garant", "import", str(file), "--case", str(folder)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not (wal.exists() and wal.stat().st_size):
            time.sleep(0.005)  # until it writes
        time.sleep(moments.uniform(0, 0.4))
        written += process.poll() is None
        process.kill()
        process.wait()
        after = Case.open(folder)
        assert after.ledger.counts()["claim"] in (1, 1 + NEW)
        assert after.ledger.integrity() is None
        assert len(after.review()) == 1
    assert written, "no kill hit the import while it wrote"
    after.import_(file)
    assert after.ledger.counts()["claim"] == 1 + NEW
    assert not [row for row in after.check() if row["severity"] == "error"]
