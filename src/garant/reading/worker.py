"""One document read from beginning to end, in this process or in a worker process that does nothing else.

A worker is a Python that runs nothing but `main`: it takes pickled tasks on standard input and answers each with a
pickled outcome on standard output, until its input ends. That way of starting needs nothing of the program that starts
it, whereas multiprocessing would run a user's script a second time.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from garant.errors import InputError
from garant.reading.documents import Document, open_document
from garant.reading.duplicates import Fingerprint, fingerprint
from garant.reading.reader import Reader, Reading

#: Seconds that one document may take.
SECONDS = 120
#: Bytes of address space that a worker may use; what needs more fails alone instead of taking the machine down.
_MEMORY = 6 * 2**30


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read: its file, the id of its source, the date a user gives for it, and the date the case has."""

    path: Path
    source: str
    published: str | None = None
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: the document, its date, fingerprint and claims; or `failed`, one sentence."""

    task: Task
    document: Document | None = None
    published: str | None = None
    fingerprint: Fingerprint | None = None
    reading: Reading | None = None
    failed: str | None = None


def read_task(task: Task, reader: Reader) -> Outcome:
    """Read a document; whatever is wrong with it becomes one sentence, since the others must go on."""
    where = str(task.path)
    try:
        document = open_document(task.path)
        published = task.published or task.known or document.published
        pages = list(document.pages)
        try:
            reading = reader.read(
                document.text, source=task.source, doc=document.name, published=published, pages=pages
            )
        except InputError as error:
            raise error.at(where) from None
        return Outcome(task, document, published, fingerprint(document.text), reading)
    except InputError as error:
        return Outcome(task, failed=str(error))
    except MemoryError:
        return Outcome(task, failed=f"{where}: needs more memory than there is; cut it into parts")
    except (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError) as error:
        # a fault of ours on one document must not lose the others
        return Outcome(task, failed=f"{where}: cannot be read ({type(error).__name__}: {error}); please report it")


def late(path: Path) -> InputError:
    """The error of a document that takes too long."""
    return InputError(f"takes longer than {SECONDS} seconds", where=str(path), mend="cut it into parts")


@contextmanager
def bounded(path: Path) -> Iterator[None]:
    """At most SECONDS for a document in this process, where the system can interrupt us (not on Windows, or a thread).

    Raises InputError. A library that never comes back to Python is only stopped in a worker process.
    """

    def interrupt(_signal: int, _frame: object) -> None:
        raise late(path)

    try:
        before = signal.signal(signal.SIGALRM, interrupt)
    except (AttributeError, ValueError):
        yield
        return
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def main() -> None:
    """Read tasks until standard input ends. The first object tells the register of names and the home state."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too, but the parent decides what it means
    _limit_memory()
    tasks = sys.stdin.buffer
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints must not fall among the answers
        names, home = _next(tasks)
        reader = Reader(names, home)
        with suppress(EOFError, BrokenPipeError):  # the parent has finished, or is gone
            while True:
                _send(answers, read_task(_next(tasks), reader))


def _next(stream: BinaryIO) -> Any:
    return pickle.load(stream)  # noqa: S301  # our own parent wrote it


def _send(stream: BinaryIO, outcome: Outcome) -> None:
    pickle.dump(outcome, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # not on Windows, or limited more strictly already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
