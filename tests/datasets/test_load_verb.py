"""The verb: whole or not at all, the same file changes nothing, the packaged case is read-only, rejects are listed."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from garant.case import Case, init
from garant.datasets import Origin, datasets, newest, snapshots
from garant.datasets.registry import recognise
from garant.errors import InputError
from garant.ledger.writer import Writer
from tests.conftest import Run
from tests.datasets.invented import ACLED_NEW, GED, MONTHLY, acled, ged, header, month, table


def contents(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def test_the_same_file_again_changes_nothing(case: Case, tmp_path: Path) -> None:
    file = table(tmp_path / "GEDEvent_v23_1.csv", [ged()])
    case.load(None, file)
    before = contents(case.folder)
    again = case.load(None, file)
    assert contents(case.folder) == before
    assert "nothing was changed" in again.notes[0]
    assert again[0]["used"] == 1


def test_the_same_file_as_another_version_is_refused(case: Case, tmp_path: Path) -> None:
    file = table(tmp_path / "GEDEvent_v23_1.csv", [ged()])
    case.load(None, file)
    before = contents(case.folder)
    case.load(None, file, version="23.1", released=case.snapshots()[0].origin.released)
    for said in ({"version": "25.1"}, {"released": "2025"}):
        with pytest.raises(InputError, match=r"was loaded before, with (version 23\.1|released 2023)"):
            case.load(None, file, **said)
    with pytest.raises(InputError, match="was loaded before, with title UCDP Georeferenced"):
        case.load(None, file, title="Something else")
    assert contents(case.folder) == before


def test_another_file_of_the_same_size_is_another_file(case: Case, tmp_path: Path) -> None:
    for name, day in (("one", "2019-03-05"), ("two", "2019-03-06")):
        case.load(None, table(tmp_path / f"{name}.csv", [ged(date_start=day, date_end=day)]))
    one, two = (s.origin for s in case.snapshots())
    assert one.size == two.size == (tmp_path / "one.csv").stat().st_size
    assert one.sha256 != two.sha256


def test_a_file_is_hashed_as_it_is_read(case: Case, tmp_path: Path) -> None:
    file = table(tmp_path / "GEDEvent_v23_1.csv", [ged()])
    case.load(None, file)
    assert case.snapshots()[0].origin.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    with pytest.raises(InputError, match=r"none\.csv: cannot be read .*; check the path"):
        case.load(None, tmp_path / "none.csv")


def test_a_load_that_fails_leaves_nothing(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = table(tmp_path / "un.csv", [month("Rwanda", "Troops", 1, 9)], MONTHLY)
    revision = case.ledger.revision()

    def fail(_writer: Writer, _claims: object) -> None:
        raise InputError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Writer, "claims", fail)
        with pytest.raises(InputError, match="disk is full"):
            case.load(None, file)
    assert case.ledger.revision() == revision
    assert not case.snapshots()
    assert not list(case.folder.rglob("*un-contributions*"))
    assert not list(case.folder.glob(".loading-*"))
    assert case.load(None, file)[0]["claims"] == {"added": 2, "known": 0}


def test_a_run_killed_before_its_snapshot_landed_is_completed(case: Case, tmp_path: Path) -> None:
    file = table(tmp_path / "un.csv", [month("Rwanda", "Troops", 1, 9)], MONTHLY)
    case.load(None, file)
    for left in case.snapshots_folder.iterdir():
        left.unlink()
    (case.folder / ".loading-old").mkdir()
    assert case.load(None, file)[0]["claims"] == {"added": 0, "known": 2}
    assert len(case.snapshots()) == 1
    assert not list(case.folder.glob(".loading-*"))


def test_a_killed_load_lands_whole_or_not_at_all(tmp_path: Path) -> None:
    """Killed at random moments, a load leaves the case as it was or loaded; loading again completes it."""
    rows = [
        month(state, "Troops", 1, 1 + day, last_reporting_date=f"2018-{month_:02d}-{day:02d}")
        for state in ("Rwanda", "Nepal", "Gabon")
        for month_ in range(1, 13)
        for day in range(1, 29)
    ]
    file = table(tmp_path / "un.csv", rows, MONTHLY)
    init(tmp_path / "unharmed", country="CAF")
    command = [sys.executable, "-m", "garant", "load", str(file), "--case"]
    started = time.monotonic()
    subprocess.run([*command, str(tmp_path / "unharmed")], check=True, capture_output=True)
    unharmed = time.monotonic() - started
    whole = Case.open(tmp_path / "unharmed").ledger.counts()["claim"]
    moments, alive = random.Random(3), 0
    for attempt in range(5):
        folder = init(tmp_path / f"case{attempt}", country="CAF")
        process = subprocess.Popen([*command, str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(unharmed * moments.uniform(0.5, 0.98))
        running = process.poll() is None
        alive += running
        if not running:  # the machine was busier while the first load was timed
            unharmed *= 0.7
        process.kill()
        process.wait()
        case = Case.open(folder)
        assert case.ledger.counts()["claim"] in (0, whole)
        assert len(case.snapshots()) <= (case.ledger.counts()["claim"] > 0)
        case.load(None, file)
        assert (case.ledger.counts()["claim"], len(case.snapshots())) == (whole, 1)
        assert not list(folder.glob(".loading-*"))
    assert alive, "no kill hit a running load"


def test_the_origin_tells_where_it_comes_from(case: Case, tmp_path: Path) -> None:
    case.load("ucdp-ged", table(tmp_path / "mine.csv", [ged(), ged(2, best=-1, low=-1)]), version="24.1")
    found = case.snapshot("ucdp-ged")
    raw = tomllib.loads(found.path.with_suffix(".toml").read_text(encoding="utf-8"))
    assert found.path.name == f"ucdp-ged-{raw['sha256'][:12]}.parquet"
    assert raw["rejected"] == {"negative fatalities": 1}
    assert (raw["version"], raw["released"], raw["released_by"]) == ("24.1", "2024-06~", "table")
    assert raw["citation"].startswith("Sundberg")
    assert Origin.read(found.path.with_suffix(".toml")) == found.origin
    with pytest.raises(ValueError, match="3 rows"):
        Origin(**{**raw, "rows": 3, "notes": ()})


def test_the_version_known_on_a_day(case: Case, tmp_path: Path) -> None:
    for version, rows in (("23_1", [ged()]), ("24_1", [ged(), ged(2)])):
        case.load(None, table(tmp_path / f"GEDEvent_v{version}.csv", rows))
    from garant.ledger import Clocks

    def version(known_on: str) -> str:
        return case.snapshot("ucdp-ged", Clocks.read(known_on=known_on)).origin.version

    assert (version("2023-12"), version("2024-12")) == ("23.1", "24.1")
    with pytest.raises(InputError, match="was released by then"):
        version("2022-12")
    with pytest.raises(InputError, match="acled is not loaded"):
        case.snapshot("acled")
    assert newest(snapshots(case.snapshots_folder), "acled") is None


def test_a_dry_run_writes_nothing(caf: Case, tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", [acled()], ACLED_NEW)
    assert caf.load(None, file, dry_run=True)[0]["used"] == 1
    assert not caf.snapshots_folder.exists()
    with pytest.raises(InputError, match="read-only"):
        caf.load(None, file)


def test_the_command(run: Run, tmp_path: Path) -> None:
    init(tmp_path / "mine", country="CAF")
    file = table(tmp_path / "GEDEvent_v23_1.csv", [ged(), ged(2, latitude=95)])
    done = run("load", "ucdp-ged", file, "--case", tmp_path / "mine", "--json", "--rejects", tmp_path / "bad.csv")
    assert json.loads(done.stdout) == [
        {
            "dataset": "ucdp-ged", "version": "23.1", "rows": 2, "used": 1, "outside": 0,
            "rejected": {"latitude and longitude swapped": 1}, "claims": {"added": 0, "known": 0},
        }
    ]  # fmt: skip
    assert (tmp_path / "bad.csv").read_text(encoding="utf-8").splitlines()[1].startswith("2,latitude and longitude")
    packaged = run("load", file, "--case", "caf")
    assert packaged.returncode == 1
    assert packaged.stderr.strip().endswith("'garant init DIR --from caf'")
    missing = run("load", "acled", tmp_path / "none.csv", "--case", tmp_path / "mine")
    assert missing.returncode == 1
    assert len(missing.stderr.strip().splitlines()) == 1
    assert "Traceback" not in missing.stderr


def test_every_dataset_is_recognised_by_its_own_columns() -> None:
    """No layout's columns are also those of another dataset, and each says what it loads and how to cite it."""
    for dataset in datasets().values():
        assert dataset.citation
        assert dataset.licence
        assert dataset.loads
        for layout in dataset.layouts:
            if layout.needs:
                columns = [layout.columns[field][0] for field in layout.needs]
                assert recognise(columns, "x")[0].name == dataset.name


def test_a_column_named_otherwise_is_told(case: Case, tmp_path: Path) -> None:
    columns = header("event_id_cnty event_date")
    with pytest.raises(InputError, match="it has no column time_precision"):
        case.load("acled", table(tmp_path / "a.csv", [acled()], columns))
    assert GED[0] == "id"
