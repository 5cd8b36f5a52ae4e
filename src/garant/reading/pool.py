"""Many documents read by a few worker processes, in the order given, a bounded number at a time."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from garant.errors import InputError
from garant.names import Names
from garant.reading import worker
from garant.reading.reader import Reader
from garant.reading.worker import Outcome, Task, bounded, late, read_task

Outcomes = Generator[Outcome, None, None]
#: The command that starts a worker.
COMMAND = (sys.executable, "-c", "from garant.reading.worker import main; main()")
#: Documents that may be under way or waiting to be taken, for each worker: what a slow document holds up.
_AHEAD = 16
#: Documents after which a worker is replaced: a parser keeps every word that it has met.
_RENEWED = 500
#: Workers at most unless a user asks for more: each holds a parser in memory.
_WORKERS = 4


def default_processes() -> int:
    """One worker for each processor that this process may use, at most four."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(usable, _WORKERS))


def read_here(tasks: Iterable[Task], names: Names, home: str | None) -> Outcomes:
    """Outcomes of a few documents, read in this process: no second start of Python, no second parser."""
    reader = Reader(names, home)
    for task in tasks:
        try:
            with bounded(task.path):
                outcome = read_task(task, reader)
        except InputError as error:  # it took too long, told between two steps
            outcome = Outcome(task, failed=str(error))
        yield outcome


def read_in_workers(
    tasks: Iterable[Task], names: Names, home: str | None, processes: int, command: Sequence[str] = COMMAND
) -> Outcomes:
    """Outcomes in the order of the tasks, which are taken one by one as workers become free.

    A document that takes too long, or on which its worker dies, is an outcome that failed; a new worker goes on with
    the next. Workers end with the iteration, however it ends.
    """
    hands = _Hands((names, home), command)
    waiting: deque[Future[Outcome]] = deque()
    threads = ThreadPoolExecutor(processes, thread_name_prefix="reading")
    try:
        for task in tasks:
            waiting.append(threads.submit(hands.read, task))
            while waiting and (len(waiting) >= processes * _AHEAD or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        hands.dismiss()
        threads.shutdown(cancel_futures=True)


class _Hands:
    """A worker process for each thread that asks, started when it is first needed and again when it has died."""

    def __init__(self, greeting: tuple[Names, str | None], command: Sequence[str]) -> None:
        self._greeting, self._command = greeting, command
        self._own = threading.local()
        self._all: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._over = False

    def read(self, task: Task) -> Outcome:
        """Have this thread's worker read a document."""
        overdue = threading.Event()
        process = self._worker()
        if process is None:
            return Outcome(task, failed=f"{task.path}: was not read; the run was stopped")
        clock = threading.Timer(worker.SECONDS, _end, (process, overdue))
        clock.daemon = True
        clock.start()
        try:
            _write(process, task)
            outcome = _read(process)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._discard(process)
            if overdue.is_set():
                return Outcome(task, failed=str(late(task.path)))
            return Outcome(task, failed=f"{task.path}: {_ended(process.returncode)}")
        finally:
            clock.cancel()
        self._own.documents += 1
        if self._own.documents >= _RENEWED:
            self._discard(process)
        return outcome

    def dismiss(self) -> None:
        """End all workers, at once: what they were reading is read again in the next run."""
        with self._lock:
            self._over = True
            for process in self._all:
                process.kill()
            for process in self._all:
                process.wait()

    def _worker(self) -> subprocess.Popen[bytes] | None:
        process: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if process is not None and process.poll() is None:
            return process
        with self._lock:
            if self._over:
                return None
            path = os.pathsep.join(p for p in sys.path if p)  # a worker finds what this process finds
            process = subprocess.Popen(  # noqa: S603  # our own command
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )  # fmt: skip
            self._all.add(process)
        self._own.process, self._own.documents = process, 0
        with suppress(OSError):  # it died at once, which the task will tell
            _write(process, self._greeting)
        return process

    def _discard(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        with self._lock:
            self._all.discard(process)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was not written any more
                    stream.close()
        self._own.process = None


def _end(process: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    overdue.set()
    process.kill()


def _write(process: subprocess.Popen[bytes], what: object) -> None:
    assert process.stdin is not None  # noqa: S101  # a pipe was asked for
    pickle.dump(what, process.stdin, pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()


def _read(process: subprocess.Popen[bytes]) -> Outcome:
    assert process.stdout is not None  # noqa: S101  # a pipe was asked for
    outcome: Outcome = pickle.load(process.stdout)  # noqa: S301  # our own worker wrote it
    return outcome


def _ended(code: int | None) -> str:
    """How a worker ended that should not have, and what to do."""
    if code is not None and code < 0:
        return f"the reader crashed on it (signal {-code}); check the file, and please report it"
    return f"the reader stopped on it (exit {code}); check the installation with a short text"
