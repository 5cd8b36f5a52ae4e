"""The command line as a user meets it: one verb, one method; clean JSON; one sentence for bad input."""

from __future__ import annotations

import inspect
import json
import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from garant.case import Case, init
from garant.case.lifecycle import init as init_function
from garant.cli.app import app
from tests.conftest import ROOT, Run, claim_record, fill, source_record, write_lines

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
#: Parameters of the command line alone: which case, how to print, what gives more than one of the method's own.
OF_THE_COMMAND_LINE = {"case", "json", "edit"}


def sentence(result: subprocess.CompletedProcess[str]) -> str:
    """The one sentence that a refusal prints: exit 1, nothing on standard output, no traceback."""
    assert result.returncode == 1, (result.stdout, result.stderr)
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if line]
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("garant: ")
    return lines[0]


# ---- one verb = one method = one command ----------------------------------------------------------------------


def test_the_commands_are_the_verbs_of_a_case() -> None:
    expected = {
        "init", "read", "load", "import", "export", "add", "review", "entities", "sources", "claims",
        "disagreements", "gaps", "forces", "consent", "tasks", "operations", "mandates", "rank", "dependence",
        "visits", "motives", "exposure", "totals", "overlap", "panel", "changes", "check", "brief",
    }  # fmt: skip
    assert set(COMMANDS) == expected
    for name in expected - {"init"}:
        assert callable(getattr(Case, "import_" if name == "import" else name))


@pytest.mark.parametrize(
    "name",
    [
        "claims",
        "disagreements",
        "gaps",
        "entities",
        "sources",
        "changes",
        "check",
        "brief",
        "export",
        "import",
        "init",
        "exposure",
        "load",
        "totals",
        "overlap",
        "panel",
    ],
)
def test_a_command_takes_what_its_method_takes(name: str) -> None:
    method = init_function if name == "init" else getattr(Case, "import_" if name == "import" else name)
    ours = set(inspect.signature(method).parameters) - {"self"}
    theirs = {parameter.name for parameter in COMMANDS[name].params} - OF_THE_COMMAND_LINE - {"help"}
    assert {p.replace("names", "name") for p in ours} == {p.replace("names", "name") for p in theirs}


def test_every_command_has_help_with_an_example(run: Run) -> None:
    for name in COMMANDS:
        shown = run(name, "--help", COLUMNS="200").stdout
        assert "Example: garant" in shown, name


def test_help_and_claims_load_nothing_heavy() -> None:
    heavy = "spacy numpy scipy shapely pandas altair statsmodels vl_convert duckdb geopandas sklearn"
    for words in (["--help"], ["claims", "--case", "caf", "--json", "--limit", "1"]):
        code = (
            "import sys; from garant.cli.app import main; sys.argv = ['garant', *sys.argv[1:]]\n"
            "try: main()\nexcept SystemExit: pass\n"
            f"loaded = sorted(m for m in '{heavy}'.split() if m in sys.modules)\n"
            "print(loaded, file=sys.stderr)\nsys.exit(bool(loaded))"
        )
        done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_help_does_not_open_a_ledger() -> None:
    code = "import sys; import garant.cli.app; sys.exit('sqlalchemy' in sys.modules or 'pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---- output ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [["sources"], ["entities", "minusca"], ["changes"], ["check"], ["review"], ["disagreements"], ["gaps"]]
)
def test_json_is_an_array_and_nothing_else(run: Run, words: list[str]) -> None:
    result = run(*words, "--case", "caf", "--json")
    assert result.returncode == 0
    assert isinstance(json.loads(result.stdout), list)


def test_claims_print_json_lines_and_notes_go_to_standard_error(run: Run) -> None:
    result = run("claims", "--case", "caf", "--provider", "RWA", "--known-on", "2021", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows
    assert all(row["status"] == "accepted" for row in rows)
    assert "left out" in result.stderr


def test_an_empty_answer_is_empty_json(run: Run) -> None:
    result = run("claims", "--case", "caf", "--as-of", "1950", "--type", "attack", "--json")
    assert (result.returncode, result.stdout) == (0, "")


def test_the_table_says_what_it_is(run: Run) -> None:
    result = run("claims", "--case", "caf", "--type", "training")
    assert "13 claims" in result.stdout
    assert "438" in result.stdout


def test_brief_prints_its_path_and_only_that(run: Run, tmp_path: Path) -> None:
    result = run("brief", "--case", "caf", "--output", "page.html")
    assert result.stdout == f"{tmp_path.resolve() / 'page.html'}\n"
    assert (tmp_path / "page.html").read_text().startswith("<!doctype html>")


def test_wrong_usage_is_exit_2(run: Run) -> None:
    assert run("claims", "--colour", "red").returncode == 2
    assert run("nonsense").returncode == 2
    assert run("init").returncode == 2


def test_the_case_you_stand_in_is_the_default(run: Run, tmp_path: Path) -> None:
    init(tmp_path / "mine", title="Mine")
    assert "Check of Mine" in run("check", cwd=tmp_path / "mine").stdout
    assert "Rwanda" in run("check", cwd=tmp_path).stdout


def test_completion_can_be_shown(run: Run) -> None:
    shown = run("--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert shown.returncode == 0
    assert "garant" in shown.stdout.lower() or "complete" in shown.stdout.lower()


# ---- writing --------------------------------------------------------------------------------------------------


def test_a_claim_from_options_with_its_new_source(run: Run, tmp_path: Path) -> None:
    init(tmp_path / "c")
    words = [
        "add", "--case", "c", "--source", "news-1", "--title", "A report", "--publisher", "A paper",
        "--published", "2021-03-05",
        "--locator", "p:4", "--says", "About 300 soldiers left in December.", "--type", "withdrawal",
        "--actor", "provider:state:Rwanda", "--actor", "host:state:Central African Republic",
        "--value", "300", "--unit", "personnel",
        "--measure", "flow", "--approx", "--time-text", "last December", "--slot", "complete=false",
        "--by", "me", "--json",
    ]  # fmt: skip
    result = run(*words)
    assert result.returncode == 0, result.stderr
    row = json.loads(result.stdout)
    assert row["time"] == "2020-12"
    assert row["derived"] == ["time"]
    assert row["quantity"] == {"value": 300, "unit": "personnel", "measure": "flow", "approx": True}
    assert row["slots"] == {"complete": False}
    assert row["coder"] == {"kind": "person", "name": "me"}
    again = run(*words)
    assert again.returncode == 0
    assert "already" in again.stderr


def test_a_claim_from_an_editor(run: Run, tmp_path: Path) -> None:
    init(tmp_path / "c")
    editor = tmp_path / "editor.sh"
    editor.write_text(
        "#!/bin/sh\ncat > \"$1\" <<'END'\n"
        "source: s1\nlocator: p:1\nsays: Elections were held in 2016.\ntype: election\ntime: 2016\n"
        "actors:\n- {name: Central African Republic, role: subject, kind: state}\nslots: {vote: presidential}\n"
        "about: {title: T, publisher: P, published: 2016-03}\nEND\n"
    )
    editor.chmod(0o755)
    result = run("add", "--case", "c", "--edit", "--json", "--by", "me", EDITOR=str(editor))
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["time"] == "2016"
    assert "empty" in sentence(run("add", "--case", "c", "--edit", EDITOR="cp /dev/null"))
    assert "failed" in sentence(run("add", "--case", "c", "--edit", EDITOR="false"))


def test_a_review_from_the_command_line(run: Run, tmp_path: Path) -> None:
    case = fill(Case.open(init(tmp_path / "c")), source_record(), claim_record())
    claim = case.claims()[0]["id"]
    assert run("review", claim[:8], "--correct", "time=2015-04", "--by", "me", "--case", "c").returncode == 0
    assert case.claims()[0]["time"] == "2015-04"
    assert "one verdict" in sentence(run("review", claim[:8], "--accept", "--reject", "--case", "c"))


def test_entities_from_the_command_line(run: Run, tmp_path: Path) -> None:
    init(tmp_path / "c")
    assert run("entities", "minusca", "--alias", "the mission in Bangui", "--case", "c").returncode == 0
    shown = json.loads(run("entities", "mission in Bangui", "--case", "c", "--json").stdout)
    assert [row["id"] for row in shown] == ["minusca"]
    assert run("entities", "--merge", "misca", "--into", "minusca", "--case", "c").returncode == 0
    assert run("entities", "--split", "misca", "--case", "c").returncode == 0
    assert "there is no entity" in sentence(run("entities", "--merge", "atlantis", "--into", "minusca", "--case", "c"))


# ---- bad input ------------------------------------------------------------------------------------------------

BAD_LINES = {
    "malformed line": ('{"source": ', "line 2: is not JSON"),
    "not an object": ("[1, 2]", "line 2: is not a JSON object"),
    "unknown type": (json.dumps(claim_record(type="invasion")), "type: 'invasion' is not a claim type"),
    "unknown slot": (json.dumps(claim_record(slots={"hue": "red"})), "slots.hue: 'hue' is not a slot of deployment"),
    "missing field": (json.dumps(claim_record(modality=None)), "modality: is missing"),
    "unknown field": (json.dumps(claim_record(tme="2014")), "tme: is no field of this record; did you mean time?"),
    "impossible date": (json.dumps(claim_record(time="2021-02-30")), "time: '2021-02-30' does not exist"),
    "low above high": (
        json.dumps(claim_record(quantity={"low": 9, "high": 1})),
        "quantity: low 9 is larger than high 1",
    ),
    "wrong id": (json.dumps(claim_record(id="0" * 64)), "id: 000000000000 does not match its content"),
    "missing source": (json.dumps(claim_record(source="elsewhere")), "source 'elsewhere', which is not in this case"),
    "wrong stamp": (json.dumps(claim_record(recorded_at="today")), "recorded_at: 'today' is no date and time"),
    "wrong source": (json.dumps({"id": "x", "publisher": "P"}), "title: is missing"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_is_one_sentence_with_file_line_and_field(run: Run, tmp_path: Path, name: str) -> None:
    case = Case.open(init(tmp_path / "c"))
    line, told = BAD_LINES[name]
    file = write_lines(tmp_path / "in.jsonl", source_record())
    file.write_text(file.read_text() + line + "\n")
    shown = sentence(run("import", file, "--case", "c"))
    assert "in.jsonl" in shown
    assert told in shown
    assert case.ledger.counts() == dict.fromkeys(case.ledger.counts(), 0)


def test_files_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    init(tmp_path / "c")
    (tmp_path / "latin.jsonl").write_bytes('{"source": "Séléka"}'.encode("latin-1"))
    assert "UTF-8" in sentence(run("import", "latin.jsonl", "--case", "c"))
    assert "does not exist" in sentence(run("import", "nothing.jsonl", "--case", "c"))
    (tmp_path / "folder").mkdir()
    assert "text form" in sentence(run("import", "folder", "--case", "c"))


def test_a_folder_that_is_no_case(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "is no case" in sentence(run("claims", "--case", "empty"))
    assert "does not exist" in sentence(run("claims", "--case", "nowhere"))
    (tmp_path / "half").mkdir()
    (tmp_path / "half/case.toml").write_text("title = 3")
    (tmp_path / "half/ledger.db").write_bytes(b"")
    assert "case.toml" in sentence(run("claims", "--case", "half"))


def test_the_packaged_case_is_read_only_and_says_how_to_copy_it(run: Run, tmp_path: Path) -> None:
    for words in (
        ["add", "--says", "x"],
        ["import", __file__],
        ["review", "abc", "--accept"],
        ["entities", "RWA", "--alias", "X"],
    ):
        shown = sentence(run(*words, "--case", "caf"))
        assert "garant init DIR --from caf" in shown
    assert run("init", "copy", "--from", "caf").returncode == 0
    assert len(Case.open(tmp_path / "copy").claims()) == len(Case.open("caf").claims())


def test_init_refuses_what_it_would_overwrite(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("x")
    assert "not empty" in sentence(run("init", "mine"))
    assert "country code" in sentence(run("init", "new", "--country", "Atlantis"))
    assert "packaged" in sentence(run("init", "new", "--from", "xyz"))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["claims", "--type", "deploymnt"], "did you mean deployment"),
        (["claims", "--status", "sure"], "not a status"),
        (["claims", "--source", "none"], "not a source"),
        (["claims", "--provider", "Atlantis"], "no entity is called 'Atlantis'"),
        (["claims", "--as-of", "yesterday"], "as_of"),
        (["claims", "--known-on", "2021/.."], "no last day"),
        (["claims", "abc123abc"], "there is no claim"),
        (["claims", "--text-dir", "nowhere"], "is no folder"),
        (["changes", "--since", "soon"], "is no date that Garant reads"),
        (["brief", "--output", "nowhere/at/all.html"], "cannot be written"),
    ],
)
def test_wrong_words_are_one_sentence(run: Run, words: list[str], told: str) -> None:
    assert told in sentence(run(*words, "--case", "caf"))


def test_debug_shows_where_it_arose(run: Run) -> None:
    assert "Traceback" in run("--debug", "claims", "--case", "nowhere").stderr


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    """The ledger may not grow any further: SQLite reports a full disk, as a full partition does."""
    case = fill(Case.open(init(tmp_path / "c")), source_record(), claim_record())
    before = case.ledger.counts()
    file = write_lines(tmp_path / "in.jsonl", *(claim_record(locator=f"p:{n + 2}") for n in range(3_000)))
    code = (
        "import sqlalchemy as sa, sys\nfrom garant.case import Case\nfrom garant.errors import InputError\n"
        f"case = Case.open({str(case.folder)!r})\n"
        "@sa.event.listens_for(case.ledger._engine, 'connect')\n"
        "def full(dbapi, _):\n    dbapi.execute('PRAGMA max_page_count = 60')\n"
        f"try: case.import_({str(file)!r})\nexcept InputError as error: print(error); sys.exit(1)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "the disk is full; nothing was changed" in done.stdout
    assert case.ledger.counts() == before


def test_a_read_only_folder_as_an_ordinary_user(tmp_path: Path) -> None:
    """Reading works from a folder that cannot be written; writing is one sentence. Tried as a user who is not root."""
    case = fill(Case.open(init(tmp_path / "c")), source_record(), claim_record())
    for path in (case.folder, *case.folder.iterdir()):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) | stat.S_IROTH | stat.S_IRGRP)
    case.folder.chmod(0o555)
    file = write_lines(tmp_path / "in.jsonl", claim_record(locator="p:2"))
    tmp_path.chmod(0o755)
    prefix: list[str] = []
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("needs setpriv to become an ordinary user")
        nobody = pwd.getpwnam("nobody")
        prefix = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
        for above in tmp_path.parents:
            if above.stat().st_uid == 0 and above.parent != above and not above.stat().st_mode & stat.S_ISVTX:
                above.chmod(above.stat().st_mode | 0o055)
    site = os.pathsep.join(p for p in sys.path if p)
    readable = subprocess.run([*prefix, sys.executable, "-c", "0"], capture_output=True, check=False).returncode == 0
    if not readable:
        pytest.skip("an ordinary user cannot run this Python here")

    def as_user(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*prefix, sys.executable, "-m", "garant", *words],
            env={**os.environ, "PYTHONPATH": site, "HOME": "/nonexistent"},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )

    read = as_user("claims", "--case", str(case.folder), "--json")
    assert read.returncode == 0, read.stderr
    assert len(read.stdout.splitlines()) == 1
    assert "cannot be written; nothing was changed" in sentence(
        as_user("import", str(file), "--case", str(case.folder))
    )
    assert "cannot be" in sentence(as_user("init", str(case.folder / "new")))


def test_the_console_script_is_the_module() -> None:
    assert 'garant = "garant.cli.app:main"' in (ROOT / "pyproject.toml").read_text()
