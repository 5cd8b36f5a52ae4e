"""Sources: their dates, and the origins behind copies."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from garant.claims import Source, origins
from tests.conftest import source_record


def made(id: str, *parents: str) -> Source:
    return Source.model_validate(source_record(id, **({"derived_from": list(parents)} if parents else {})))


def test_a_source_is_known_from_the_last_day_of_its_date() -> None:
    dated = Source.model_validate(source_record(published="2025-11-23/2025-12-31"))
    assert dated.known_day == date(2025, 12, 31).toordinal()
    about = Source.model_validate(source_record(published="2022-05~"))
    assert about.known_day == date(2022, 5, 31).toordinal()
    undated = {k: v for k, v in source_record().items() if k != "published"}
    assert Source.model_validate(undated).known_day is None


def test_origins_follow_copies_to_their_end() -> None:
    known = {s.id: s for s in (made("wire"), made("paper", "wire"), made("blog", "paper"), made("own"))}
    assert origins(known, "blog") == {"wire"}
    assert origins(known, "own") == {"own"}
    assert len(origins(known, "blog") | origins(known, "paper") | origins(known, "wire")) == 1


def test_a_circle_of_copies_ends() -> None:
    known = {s.id: s for s in (made("a", "b"), made("b", "a"))}
    assert origins(known, "a") == {"a"}


@pytest.mark.parametrize(
    "fields", [{"sha256": "xyz"}, {"published": "once"}, {"independence": "very"}, {"title": ""}, {"extra": 1}]
)
def test_wrong_sources_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Source.model_validate(source_record(**fields))
