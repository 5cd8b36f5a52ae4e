"""Copies: a wire story cut and framed anew, or in another format, is no second source; another story is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("spacy")

from garant.case import Case
from garant.reading import Originals, fingerprint, likeness
from garant.reading.duplicates import ALIKE, Fingerprint
from tests.reading.test_documents import docx, pdf, written

#: A story of eleven paragraphs, and another of the same events in other words.
STORY = [
    "Ghana sent 650 soldiers to Liberia on 4 August 2003, the first of a West African force of three thousand.",
    "The men, who had waited for a week at an airfield near the border, were flown in by helicopters of the United "
    "Nations while crowds along the road from the airport sang and waved branches.",
    "Their commander, a brigadier, said that they would first secure the port, where food for the city lay in stores "
    "that nobody had been able to reach since June.",
    "Fighting between the army and two rebel movements had killed more than a thousand people in the city that summer.",
    "The president, who had promised to leave the country once the force arrived, met the commander in the evening.",
    "A spokesman for the larger of the two movements said that its fighters would hold their fire as long as the "
    "government's troops stayed behind the two bridges that divide the city.",
    "Aid workers said that the price of a cup of rice had risen threefold and that cholera had spread in the camps.",
    "Two more battalions, from Mali and Senegal, were expected within ten days.",
    "The Council had authorized the force on 1 August and asked that a mission of the United Nations take over from it "
    "in October.",
    "Ships of the American navy stood off the coast, but no decision had been taken on whether their men would land.",
    "Schools in the capital have been closed since the spring, and many of them shelter families from the north.",
]
OTHER = [
    "The first West African peacekeepers have landed in Liberia: 650 Ghanaians arrived on Monday, to cheers.",
    "They will guard the harbour before anything else, their officer told reporters, so that grain can be brought out.",
    "More than a thousand inhabitants of the capital have died in the battles of this summer.",
    "The rebels promised to respect the lines if government units do the same, according to one of their spokesmen.",
    "Malian and Senegalese troops are to follow, and in October the United Nations will take over.",
]


def text(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def variants() -> dict[str, str]:
    """What papers make of a wire story."""
    reworded = text(STORY).replace("more than a thousand", "over 1,000").replace("said that", "told us")
    return {
        "cut by a third": text(STORY[:7]),
        "another head and tail": text(["Peacekeepers arrive at last", "From our man in the capital.", *STORY[1:10],
                                       "Additional reporting by our desk. All rights reserved."]),
        "both": text(["They came from the sky", *STORY[1:8], "(Agency, with our own staff)"]),
        "touched up": reworded.replace("The president,", "Its president,").replace("evening", "night"),
        "in capitals with other marks": text(STORY).upper().replace(".", " -"),
        "its paragraphs in another order": text([*STORY[5:], *STORY[:5]]),
    }  # fmt: skip


@pytest.mark.parametrize("name", variants())
def test_a_copy_is_known(name: str) -> None:
    assert likeness(fingerprint(text(STORY)), fingerprint(variants()[name])) >= ALIKE


@pytest.mark.parametrize(
    "other",
    [text(OTHER), text([*STORY[:2], *OTHER * 2]), text([*OTHER, STORY[3]]), "Ghana sent soldiers.", "1,200"],
    ids=["the same event", "two paragraphs of background", "one quotation", "one sentence", "a number"],
)
def test_what_shares_a_little_is_no_copy(other: str) -> None:
    assert likeness(fingerprint(text(STORY)), fingerprint(other)) < ALIKE


def html(paragraphs: list[str]) -> bytes:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        "<!doctype html><html><head><title>Peacekeepers</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Peacekeepers</h1>{body}</article><footer>Contact us</footer></body></html>"
    ).encode()


def columns(paragraphs: list[str]) -> bytes:
    """The story as a PDF of narrow lines with hyphens, two pages."""
    lines, line = [], ""
    for word in " ".join(paragraphs).split():
        if len(line) + len(word) > 44 and len(word) > 7 and word.isalpha():
            lines.append(f"{line} {word[:4]}-")
            line = word[4:]
        elif len(line) + len(word) > 48:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return pdf("\n".join([*lines[:25], "1"]), "\n".join([*lines[25:], line, "2"]))


def test_one_story_in_four_formats_and_cut_has_one_origin(case: Case, tmp_path: Path) -> None:
    written(tmp_path, "a.txt", text(STORY).encode())
    written(tmp_path, "b.html", html(STORY))
    written(tmp_path, "c.pdf", columns(STORY))
    written(tmp_path, "d.docx", docx("\n".join(STORY)))
    written(tmp_path, "e.txt", variants()["both"].encode())
    written(tmp_path, "f.txt", text(OTHER).encode())
    result = case.read([tmp_path], published="2003-08-06")
    assert result.failed == []
    origins = {s["id"]: s["origins"] for s in case.sources().rows}
    assert origins == {"a": ["a"], "b": ["a"], "c": ["a"], "d": ["a"], "e": ["a"], "f": ["f"]}
    assert any("copies a, and does not count as another source" in n for n in result.notes)
    case.review(verdict="accept", above=0.0)
    ghana = [r for r in case.claims(as_of="9999").rows if r["type"] == "deployment" and r["source"] in origins]
    assert len({origins[r["source"]][0] for r in ghana}) <= 2


def test_a_copy_read_in_a_later_run_is_known(case: Case, tmp_path: Path) -> None:
    case.read([written(tmp_path, "a.txt", text(STORY).encode())])
    case.read([written(tmp_path, "b.txt", variants()["both"].encode())])
    assert case.sources(["b"])[0]["origins"] == ["a"]


def test_files_of_one_name_and_other_text_are_two_sources(case: Case, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    case.read(
        [written(tmp_path, "a.txt", text(STORY).encode()), written(tmp_path / "x", "a.txt", text(OTHER).encode())]
    )
    ids = [s["id"] for s in case.sources().rows]
    assert len(ids) == 2
    assert ids[0] == "a"
    assert ids[1].startswith("a-")


def test_of_several_the_most_alike_is_the_original() -> None:
    held = Originals()
    held.add("half", fingerprint(text(STORY[:6])))
    held.add("whole", fingerprint(text(STORY)))
    for n in range(1500):  # more than the first block of rows
        held.add(f"other{n}", fingerprint(f"letter {n} of {n * 7} words on {n * 13} things and {n * 17} more of them"))
    assert held.of(fingerprint(text(STORY))) == "whole"
    assert held.of(fingerprint(text(OTHER))) is None
    assert held.of(fingerprint("letter 1400 of 9800 words on 18200 things and 23800 more of them")) == "other1400"


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_a_fingerprint_survives_its_text(words: str) -> None:
    made = fingerprint(words)
    assert Fingerprint.from_text(made.to_text()) == made
    assert likeness(made, made) == 1.0


@pytest.mark.parametrize("torn", ["", "12", "12:ab", None, 3, ["x"]])
def test_a_torn_fingerprint_is_none(torn: object) -> None:
    assert Fingerprint.from_text(torn) is None
