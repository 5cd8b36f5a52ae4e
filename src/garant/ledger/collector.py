"""Reading very many records at once: Python's cycle collector would search them all again and again."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def collector_off() -> Iterator[None]:
    """Without Python's cycle collector, which is on again afterwards if it was on before.

    Records have no cycles. Searching them took a third of an import, and more than half of the time in which tens of
    thousands of claims are held against one another.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            if not gc.get_freeze_count():  # else somebody has frozen objects, and they shall stay so
                # both together make all that has come into being old: else the next object would start a search of it
                gc.freeze()
                gc.unfreeze()
            gc.enable()
