"""A claim from command-line options or from an editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import yaml

from garant.claims import InputError, claim_types
from garant.claims.definitions import read_yaml

Fields = dict[str, Any]

_GUIDE = """\
# A claim: one thing one source says. Lines that begin with # are ignored; leave out what the source does not say.
# Save and close to enter it; empty the file to give up.
#   source     id of a source in the case; for a new one add  about: {{title: ..., publisher: ..., published: 2021-08-05}}
#   locator    chars:A-B or p:N (paragraph);  says: what it states, in one sentence of your own
#   type       {types}
#   actors     a list such as  - {{name: Rwanda, role: provider, kind: state}}
#   quantity   {{value: 850, unit: personnel, measure: flow}} or low/high
#   time       EDTF: 2014-01-16, 2014~, 2007/..
#   place, instrument   {{name: ...}};  regime, slots, modality, attributed_to
"""


def claim_from(
    fields: Fields, *, actors: list[str], quantity: Fields, place: str | None, instrument: str | None, slots: list[str]
) -> Fields:
    """A claim record from options; absent ones are left out. InputError for an option that cannot be read."""
    draft = {k: v for k, v in fields.items() if v is not None}
    if actors:
        draft["actors"] = [_actor(text) for text in actors]
    if any(v is not None for v in quantity.values()):
        draft["quantity"] = {k: v for k, v in quantity.items() if v is not None}
    for key, name in (("place", place), ("instrument", instrument)):
        if name:
            draft[key] = {"name": name}
    if slots:
        draft["slots"] = assignments(slots)
    return draft


def source_from(id: str | None, **fields: str | list[str] | None) -> Fields | None:
    """A source record from options, None where none is given."""
    given = {k: v for k, v in fields.items() if v}
    return {"id": id, **given} if given else None


def assignments(pairs: list[str]) -> Fields:
    """NAME=VALUE pairs; the value is read as YAML, so that 3 is a number and [a, b] a list; an empty one is None."""
    read: Fields = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise InputError(f"'{pair}' is not NAME=VALUE", mend="write for example cohort=3")
        try:
            read[name] = (value or None) if _is_text(name) else read_yaml(value)
        except yaml.YAMLError:
            raise InputError(f"the value of '{name}' cannot be read", mend="put quotes around it") from None
    return read


#: Fields of a claim that are text whatever it looks like: a year, or words with a colon.
_TEXT = frozenset(
    [
        "says",
        "quote",
        "time",
        "time_text",
        "locator",
        "attributed_to",
        "source",
        "type",
        "regime",
        "modality",
        "name",
        "as_printed",
        "unit",
    ]
)


def _is_text(name: str) -> bool:
    """Whether a field or slot holds text, so that its value is taken as it stands."""
    kinds = {
        rule.type
        for kind in claim_types().values()
        for slot, rule in kind.slots.items()
        if slot == name.rpartition(".")[2]
    }
    return name.rpartition(".")[2] in _TEXT or (bool(kinds) and kinds <= {"text", "period", "one_of"})


def edited(draft: Fields, about: Fields | None) -> tuple[Fields, Fields | None]:
    """The draft after the user has edited it as YAML; InputError if it was given up or is no YAML mapping."""
    start = {"source": "", "locator": "", "says": "", "type": "", "actors": [], "time": "", **draft}
    if about:
        start["about"] = about
    body = yaml.safe_dump(start, allow_unicode=True, sort_keys=False)
    text = _from_editor(_GUIDE.format(types=", ".join(claim_types())) + body)
    if not text.strip():
        raise InputError("the edited claim is empty", mend="no claim was added")
    try:
        record = read_yaml(text)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = f" at line {place.line + 1}" if place else ""
        raise InputError(f"the edited claim is not YAML{line}", mend="no claim was added") from None
    if not isinstance(record, dict):
        raise InputError("the edited claim is not a list of fields", mend="no claim was added")
    record = {k: v for k, v in record.items() if v not in ("", None, [])}
    named = record.pop("about", None)
    if isinstance(named, dict):
        named = {"id": record.get("source"), **named}
    if isinstance(record.get("time"), int):
        record["time"] = str(record["time"])  # a bare year
    return record, named


def _actor(text: str) -> Fields:
    role, _, rest = text.partition(":")
    kind, _, name = rest.partition(":")
    if not (role and kind and name):
        raise InputError(f"'{text}' is not ROLE:KIND:NAME", mend="write for example provider:state:Rwanda")
    return {"role": role, "kind": kind, "name": name}


def _from_editor(text: str) -> str:
    """The text after the user's editor (VISUAL, EDITOR, else vi) has closed on it; InputError if it fails."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="garant-") as folder:
        file = Path(folder) / "claim.yaml"
        file.write_text(text, encoding="utf-8")
        try:
            done = subprocess.run([*shlex.split(editor), str(file)], check=False)  # noqa: S603  # the user's own editor
        except OSError as error:
            raise InputError(f"the editor '{editor}' cannot be started ({error.strerror})", mend="set EDITOR") from None
        if done.returncode:
            raise InputError(f"the editor '{editor}' failed", mend="no claim was added")
        return file.read_text(encoding="utf-8")
