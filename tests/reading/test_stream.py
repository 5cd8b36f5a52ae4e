"""Many documents: in order, by workers that may die; killed or stopped and begun again, nothing is lost or repeated."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("spacy")

from garant.case import Case, init
from garant.case.spool import Spool
from garant.claims import InputError
from garant.names import Names, world
from garant.reading import worker
from garant.reading.pool import read_in_workers
from garant.reading.worker import Task
from tests.conftest import Run

STATES = ["Ghana", "Kenya", "Togo", "Chad", "Niger", "Nepal", "Jordan", "Senegal", "Uganda", "Burundi"]
#: Documents of the runs that are killed: enough for several transactions.
MANY = 120
#: Those that become sources: one more shares a name, one is empty, one is the same as another.
READ = MANY - 1
GARANT = [sys.executable, "-m", "garant"]


def letter(number: int) -> str:
    """A text with three claims, whose other words are those of no other letter."""
    state, other = STATES[number % 10], STATES[(number // 10) % 10]
    rest = " ".join(f"The {number * 31 + k}th farmer of village {number}-{k} sold {k} goats." for k in range(40))
    return (
        f"{state} sent {number + 100} soldiers to Mali on 9 July 2021.\n\n{rest}\n\n"
        f"{other} and Haiti signed an agreement on trade in May {1990 + number % 30}.\n\n"
        f"At least {number + 3} civilians were killed in Somalia on 3 May 2020.\n"
    )


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of letters: one is empty, two are the same, two of different text have the same name."""
    folder = tmp_path_factory.mktemp("letters")
    for number in range(MANY):
        at = folder / f"{number // 40}"
        at.mkdir(exist_ok=True)
        (at / f"letter-{number:03d}.txt").write_text(letter(number), encoding="utf-8")
    (folder / "0" / "letter-005.txt").write_text("", encoding="utf-8")
    (folder / "1" / "letter-050.txt").write_text(letter(10), encoding="utf-8")
    (folder / "2" / "letter-003.txt").write_text(letter(900), encoding="utf-8")
    return folder


def state(case: Path) -> tuple[list[str], list[tuple[str, str | None, list[str] | None]]]:
    """What a ledger holds, in its order but for when: ids of claims, sources with what they copy."""
    opened = Case.open(case)
    sources = [(s.id, s.sha256, s.derived_from) for s, _ in opened.ledger.source_versions()]
    return [str(c.id) for c in opened.ledger.claims_whole()], sources


def reading(letters: Path, case: Path, printed: Path) -> subprocess.Popen[str]:
    """The command on the letters; what it prints is added to a file."""
    words = ["read", str(letters), "--case", str(case), "--published", "2022", "--json", "--processes", "2"]
    with printed.open("ab") as out:
        return subprocess.Popen([*GARANT, *words], stdout=out, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def whole(letters: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that has read the letters in one go."""
    case = init(tmp_path_factory.mktemp("whole") / "case")
    printed = case.parent / "printed"
    process = reading(letters, case, printed)
    _, told = process.communicate()
    assert process.returncode == 1
    assert [s for s in told.splitlines() if s.startswith("garant: ")] == [
        f"garant: {letters / '0' / 'letter-005.txt'}: is empty; give a document with text"
    ]
    assert {json.loads(line)["id"] for line in printed.open(encoding="utf-8")} == set(state(case)[0])
    return case


def test_a_folder_enters_in_its_order(whole: Path) -> None:
    claims, sources = state(whole)
    assert len(sources) == READ
    assert len(claims) >= 2 * len(sources)
    ids = [id for id, _, _ in sources]
    assert ids[:39] == sorted(ids[:39])
    assert [id for id in ids if id.startswith("letter-003")][1].startswith("letter-003-")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_stopped_goes_on_from_there(
    letters: Path, whole: Path, tmp_path: Path, how: signal.Signals
) -> None:
    case = init(tmp_path / "case")
    printed = tmp_path / "printed"
    for after in (1, 60):  # lines of output after which it is stopped
        begun = len(printed.read_bytes()) if printed.exists() else 0
        process = reading(letters, case, printed)
        while printed.read_bytes()[begun:].count(b"\n") < after and process.poll() is None:
            time.sleep(0.02)
        assert process.poll() is None
        workers = children(process.pid)
        assert workers
        process.send_signal(how)
        _, told = process.communicate()
        if how == signal.SIGINT:
            assert process.returncode == 130
            assert told.splitlines() == [
                "garant: stopped; what was read is entered, and the same command goes on from there"
            ]
        ended = time.monotonic() + 20
        while any(alive(w) for w in workers) and time.monotonic() < ended:
            time.sleep(0.1)
        assert not any(alive(w) for w in workers)
        opened = Case.open(case)
        assert opened.ledger.integrity() is None
        assert 0 < len(opened.ledger.sources()) < READ
        for claim in opened.ledger.claims_whole():  # no claim without the text that it quotes
            sha256 = opened.ledger.sources()[claim.source].sha256
            assert (case / "documents" / f"{sha256}.txt").read_text(encoding="utf-8")[
                claim.start : claim.end
            ] == claim.quote
    reading(letters, case, printed).communicate()
    assert state(case) == state(whole)
    seen = [line for line in printed.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    assert len(seen) == len(set(seen))  # nothing was read, entered and printed twice
    size = printed.stat().st_size
    _, told = reading(letters, case, printed).communicate()
    assert printed.stat().st_size == size
    assert f"{READ + 1} documents" in told


def children(process: int) -> list[int]:
    return [int(c) for t in Path(f"/proc/{process}/task").iterdir() for c in (t / "children").read_text().split()]


def alive(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_torn_index_costs_one_document(letters: Path, tmp_path: Path) -> None:
    case = init(tmp_path / "case")
    two = [letters / "0" / f"letter-00{n}.txt" for n in (0, 1, 2)]
    Case.open(case).read(two[:2])
    index = case / "documents" / "index.jsonl"
    index.write_bytes(index.read_bytes()[:-300])
    assert len({r["doc"] for r in Case.open(case).read(two).rows}) == 2
    assert Case.open(case).read(two).rows == []
    assert len(Case.open(case).sources().rows) == 3


def test_a_document_that_hangs_or_crashes_costs_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose libraries hang or crash on some files, as a broken parser would."""
    names = ["a.txt", "hangs.txt", "b.txt", "crashes.txt", "ends.txt", "c.txt", "d.txt"]
    for number, name in enumerate(names):
        (tmp_path / name).write_text(letter(number), encoding="utf-8")
    program = (
        "import os, time, signal\nfrom garant.reading import worker\nopening = worker.open_document\n"
        "def broken(path):\n"
        "    if path.name == 'hangs.txt': time.sleep(90)\n"
        "    if path.name == 'crashes.txt': os.kill(os.getpid(), signal.SIGSEGV)\n"
        "    if path.name == 'ends.txt': os._exit(3)\n"
        "    print('a library that prints')\n"
        "    return opening(path)\n"
        "worker.open_document = broken\nworker.main()"
    )
    monkeypatch.setattr(worker, "SECONDS", 25)  # with the start of a worker on a busy machine
    tasks = [Task(tmp_path / name, source=name) for name in names]
    found = list(read_in_workers(iter(tasks), Names(world().values()), None, 2, [sys.executable, "-c", program]))
    assert [o.task for o in found] == tasks
    failed = {o.task.path.name: o.failed for o in found if o.failed}
    assert set(failed) == {"hangs.txt", "crashes.txt", "ends.txt"}
    assert "takes longer than 25 seconds" in str(failed["hangs.txt"])
    assert "crashed on it (signal 11)" in str(failed["crashes.txt"])
    assert all(o.reading and o.reading.claims for o in found if not o.failed)


def test_processes_must_be_some(case: Case, letters: Path) -> None:
    with pytest.raises(InputError, match="0 processes"):
        case.read([letters], processes=0)


def test_many_claims_print_as_counts(run: Run, letters: Path, tmp_path: Path) -> None:
    init(tmp_path / "c")
    done = run("read", str(letters), "--case", "c", "--published", "2022")
    assert f"claims read from {READ} documents, entered as proposals" in done.stdout
    assert f"{READ}  deployment" in done.stdout
    assert len(done.stdout.splitlines()) < 20


def test_a_bar_on_a_terminal_and_json_untouched(letters: Path, tmp_path: Path) -> None:
    main, side = pty.openpty()
    words = ["read", str(letters / "0"), "--case", str(init(tmp_path / "c")), "--json"]
    with (tmp_path / "out").open("wb") as out:
        process = subprocess.Popen([*GARANT, *words], stdout=out, stderr=side, env={**os.environ, "TERM": "xterm"})
    os.close(side)
    shown = b""
    with suppress(OSError):  # the terminal is closed when the command ends
        while chunk := os.read(main, 65_536):
            shown += chunk
    assert process.wait() == 1
    assert all(json.loads(line)["quote"] for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines())
    assert b"/40" in shown


def test_a_spool_is_a_sequence_of_rows() -> None:
    rows = [{"n": n, "text": "é" * n} for n in range(100)]
    spool = Spool(rows)
    assert spool == rows
    assert (len(spool), spool[3], spool[-1], spool[2:4]) == (100, rows[3], rows[-1], rows[2:4])
    assert Spool() == []
