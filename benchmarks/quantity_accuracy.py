"""How well quantities are recognised on our own sentences: values, and units of the values that were found.

Run it as ``.venv/bin/python -m benchmarks.quantity_accuracy``. A value is right if number, or low and high, are; its
unit is counted apart. What was missed or is wrong is listed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.reading.counting import bounds, counted, matched

from garant.reading import quantities


def main() -> None:
    for name in ("quantities.txt", "quantities_unseen.txt"):
        sentences, wrong = counted(name), []
        right = found = stated = units = 0
        quantities("Two.")
        started = time.perf_counter()
        for sentence in sentences:
            got = quantities(sentence.text)
            values, with_unit = matched(got, sentence)
            right, found, stated = right + values, found + len(got), stated + len(sentence.stated)
            units += with_unit
            if not values == len(got) == len(sentence.stated):
                wrong.append(f"  {sentence.text}\n    found {[bounds(m) for m in got]}, stated {sentence.stated}")
        seconds = time.perf_counter() - started
        print(f"{name}: {len(sentences)} sentences, {stated} quantities, {found} found; precision {right / found:.3f}, "
              f"recall {right / stated:.3f}, F1 {2 * right / (found + stated):.3f}, unit {units / right:.3f}, "
              f"{seconds / len(sentences) * 1000:.0f} ms a sentence", *wrong, sep="\n")  # fmt: skip


if __name__ == "__main__":
    main()
