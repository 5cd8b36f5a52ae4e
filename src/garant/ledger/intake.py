"""Records from files: JSON lines checked one by one, each error told with its file, line and field."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from garant.claims import Claim, InputError, Source
from garant.claims.rules import unknown
from garant.ledger.clocks import text_to_stamp
from garant.names import Entity

Model = TypeVar("Model", bound=BaseModel)
#: Keys that outputs put around a record and that are no part of it.
ENVELOPE = ("recorded_at", "status", "sentence", "alternative_of", "superseded_by")


def lines(path: Path) -> Iterator[tuple[str, str]]:
    """Non-empty lines of a UTF-8 file, each with "file, line N" for messages."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield f"{path}, line {number}", line
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", where=str(path), mend="save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path)) from None


def any_record(line: str, where: str) -> tuple[Claim | Source | Entity, int | None]:
    """One line of an import file, and its stamp.

    A source has a `publisher`, an entity a `name` and a `kind`; what has a `type`, or none of these, is a claim.
    """
    if '"recorded_at":' not in line and '"status":' not in line:
        try:
            return Claim.model_validate_json(line), None  # the common case: no envelope, parsed once
        except ValidationError:
            pass  # told below, where a line that is no JSON object is told apart
    record, stamp = envelope(line, where)
    model: type[Claim] | type[Source] | type[Entity] = Claim
    if "type" not in record and "publisher" in record:
        model = Source
    elif "type" not in record and {"name", "kind"} <= set(record):
        model = Entity
    return validated(model, record, where), stamp


def envelope(line: str, where: str) -> tuple[dict[str, Any], int | None]:
    """A JSON object without its envelope keys, and its `recorded_at` as a stamp."""
    try:
        record = json.loads(line)
    except RecursionError:
        raise InputError("is nested too deeply", where=where, mend="mend or remove the line") from None
    except ValueError as error:
        raise InputError(f"is not JSON ({error})", where=where, mend="mend or remove the line") from None
    if not isinstance(record, dict):
        raise InputError("is not a JSON object", where=where, mend="write one object a line")
    stamp = record.pop("recorded_at", None)
    for key in ENVELOPE:
        record.pop(key, None)
    try:
        return record, None if stamp is None else text_to_stamp(str(stamp))
    except InputError as error:
        raise error.at(f"{where}, recorded_at") from None


def validated(model: type[Model], record: Any, where: str) -> Model:
    """The record as a model; InputError with one sentence naming the field otherwise."""
    try:
        return model.model_validate(record)
    except ValidationError as error:
        raise sentence(error, model, where) from None


def sentence(error: ValidationError, model: type[BaseModel], where: str) -> InputError:
    """Pydantic's first complaint as one sentence, with the field's path."""
    first = min(error.errors(), key=lambda e: len(e["loc"]) == 0)
    field = ".".join(str(part) for part in first["loc"] if not _is_tag(part))
    what = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        key = str(first["loc"][-1])
        near = difflib.get_close_matches(key, model.model_fields, n=1)
        what = "is no field of this record" + (f"; did you mean {near[0]}?" if near else "")
    elif first["type"] == "literal_error":
        allowed = [part.strip("'") for part in re.split(r", | or ", first["ctx"]["expected"])]
        name = next(part for part in reversed(first["loc"]) if isinstance(part, str))
        what = unknown(name, str(first["input"]), allowed)
    elif first["type"] == "string_pattern_mismatch":
        what = f"'{first['input']}' does not have the form that is wanted here ({first['ctx']['pattern']})"
    elif first["type"] == "string_type":
        what = "is not a text"
    elif first["type"] == "missing":
        what = "is missing"
    others = len(error.errors()) - 1
    more = f" (and {others} more in this record)" if others else ""
    return InputError(f"{field}: {what}{more}" if field else f"{what}{more}", where=where)


def _is_tag(part: Any) -> bool:
    """Pydantic puts the tried branch of a union into the path ("int", "list[str]"); a reader has no use for it."""
    return isinstance(part, str) and (part in {"bool", "int", "float", "str", "constrained-str"} or "[" in part)
