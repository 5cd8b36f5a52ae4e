"""The documentation is run: its commands and its Python, its tables against the program, its links."""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
import typer.main

from garant.claims import claim_types
from garant.cli.app import app, main

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
COMMANDS = DOCS / "reference" / "commands.md"
CLAIM_TYPES = DOCS / "reference" / "claim-types.md"

_FENCE = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=indent)(?P=fence) *$", re.M | re.S
)
_TITLE = re.compile(r'title="([^"]+)"')
_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)")
_OPTION = re.compile(r"`(--?[a-z][a-z-]*)")
#: Before a console block: its commands exit 1, as the reader is told.
_FAILS = "<!-- fails -->"
_RUN = ("console", "python", "pycon")


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its text, the file it stands for (`title=`), and whether it must fail."""

    language: str
    text: str
    line: int
    file: str | None
    fails: bool


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        info, indent = match["info"].strip(), match["indent"]
        body = "".join(line.removeprefix(indent) for line in match["body"].splitlines(keepends=True))
        titled = _TITLE.search(info)
        yield Block(
            language=info.split(" ", 1)[0],
            text=body,
            line=text.count("\n", 0, match.start()) + 2,
            file=titled[1] if titled else None,
            fails=text[: match.start()].rstrip().endswith(_FAILS),
        )


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a console block, continued lines joined, each with the output shown below it."""
    command, open_line = "", False
    shown: list[str] = []
    for line in text.splitlines():
        if open_line:
            command = f"{command} {line.strip()}"
        elif line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line.removeprefix("$ "), []
        elif line.strip():
            shown.append(line)
        open_line = (open_line or line.startswith("$ ")) and command.endswith("\\")
        command = command.removesuffix("\\").rstrip() if open_line else command
    if command:
        yield command, shown


def run(command: str) -> tuple[int, str]:
    """Exit code and everything printed by a command; `> FILE` at its end is understood."""
    words = shlex.split(command)
    target = words[-1] if len(words) > 1 and words[-2] == ">" else None
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = words[:-2] if target else words
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    else:
        code = 0
    finally:
        sys.argv = before
    if target:
        Path(target).write_text(out.getvalue(), encoding="utf-8")
        return code, err.getvalue()
    return code, out.getvalue() + err.getvalue()


def occurs(shown: str, output: str) -> bool:
    """Whether a shown line is (part of) a printed one; white space counts once, an ellipsis stands for anything."""
    pattern = ".*".join(re.escape(part) for part in re.split(" ?… ?", " ".join(shown.split())))
    return any(re.search(pattern, " ".join(line.split())) for line in output.splitlines())


@pytest.fixture(scope="module", autouse=True)
def _commands_built_once() -> Iterator[None]:
    """Typer builds every command anew at each call, which takes as long as running one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
        yield


def runnable(page: Path) -> bool:
    return any(b.language in _RUN for b in blocks(page))


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", [p for p in PAGES if runnable(p)], ids=named)
def test_the_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GARANT_REVIEWER", "Ana Example")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    namespace: dict[str, Any] = {"__name__": "__page__"}
    for block in blocks(page):
        where = f"{page.relative_to(ROOT)}, line {block.line}"
        if block.file:
            (tmp_path / block.file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            _check_console(block, where)
        elif block.language == "python":
            code = compile("\n" * (block.line - 1) + block.text, str(page), "exec")
            with redirect_stdout(io.StringIO()):
                exec(code, namespace)  # noqa: S102  # our own pages
        elif block.language == "pycon":
            _check_doctest(block, where, namespace)


def _check_console(block: Block, where: str) -> None:
    assert block.text.startswith("$ "), f"{where}: a console block begins with a command"
    for command, shown in commands(block.text):
        assert command.split()[0] == "garant", f"{where}: '{command}' would not be run; put it into a text block"
        code, output = run(command)
        assert code == int(block.fails), f"{where}: '{command}' exits {code}:\n{output}"
        for line in shown:
            assert occurs(line, output), f"{where}: '{command}' does not print\n{line}\nbut\n{output}"


def _check_doctest(block: Block, where: str, namespace: dict[str, Any]) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, namespace, where, where, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    report = io.StringIO()
    runner.run(test, out=report.write, clear_globs=False)
    namespace.update(test.globs)
    assert runner.failures == 0, f"{where}:\n{report.getvalue()}"


def documented() -> dict[str, set[str]]:
    """Options by command, as the sections of commands.md name them; "" is every command's."""
    parts = re.split(r"^## (.+)$", COMMANDS.read_text(encoding="utf-8"), flags=re.M)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    return {title.removeprefix("garant").strip(): set(_OPTION.findall(text)) for title, text in sections.items()}


def options(command: Any) -> set[str]:
    return {o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")}


def test_every_command_and_option_is_documented() -> None:
    group: Any = typer.main.get_command(app)
    told = documented()
    assert set(group.commands) | {""} == set(told), "commands.md has a section '## garant NAME' for each command"
    for name, command in {**group.commands, "": group}.items():
        wanted = options(command) - {"--help"}
        assert wanted <= told[name], f"commands.md, garant {name}: no {sorted(wanted - told[name])}"
        everywhere = options(group) | {"--help"}
        stale = {o for o in told[name] if o not in wanted | everywhere} if name else set()
        assert not stale, f"commands.md, garant {name}: there is no {sorted(stale)}"


def test_every_claim_type_and_slot_is_documented() -> None:
    text = CLAIM_TYPES.read_text(encoding="utf-8")
    parts = re.split(r"^### `(\w+)`.*$", text, flags=re.M)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert set(claim_types()) <= set(sections)
    for name, kind in claim_types().items():
        for word in (*kind.slots, *kind.fields, *(value for slot in kind.slots.values() for value in slot.values)):
            assert f"`{word}`" in sections[name], f"claim-types.md, {name}: no {word}"
    fresh = run_path(str(DOCS / "claim_types.py"))["page"]()
    assert text == fresh, "claim-types.md is out of date: run 'python docs/claim_types.py'"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_relative_links_lead_somewhere(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in _LINK.findall(text):
        path = target.partition("#")[0]
        if path and not re.match(r"[a-z]+:", path):
            assert os.path.lexists(page.parent / path), f"{named(page)} links to {target}"
